import { describe, expect, it } from 'vitest';
import { openHeaders, testContext } from '../../commands/testing/test-context.ts';
import { buildCaseReport } from '../../core/report/build-case-report.ts';
import { caseReportSchema } from '../../core/report/case-report.ts';
import { message } from '../../core/message/message.ts';
import { sayIn } from '../../i18n/say.ts';
import type { ChosenPack } from '../scoring/packs.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { examOnShow } from '../../state/open-exams.ts';
import { madeLook, testSecondLook } from '../../state/testing/test-second-look.ts';
import { reportedSecondLooks } from './exports-second-look.ts';

const opened = () => {
  const context = testContext();
  openHeaders(context, [
    { sopInstanceUid: '1.1', side: 'R', view: 'CC' },
    { sopInstanceUid: '1.2', side: 'R', view: 'MLO' },
    { sopInstanceUid: '1.3', side: 'L', view: 'CC' },
  ]);
  const { studies, lesions } = context;
  const images = () => studies.getState().images;
  const { store, feed } = testSecondLook({ lesions, images });
  const exam = examOnShow(studies.getState())?.key ?? '';
  const [rcc, rmlo, lcc] = images();
  if (!rcc || !rmlo || !lcc) throw new Error('three images are open');
  const viewOf = ({ header, columns, rows, digest }: typeof rcc) => ({
    sopInstanceUid: header.sopInstanceUid,
    pixels: { columns, rows, digest },
    notes: [],
  });
  const views = [
    { ...viewOf(rcc), status: 'looked' } as const,
    { ...viewOf(rmlo), status: 'looked' } as const,
    {
      ...viewOf(lcc),
      status: 'not looked',
      reason: message('scope.magnification'),
    } as const,
  ];
  feed.show({ [exam]: { phase: { name: 'ready' }, views } });
  const look = madeLook([
    [0.9, [rcc, 20, 20], [rmlo, 20, 20]],
    [0.5, [rcc, 44, 44]],
    [0.45, [rmlo, 44, 44]],
    [0.2, [lcc, 30, 30]],
  ]);
  feed.found(exam, () => look);
  const report = () =>
    buildCaseReport({
      say: (said) => sayIn('en', said),
      createdAt: '2026-01-31T12:00:00Z',
      program: { name: 'p', version: '0' },
      images: images().map(({ header }) => ({ header, rows: 64, columns: 64, warnings: [] })),
      lesions: lesions.getState().lesions.map((lesion) => ({ lesion })),
      secondLooks: reportedSecondLooks(studies.getState().patientKey ?? '', {
        secondLook: store.getState(),
        lesions: lesions.getState().lesions,
        open: images(),
        seen: [],
        nipples: createNipplesStore().getState(),
        pack: { manifest: { id: 'm2', version: '0.4.0' }, sha256: 'ab' } as ChosenPack,
      }),
    });
  return { store, feed, exam, look, lesions, report, studies };
};

describe('the second look in a report', () => {
  it('is not there before the reader’s word', () => {
    const { report } = opened();
    expect(JSON.stringify(report())).not.toMatch(/secondLook|finder|finding/);
  });

  it('calls a view that opened after the word held back, not looked at without a finding', () => {
    const { store, feed, exam, report } = opened();
    const { views } = store.getState().exams[exam]!;
    store.getState().sayLookDone(exam);
    const pixels = { columns: 9, rows: 9, digest: 'of other pixels than the word' };
    const late = { sopInstanceUid: '1.3', pixels, status: 'looked', notes: [] } as const;
    feed.show({ [exam]: { phase: { name: 'ready' }, views: [views[0]!, views[1]!, late] } });
    const [reported] = report().secondLooks ?? [];
    expect(reported?.lookedAt).toEqual(['1.1', '1.2']);
    expect(reported?.notLookedAt).toMatchObject([
      { sopInstanceUid: '1.3', reason: expect.stringContaining('opened after') as string },
    ]);
  });

  it('has what was shown with its answers, and what was marked before', () => {
    const { store, exam, look, lesions, report, studies } = opened();
    const box = { x: 1, y: 2, width: 8, height: 9 };
    const own = lesions
      .getState()
      .createMarked(studies.getState().patientKey ?? '', '1.3', box, undefined);
    store.getState().sayLookDone(exam);
    const [first, second] = look.findings;
    store.getState().accept(exam, first?.id ?? '');
    store.getState().dismiss(exam, second?.id ?? '', 'vessel');
    lesions.getState().setMark(own.id, '1.3', { ...box, x: 20 });
    const made = report();
    expect(caseReportSchema.safeParse(made).error).toBeUndefined();
    const [reported] = made.secondLooks ?? [];
    expect(reported?.findings.map(({ rank, answer }) => [rank, answer])).toEqual([
      [1, 'accepted'],
      [2, 'dismissed'],
      [3, 'open'],
    ]);
    expect(reported?.findings[1]?.reason).toEqual({ code: 'vessel', text: 'vessel' });
    expect(reported?.findings[0]?.lesionId).toBe(made.lesions[1]?.id);
    expect(made.lesions[1]?.origin?.by).toBe('finder');
    expect(reported?.before).toEqual([
      { id: own.id, number: 1, marks: [{ sopInstanceUid: '1.3', box }] },
    ]);
    expect(Date.parse(reported?.doneAt ?? '')).toBe(Date.parse('2026-01-31T12:00:00Z'));
    expect(reported?.lookedAt).toEqual(['1.1', '1.2']);
    expect(reported?.notLookedAt).toEqual([
      { sopInstanceUid: '1.3', reason: sayIn('en', message('scope.magnification')) },
    ]);
    expect(reported?.finder).toEqual({
      name: 'p 1, finder 1',
      packId: 'm2',
      packVersion: '0.4.0',
      packSha256: 'ab',
    });
    expect(reported?.notes[0]).toContain('Masses only');
  });

  it('says what agrees with a lesion of the reader, and leaves a lesion open that is gone', () => {
    const { store, exam, look, lesions, report, studies } = opened();
    const box = { x: 2, y: 2, width: 34, height: 34 };
    const { patientKey = '' } = studies.getState();
    const own = lesions.getState().createMarked(patientKey, '1.1', box, undefined);
    store.getState().sayLookDone(exam);
    const accepted = store.getState().accept(exam, look.findings[2]?.id ?? '');
    const answers = () => report().secondLooks?.[0]?.findings.map(({ answer }) => answer);
    expect(answers()?.[0]).toBe('agrees');
    expect(report().secondLooks?.[0]?.findings[0]?.lesionId).toBe(own.id);
    expect(answers()?.[2]).toBe('accepted');
    lesions.getState().remove(accepted?.id ?? '');
    expect(answers()?.[2]).toBe('open');
  });
});
