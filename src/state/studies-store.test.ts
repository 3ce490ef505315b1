import { expect, it } from 'vitest';
import { testHeader } from '../core/dicom/test-header.ts';
import { createStudiesStore, isOfPriorExam } from './studies-store.ts';

it('takes an exam for a prior one while a newer one of the same patient is open', () => {
  const studies = createStudiesStore();
  const open = (sop: string, studyDate: string, patientId = 'P1') => {
    const uids = { sopInstanceUid: sop, studyInstanceUid: `1.${studyDate}` };
    const header = testHeader({ ...uids, studyDate, patientId, side: 'R', view: 'CC' });
    const file = { path: sop, rows: 64, columns: 64, digest: sop, scopeNotes: [] };
    studies.getState().add({ ...file, header, asRead: header });
  };
  const isPrior = (sop: string) => isOfPriorExam(studies.getState().images, sop);
  open('then', '20240101');
  open('other', '20260101', 'P2');
  expect(isPrior('then')).toBe(false);
  open('now', '20260101');
  expect(isPrior('then')).toBe(true);
  expect(isPrior('now')).toBe(false);
});
