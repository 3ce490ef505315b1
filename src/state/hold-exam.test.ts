import { beforeEach, describe, expect, it } from 'vitest';
import { testHeader } from '../core/dicom/test-header.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { holdExam } from './hold-exam.ts';
import { examOnShow } from './open-exams.ts';
import { createNoticesStore } from './notices-store.ts';
import { createStudiesStore } from './studies-store.ts';
import { createViewerStore } from './viewer-store.ts';

const image = (sop: string, day: string, patientId = 'A'): OpenImage => {
  const header = {
    ...testHeader({ patientId, studyDate: day }),
    studyInstanceUid: `study of ${day}`,
    sopInstanceUid: sop,
  };
  const size = { rows: 10, columns: 10, digest: `pixels of ${sop}` };
  return { path: sop, header, asRead: header, ...size, scopeNotes: [] };
};

const setUp = () => {
  const studies = createStudiesStore();
  const viewer = createViewerStore(studies);
  const notices = createNoticesStore();
  const before = holdExam(studies, viewer, notices);
  const add = (...coming: readonly OpenImage[]) => {
    for (const one of coming) {
      before(one);
      studies.getState().add(one);
    }
  };
  const hand = (handOn: boolean) => viewer.setState({ handOn });
  const day = () => examOnShow(studies.getState())?.images[0]?.header.studyDate;
  const said = () => notices.getState().notices;
  return { studies, viewer, add, hand, day, said };
};

describe('the exam on show while more open', () => {
  let page: ReturnType<typeof setUp>;
  beforeEach(() => {
    page = setUp();
    page.add(image('old', '20240101'));
  });

  it('is the newest where no hand is at work', () => {
    page.add(image('new', '20260101'));
    expect(page.day()).toBe('20260101');
  });

  it('stays under a hand, with how it is looked at, and is the newest when the hand rests', () => {
    page.hand(true);
    page.viewer.getState().setMode('mlo');
    page.add(image('new', '20260101'), image('newer', '20260202'));
    expect(page.day()).toBe('20240101');
    expect(page.viewer.getState().mode).toBe('mlo');
    expect(page.said()).toMatchObject([{ text: { code: 'exam.newer' } }]);
    page.hand(false);
    expect(page.day()).toBe('20260202');
    expect(page.said()).toEqual([]);
    page.add(image('newest', '20260303'));
    expect(page.day()).toBe('20260303');
  });

  it('is the newest at a press, hand or not', () => {
    page.hand(true);
    page.add(image('new', '20260101'));
    page.said()[0]?.action?.run();
    expect(page.day()).toBe('20260101');
    expect(page.said()).toEqual([]);
  });

  it('is what the reader has chosen meanwhile', () => {
    page.hand(true);
    page.add(image('new', '20260101'), image('newer', '20260202'));
    const { patientKey = '', showStudy } = page.studies.getState();
    showStudy(patientKey, 'study of 20260101');
    page.hand(false);
    expect(page.day()).toBe('20260101');
  });

  it('is not chosen for good by an older one, or one of another patient', () => {
    page.hand(true);
    page.add(image('older', '20220101'), image('other', '20270101', 'B'));
    page.hand(false);
    expect(page.studies.getState().studyInstanceUid).toBeUndefined();
    expect(page.day()).toBe('20240101');
  });
});
