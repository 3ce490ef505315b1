import { describe, expect, it } from 'vitest';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import { restoreReport } from '../../core/report/restore-report.ts';
import { SAMPLE_UIDS, sampleReport } from '../../core/report/testing/sample-report.ts';
import { createLesionsStore } from '../../state/lesions-store.ts';
import { restoreLesion, type RestoreInto, type Waiting } from './exports-restore.ts';
import type { OpenImage } from '../../ports/analysis.ts';

const restored = restoreReport(sampleReport(), 'json');
const [first] = restored.lesions;
if (!first) throw new Error('the sample has lesions');
const waiting: Waiting = { path: 'report.json', restored, lesion: first };

const image = (sopInstanceUid: string, columns = 2560): OpenImage => {
  const header = testHeader({ sopInstanceUid, patientId: 'DEMO-1' });
  const path = `${sopInstanceUid}.dcm`;
  return { path, header, asRead: header, rows: 3328, columns, digest: 'd', scopeNotes: [] };
};
const SPACING = { row: 0.07, column: 0.07 };
const keyOf = (sop: string) => patientKeyIn([image(sop)], sop) ?? '';
const storeOf = () => createLesionsStore(() => 'new');
const restore = (images: readonly OpenImage[], store = storeOf(), from = waiting) =>
  restoreLesion(from, { images, store, newId: () => 'other', spacingOf: () => SPACING });

