import { expect, it } from 'vitest';
import { ageOf, groupImages, patientKeyOf } from './grouping.ts';
import { testHeader } from './test-header.ts';

const image = (uid: string, changes: Parameters<typeof testHeader>[0] = {}) => ({
  header: testHeader({ sopInstanceUid: uid, ...changes }),
});
const uids = (images: readonly { readonly header: { readonly sopInstanceUid: string } }[]) =>
  images.map((i) => i.header.sopInstanceUid);

it('groups by patient, then study, newest study first, images in hanging order', () => {
  const { patients } = groupImages([
    image('1', { patientId: 'Z', patientName: 'Zeta' }),
    image('2', { studyInstanceUid: 'old', studyDate: '20200101' }),
    image('3', { side: 'L', view: 'MLO' }),
    image('4', { view: undefined }),
    image('5', { side: 'R', view: 'CC' }),
    image('6', { side: 'L', view: 'MLO' }),
  ]);
  expect(patients.map((p) => [p.key, p.patientName])).toEqual([
    ['patient:P1', 'Doe, Jane'],
    ['patient:Z', 'Zeta'],
  ]);
  const [jane] = patients;
  expect(jane?.studies.map((s) => [s.studyDate, uids(s.images)])).toEqual([
    ['20240102', ['5', '3', '6', '4']],
    ['20200101', ['2']],
  ]);
});

it('tells current from prior studies where there are several with a date', () => {
  const [patient] = groupImages([
    image('1', { studyInstanceUid: 'a', studyDate: '20240102' }),
    image('2', { studyInstanceUid: 'b', studyDate: '20240102', studyTime: '090000' }),
    image('3', { studyInstanceUid: 'c', studyDate: '20220102' }),
    image('4', { studyInstanceUid: 'd', studyDate: '' }),
  ]).patients;
  const ages = patient?.studies.map((s) => [s.studyInstanceUid, ageOf(s, patient)]);
  expect(ages).toEqual([
    ['a', 'current'],
    ['b', 'current'],
    ['c', 'prior'],
    ['d', undefined],
  ]);
  const [alone] = groupImages([image('1')]).patients;
  expect(alone?.studies.map((s) => ageOf(s, alone))).toEqual([undefined]);
});

it('keeps strangers without an ID apart', () => {
  const a = testHeader({ patientId: '', studyInstanceUid: 'a' });
  const b = testHeader({ patientId: '', studyInstanceUid: 'b' });
  expect(patientKeyOf(a)).not.toBe(patientKeyOf(b));
});

it('sets aside the second of two images with one SOP Instance UID', () => {
  const first = image('1');
  const second = image('1', { patientName: 'Other' });
  const { patients, duplicates } = groupImages([first, second]);
  expect(duplicates).toEqual([{ image: second, kept: first }]);
  expect(patients.flatMap((p) => p.studies.flatMap((s) => s.images))).toEqual([first]);
});
