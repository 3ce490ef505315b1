import { beforeEach, describe, expect, it } from 'vitest';
import { testHeader } from '../core/dicom/test-header.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { createLesionsStore } from './lesions-store.ts';
import { openExams } from './open-exams.ts';
import type { ExamSecondLook } from './second-look-store.ts';
import { shownExamScore, shownFindings } from './shown-findings.ts';
import { madeLook, testSecondLook } from './testing/test-second-look.ts';

const image = (sop: string, view: 'CC' | 'MLO', digest = sop): OpenImage => {
  const header = testHeader({ sopInstanceUid: sop, side: 'R', view });
  return { path: sop, header, asRead: header, rows: 500, columns: 400, digest, scopeNotes: [] };
};
const CC = image('1.1', 'CC');
const MLO = image('1.2', 'MLO');
/** One finding in both views, one in the CC alone, and one that only a lower threshold shows. */
const LOOK = {
  ...madeLook([
    [0.9, [CC, 100, 200], [MLO, 120, 250]],
    [0.5, [CC, 300, 300]],
    [0.2, [MLO, 300, 400]],
  ]),
  exam: 0.4,
};
const READY: Pick<ExamSecondLook, 'phase' | 'views'> = { phase: { name: 'ready' }, views: [] };

let open: OpenImage[];
let lesions: ReturnType<typeof createLesionsStore>;
let made: ReturnType<typeof testSecondLook>;
let exam: string;
beforeEach(() => {
  open = [CC, MLO];
  let number = 0;
  lesions = createLesionsStore(() => `lesion ${++number}`);
  made = testSecondLook({ lesions, images: () => open });
  exam = openExams(open)[0]?.key ?? '';
  made.feed.show({ [exam]: READY });
});

const state = () => made.store.getState();
const shown = () => shownFindings(state(), exam, lesions.getState().lesions, open);
const kinds = () => shown().map(({ answer }) => answer.kind);

describe('before the reader’s word', () => {
  it('holds nothing of what was found, whichever way it is looked for', () => {
    made.feed.found(exam, () => LOOK);
    expect(shown()).toEqual([]);
    expect(shownExamScore(state(), exam)).toBeUndefined();
    expect(JSON.stringify(state().exams)).not.toMatch(/0\.9|0\.5|"box"/);
    expect(state().accept(exam, LOOK.findings[0]?.id ?? '')).toBeUndefined();
    state().dismiss(exam, LOOK.findings[0]?.id ?? '', 'tissue');
    expect(state().exams[exam]?.dismissals).toEqual([]);
  });

  it('keeps what the reader had marked when the word was given', () => {
    const { createMarked, setMark } = lesions.getState();
    const own = createMarked(
      'p',
      CC.header.sopInstanceUid,
      { x: 9, y: 9, width: 9, height: 9 },
      CC,
    );
    createMarked('p', '9.9', { x: 9, y: 9, width: 9, height: 9 }, undefined);
    const otherPixels = { ...CC, digest: 'other' };
    createMarked('p', CC.header.sopInstanceUid, { x: 9, y: 9, width: 9, height: 9 }, otherPixels);
    state().sayLookDone(exam);
    setMark(own.id, MLO.header.sopInstanceUid, { x: 1, y: 1, width: 9, height: 9 }, MLO);
    expect(state().exams[exam]?.said).toMatchObject({
      at: '2026-01-31T12:00:00.000Z',
      before: [own],
      falseMarks: 0.25,
      images: [{ sopInstanceUid: '1.1' }, { sopInstanceUid: '1.2' }],
    });
  });
});

