import { expect, it } from 'vitest';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { followPatients } from './follow-patients.ts';
import { createHistoryStore } from './history-store.ts';
import { createLesionsStore } from './lesions-store.ts';
import { showChanged } from './show-changed.ts';
import { createStudiesStore, imagesOnShow } from './studies-store.ts';

const box = { x: 1, y: 2, width: 30, height: 40 };

const setUp = () => {
  const studies = createStudiesStore();
  let n = 0;
  const lesions = createLesionsStore(() => `id${++n}`);
  followPatients(lesions, studies);
  const history = createHistoryStore([lesions], showChanged(studies));
  const open = (sop: string, changes: Parameters<typeof testHeader>[0]) => {
    const header = testHeader({ sopInstanceUid: sop, studyInstanceUid: sop, ...changes });
    const size = { rows: 100, columns: 100, digest: sop };
    studies.getState().add({ path: sop, header, asRead: header, ...size, scopeNotes: [] });
  };
  const keyOf = (sop: string) => patientKeyIn(studies.getState().images, sop) ?? '';
  const mark = (sop: string) => lesions.getState().createMarked(keyOf(sop), sop, box, undefined);
  return { studies, lesions, history, open, keyOf, mark };
};

it('keeps a lesion with its patient, and the patient on show, where closing another one changes the key', () => {
  const { studies, lesions, open, keyOf, mark } = setUp();
  open('q', { patientId: 'Q', personName: 'Q^Q' });
  open('x', { patientId: 'P', personName: 'X^X' });
  open('y', { patientId: 'P', personName: 'Y^Y' });
  open('z', { patientId: 'P', personName: '' });
  mark('z');
  const [x, alone] = [keyOf('x'), keyOf('z')];
  studies.getState().showPatient(alone);
  studies.getState().closePatient(x);
  expect(keyOf('z')).not.toBe(alone);
  expect(lesions.getState().lesions[0]?.patientKey).toBe(keyOf('z'));
  expect(studies.getState().patientKey).toBe(keyOf('z'));
});

it('gives a lesion whose mark was made on other pixels to its own patient, under whatever key, and to no other', () => {
  const { lesions, studies, open, keyOf } = setUp();
  const made = { rows: 100, columns: 100, digest: 'other' };
  const kept = (patientKey: string, id: string, number: number) => ({
    ...{ id, patientKey, number, marks: { z: box }, pixels: { z: made } },
  });
  open('z', { patientId: 'P', personName: 'Z^Z' });
  const alone = keyOf('z');
  studies.getState().closePatient(alone);
  lesions.getState().restore([kept(alone, 'own', 1), kept('patient:Q|1', 'other', 2)]);
  open('x', { patientId: 'P', personName: '' });
  open('z', { patientId: 'P', personName: 'Z^Z' });
  expect(keyOf('z')).not.toBe(alone);
  const keys = lesions.getState().lesions.map(({ id, patientKey }) => [id, patientKey]);
  expect(keys).toEqual([
    ['own', keyOf('z')],
    ['other', 'patient:Q|1'],
  ]);
});

it('shows the exam that an undo changes, and stays where its change is in sight', () => {
  const { studies, history, open, keyOf, mark } = setUp();
  open('a', { patientId: 'A', personName: 'A^A' });
  open('old', { patientId: 'A', personName: 'A^A', studyDate: '20100101' });
  open('b', { patientId: 'B', personName: 'B^B' });
  mark('a');
  mark('b');
  studies.getState().showPatient(keyOf('a'));
  const shown = () => imagesOnShow(studies.getState()).map(({ header }) => header.sopInstanceUid);
  history.getState().undo();
  expect(shown()).toEqual(['b']);
  history.getState().redo();
  expect(shown()).toEqual(['b']);
  studies.getState().showStudy(keyOf('a'), 'old');
  history.getState().undo();
  history.getState().undo();
  expect(shown()).toEqual(['a']);
});
