import { expect, it } from 'vitest';
import { takeLaunch } from './launch.ts';

const nothing = {
  studyInstanceUids: [],
  accessionNumbers: [],
  patientIds: [],
  from: '',
  to: '',
  mostRecent: undefined,
};

it.each([
  ['StudyInstanceUIDs=1.2,1.3', { studyInstanceUids: ['1.2', '1.3'] }],
  ['studyUID=1.2&requestType=STUDY', { studyInstanceUids: ['1.2'] }],
  ['study=1.2&study=1.2&study=1.3', { studyInstanceUids: ['1.2', '1.3'] }],
  [
    'requestType=STUDY&accessionNumber=A7&patientID=P1%5E%5E%5EHospital',
    { accessionNumbers: ['A7'], patientIds: ['P1'] },
  ],
  ['accessionNumber=A1,%20A2&AccessionNumber=A3', { accessionNumbers: ['A1', 'A2', 'A3'] }],
  ['patientID=P1&patientID=P2', { patientIds: ['P1', 'P2'] }],
  [
    'requestType=PATIENT&patientID=P1&mostRecentResults=2&lowerDateTime=2024-03-01T08:00:00Z&upperDateTime=20251231',
    { patientIds: ['P1'], mostRecent: 2, from: '2024-03-01', to: '2025-12-31' },
  ],
  ['patientID=P1&mostRecentResults=all&lowerDateTime=lately', { patientIds: ['P1'] }],
])('takes %s out of the address', (query, launch) => {
  const taken = takeLaunch(new URLSearchParams(`pack=m1&${query}`));
  expect(taken.launch).toEqual({ ...nothing, ...launch });
  expect(String(taken.rest)).toBe('pack=m1');
});

it('leaves nothing in the address but what the page reads, so that nobody is named there', () => {
  const own = 'pack=m1&demo=tour&backend=wasm&diagnostics=';
  const iid = 'requestType=PATIENT&patientName=DOE%5EJANE&patientBirthDate=19600101&user=x';
  for (const asked of [`${iid}&patientID=1`, iid, ''])
    expect(String(takeLaunch(new URLSearchParams(`${own}&${asked}`)).rest)).toBe(own);
  expect(takeLaunch(new URLSearchParams(`${own}&${iid}`)).launch).toBeUndefined();
});
