import { expect, it } from 'vitest';
import { newestFirst } from './found-order.ts';

const study = (studyInstanceUid: string, date: string, time = '', patientName = '') => ({
  studyInstanceUid,
  date,
  time,
  patientName,
  patientId: '',
  issuerOfPatientId: '',
  description: '',
  modalities: [],
  birthDate: '',
  accessionNumber: '',
  instanceCount: undefined,
});

it('lists each study once, the newest first, then by name, undated last', () => {
  const found = [
    study('1', '20240101'),
    study('2', ''),
    study('3', '20250101', '0900', 'B'),
    study('4', '20250101', '1000'),
    study('5', '20250101', '0900', 'A'),
    study('1', '20240101'),
  ];
  expect(newestFirst(found).map((s) => s.studyInstanceUid)).toEqual(['4', '5', '3', '1', '2']);
});