describe('after it', () => {
  beforeEach(() => {
    made.feed.found(exam, () => LOOK);
    state().sayLookDone(exam);
  });

  it('shows what reaches the operating point, in its order', () => {
    expect(shown().map(({ rank, marks }) => [rank, marks.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    state().chooseFalseMarks(exam, 1);
    expect(shown()).toHaveLength(3);
    state().chooseFalseMarks(exam, 0.3);
    expect(state().exams[exam]?.falseMarks).toBe(1);
    expect(shownExamScore(state(), exam)?.exam).toBe(0.4);
  });

  it('makes one lesion of a finding in one step, which undo takes back', () => {
    const lesion = state().accept(exam, shown()[0]?.id ?? '');
    expect(lesion?.marks).toEqual({
      '1.1': { x: 80, y: 180, width: 40, height: 40 },
      '1.2': { x: 100, y: 230, width: 40, height: 40 },
    });
    expect(lesion?.pixels?.['1.2']?.digest).toBe('1.2');
    expect(lesion?.origin).toMatchObject({ by: 'finder', finder: 'p 1, finder 1', mass: 0.9 });
    expect(kinds()).toEqual(['accepted', 'open']);
    expect(state().accept(exam, shown()[0]?.id ?? '')?.id).toBe(lesion?.id);
    lesions.getState().undo();
    expect(lesions.getState().lesions).toEqual([]);
    expect(kinds()).toEqual(['open', 'open']);
    lesions.getState().redo();
    expect(kinds()).toEqual(['accepted', 'open']);
  });

  it('gives a lesion at the same place the view that it lacks instead of a twin', () => {
    const own = lesions
      .getState()
      .createMarked(
        openExams(open)[0]?.patientKey ?? '',
        '1.1',
        { x: 85, y: 185, width: 40, height: 40 },
        CC,
      );
    expect(shown()[0]?.agreesWith?.id).toBe(own.id);
    expect(shown()[1]?.agreesWith).toBeUndefined();
    const lesion = state().accept(exam, shown()[0]?.id ?? '');
    expect(lesion?.id).toBe(own.id);
    expect(lesion?.marks['1.1']).toEqual(own.marks['1.1']);
    expect(lesion?.marks['1.2']).toEqual({ x: 100, y: 230, width: 40, height: 40 });
    expect(lesion?.origin).toBeUndefined();
  });

  it('dismisses with a reason, and takes that back', () => {
    const [, second] = shown();
    state().dismiss(exam, second?.id ?? '', 'vessel');
    state().dismiss(exam, second?.id ?? '', 'artefact');
    expect(kinds()).toEqual(['open', 'dismissed']);
    expect(state().exams[exam]?.dismissals).toMatchObject([{ reason: 'artefact' }]);
    state().reopen(exam, second?.id ?? '');
    expect(kinds()).toEqual(['open', 'open']);
  });

  it('takes the answer to a linked finding for one to either of its marks, where they part', () => {
    const [linked] = shown();
    const [part, other] = [madeLook([[0.9, [CC, 100, 200]]]), madeLook([[0.9, [MLO, 120, 250]]])];
    state().dismiss(exam, linked?.id ?? '', 'vessel');
    made.feed.found(exam, () => ({ ...part, findings: [...part.findings, ...other.findings] }));
    expect(kinds()).toEqual(['dismissed', 'dismissed']);
    state().reopen(exam, shown()[0]?.id ?? '');
    expect(kinds()).toEqual(['open', 'open']);
    // What was said of one view is not said of the other, which came later.
    state().dismiss(exam, shown()[0]?.id ?? '', 'vessel');
    made.feed.found(exam, () => LOOK);
    expect(kinds()[0]).toBe('open');
  });

  it('knows a lesion that it was accepted as where its marks part, or come together', () => {
    const lesion = state().accept(exam, shown()[0]?.id ?? '');
    const part = madeLook([[0.9, [CC, 100, 200]]]);
    made.feed.found(exam, () => part);
    expect(shown()[0]?.answer).toMatchObject({ kind: 'accepted', lesion: { id: lesion?.id } });
    lesions.getState().remove(lesion?.id ?? '');
    const single = state().accept(exam, shown()[0]?.id ?? '');
    made.feed.found(exam, () => LOOK);
    expect(shown()[0]?.answer).toMatchObject({ kind: 'accepted', lesion: { id: single?.id } });
    expect(Object.keys(state().accept(exam, shown()[0]?.id ?? '')?.marks ?? {})).toHaveLength(2);
    // Linked otherwise, it has a mark that nobody has answered.
    made.feed.found(exam, () => madeLook([[0.9, [CC, 100, 200], [MLO, 300, 400]]]));
    expect(kinds()).toEqual(['open']);
  });

  it('shows no mark on other pixels of the same image, and makes no lesion there', () => {
    open = [image('1.1', 'CC', 'other'), MLO];
    expect(shown().map(({ marks }) => marks.map((mark) => mark.sopInstanceUid))).toEqual([['1.2']]);
    const lesion = state().accept(exam, shown()[0]?.id ?? '');
    expect(Object.keys(lesion?.marks ?? {})).toEqual(['1.2']);
  });

  it('holds nothing of an exam that is closed', () => {
    made.feed.show({});
    expect(state().exams).toEqual({});
    made.feed.found(exam, () => LOOK);
    expect(state().exams).toEqual({});
  });
});

describe('what was said earlier', () => {
  it('comes back, and the findings with it', () => {
    made.feed.found(exam, () => LOOK);
    state().sayLookDone(exam);
    state().dismiss(exam, shown()[1]?.id ?? '', 'other');
    state().chooseFalseMarks(exam, 1);
    const { said, falseMarks, dismissals } = state().exams[exam] as ExamSecondLook;
    made.feed.show({});
    made.feed.show({ [exam]: READY });
    expect(shown()).toEqual([]);
    made.feed.found(exam, () => LOOK);
    made.feed.adopt(exam, { said, falseMarks, dismissals });
    expect(kinds()).toEqual(['open', 'dismissed', 'open']);
  });
});