describe('a lesion of a report', () => {
  it('comes back exactly, with its marks on images that are opened later', () => {
    const store = storeOf();
    expect(restore([image(SAMPLE_UIDS.lcc)], store).kind).toBe('restored');
    expect(store.getState().lesions).toEqual([
      {
        id: first.id,
        number: 1,
        patientKey: keyOf(SAMPLE_UIDS.lcc),
        marks: Object.fromEntries(first.marks.map((mark) => [mark.sopInstanceUid, mark.box])),
        ...first.words,
      },
    ]);
  });

  it('waits while none of its images is open', () => {
    const store = storeOf();
    expect(restore([image(SAMPLE_UIDS.rcc)], store).kind).toBe('waiting');
    expect(store.getState().lesions).toEqual([]);
  });

  it('never changes a lesion that is here already', () => {
    const store = storeOf();
    const images = [image(SAMPLE_UIDS.lcc)];
    restore(images, store);
    expect(restore(images, store)).toMatchObject({ kind: 'known', same: true });
    const moved = { x: 1, y: 2, width: 30, height: 40 };
    store.getState().setMark(String(first.id), SAMPLE_UIDS.lcc, moved);
    expect(restore(images, store)).toMatchObject({ kind: 'known', same: false });
    expect(store.getState().lesions[0]?.marks[SAMPLE_UIDS.lcc]).toEqual(moved);
  });

  it('gets the next free number where its own is taken', () => {
    const store = storeOf();
    store.getState().create(keyOf(SAMPLE_UIDS.lcc));
    const outcome = restore([image(SAMPLE_UIDS.lcc)], store);
    expect(outcome).toMatchObject({ kind: 'restored', lesion: { number: 2 } });
  });

  it('is left out where its mark lies beyond the image', () => {
    const outcome = restore([image(SAMPLE_UIDS.lcc, 1200)]);
    expect(outcome).toMatchObject({ kind: 'misfit' });
  });

  it('is cut at the rim where it was rounded to 32 bits', () => {
    const [mark] = first.marks;
    if (!mark) throw new Error('the sample has marks');
    const box = { x: 2500, y: 10, width: 60.00001, height: 50 };
    const from: Waiting = {
      path: 'report.dcm',
      restored: { ...restored, exact: false, report: undefined },
      lesion: { ...first, id: undefined, marks: [{ ...mark, box }] },
    };
    const outcome = restore([image(SAMPLE_UIDS.lcc)], storeOf(), from);
    expect(outcome).toMatchObject({ kind: 'restored', lesion: { id: 'other' } });
    if (outcome.kind !== 'restored') return;
    expect(outcome.lesion.marks[SAMPLE_UIDS.lcc]).toEqual({ ...box, width: 60 });
  });

  it('is the same lesion when its report comes again without an id, rounded to 32 bits', () => {
    const store = storeOf();
    const images = [image(SAMPLE_UIDS.lcc)];
    const rounded = first.marks.map((mark) => ({
      ...mark,
      box: { ...mark.box, x: Math.fround(mark.box.x), width: Math.fround(mark.box.width) },
    }));
    const from: Waiting = {
      path: 'cad.dcm',
      restored: { ...restored, exact: false, report: undefined },
      lesion: { ...first, id: undefined, marks: rounded },
    };
    expect(restore(images, store, from).kind).toBe('restored');
    expect(restore(images, store, from)).toMatchObject({ kind: 'known', same: true });
    expect(restore(images, store)).toMatchObject({ kind: 'known', same: true });
    expect(store.getState().lesions).toHaveLength(1);
  });

  it('is left out where its report names other pixels under the same UID', () => {
    const report = sampleReport();
    const images = report.images.map((one) => ({ ...one, pixelDigest: 'other' }));
    const from = { ...waiting, restored: restoreReport({ ...report, images }, 'json') };
    const outcome = restore([image(SAMPLE_UIDS.lcc)], storeOf(), from);
    expect(outcome).toMatchObject({
      kind: 'misfit',
      reason: { code: 'restored.other-pixels' },
    });
  });

  it('is left out where its report is of another breast or matrix than the image', () => {
    const report = sampleReport();
    const told = (change: object) =>
      report.images.map((one) => ({ ...one, columns: 2560, rows: 3328, ...change }));
    const reports = {
      'restored.other-side': { ...report, images: told({ laterality: 'R' as const }) },
      'restored.other-size': { ...report, images: told({ rows: 3000 }) },
    };
    const open = image(SAMPLE_UIDS.lcc);
    const sopInstanceUid = SAMPLE_UIDS.lcc;
    const header = testHeader({ sopInstanceUid, side: 'L', patientId: 'DEMO-1' });
    for (const [code, changed] of Object.entries(reports)) {
      const store = storeOf();
      const from = { ...waiting, restored: restoreReport(changed, 'json') };
      const outcome = restore([{ ...open, header, asRead: header }], store, from);
      expect(outcome).toMatchObject({ kind: 'misfit', reason: { code } });
      expect(store.getState().lesions).toEqual([]);
    }
  });

  it('waits for the reader where its report names another patient or spacing', () => {
    const report = sampleReport();
    const images = [image(SAMPLE_UIDS.lcc)];
    const another = { ...report, patient: { ...report.patient, id: 'SOMEBODY' } };
    const from = { ...waiting, restored: restoreReport(another, 'json') };
    const store = storeOf();
    const into = (row: number | undefined, despite?: RestoreInto['despite']) => ({
      ...{ images, store, newId: () => 'other', despite },
      spacingOf: () => (row === undefined ? undefined : { row, column: 0.07 }),
    });
    expect(restoreLesion(from, into(0.07))).toMatchObject({ differs: ['patient'] });
    expect(restoreLesion(from, into(undefined))).toMatchObject({ differs: ['patient', 'spacing'] });
    expect(restoreLesion(waiting, into(0.0701))).toMatchObject({ differs: ['spacing'] });
    // The reader's word on one difference is none on another.
    const at = '2026-01-31T12:00:00Z';
    const despite = { differs: ['patient'], at } as const;
    expect(restoreLesion(from, into(0.08, despite)).kind).toBe('differs');
    expect(store.getState().lesions).toEqual([]);
    // Here, it is no difference what it is called by: 0.07 as a file rounds it.
    const outcome = restoreLesion(from, into(0.0700001, despite));
    expect(outcome).toMatchObject({ lesion: { takenOver: { despite: ['patient'], at } } });
  });

  it('comes back without a word more where nothing differs, whatever the reader was asked', () => {
    const despite = { differs: ['patient', 'spacing'], at: '2026-01-31T12:00:00Z' } as const;
    const [images, store] = [[image(SAMPLE_UIDS.lcc)], storeOf()];
    const spacingOf = () => SPACING;
    restoreLesion(waiting, { images, store, newId: () => 'other', spacingOf, despite });
    expect(store.getState().lesions[0]).not.toHaveProperty('takenOver');
  });

  it('keeps what an earlier reader took it over in spite of, and adds to it', () => {
    const report = sampleReport();
    const takenOver = { despite: ['patient' as const], at: '2026-01-01T12:00:00Z' };
    const lesions = report.lesions.map((lesion) => ({ ...lesion, takenOver }));
    const again = restoreReport({ ...report, lesions }, 'json');
    const [lesion] = again.lesions;
    const from: Waiting = { path: 'report.json', restored: again, lesion: lesion! };
    const images = [image(SAMPLE_UIDS.lcc)];
    const outcome = restore(images, storeOf(), from);
    expect(outcome).toMatchObject({ kind: 'restored', lesion: { takenOver } });
    const despite = { differs: ['spacing'], at: '2026-01-31T12:00:00Z' } as const;
    const wide = { row: 0.1, column: 0.1 };
    const into = { images, store: storeOf(), newId: () => 'other', spacingOf: () => wide, despite };
    expect(restoreLesion(from, into)).toMatchObject({
      lesion: { takenOver: { despite: ['patient', 'spacing'], at: despite.at } },
    });
  });

  it('is left out on other pixels whatever the reader said', () => {
    const report = sampleReport();
    const changed = {
      ...report,
      patient: { ...report.patient, id: 'SOMEBODY' },
      images: report.images.map((one) => ({ ...one, pixelDigest: 'other' })),
    };
    const from = { ...waiting, restored: restoreReport(changed, 'json') };
    const outcome = restore([image(SAMPLE_UIDS.lcc)], storeOf(), from);
    expect(outcome).toMatchObject({ kind: 'misfit', reason: { code: 'restored.other-pixels' } });
  });

  it('comes back where its report names no patient, as with hidden names', () => {
    const report = { ...sampleReport(), patient: { ...sampleReport().patient, id: '', name: '' } };
    const from = { ...waiting, restored: restoreReport(report, 'json') };
    expect(restore([image(SAMPLE_UIDS.lcc)], storeOf(), from).kind).toBe('restored');
  });
});
