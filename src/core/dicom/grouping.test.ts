import { expect, it } from 'vitest';
import { ageOf, examIn, groupImages, patientKeyIn } from './grouping.ts';
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
    [expect.stringMatching(/^patient:P1\|[0-9a-f]{16}$/), 'Doe, Jane'],
    [expect.stringMatching(/^patient:Z\|[0-9a-f]{16}$/), 'Zeta'],
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
    image('4', { studyInstanceUid: 'd', studyDate: '', contentDate: '' }),
  ]).patients;
  const ages = patient?.studies.map((s) => [s.studyInstanceUids, ageOf(s, patient)]);
  expect(ages).toEqual([
    [['a', 'b'], 'current'],
    [['c'], 'prior'],
    [['d'], undefined],
  ]);
  const [alone] = groupImages([image('1')]).patients;
  expect(alone?.studies.map((s) => ageOf(s, alone))).toEqual([undefined]);
});

it('takes one study for one exam, past midnight and where an image has no date', () => {
  const images = [
    image('1', { studyInstanceUid: 'a', studyDate: '20260102' }),
    image('2', { studyInstanceUid: 'a', studyDate: '20260101' }),
    image('3', { studyInstanceUid: 'a', studyDate: '', contentDate: '20260105' }),
    image('4', { studyInstanceUid: 'b', studyDate: '20260101' }),
    image('5', { studyInstanceUid: 'c', studyDate: '', contentDate: '20251231' }),
  ];
  const [patient] = groupImages(images).patients;
  expect(patient?.studies.map((s) => [s.exam, s.studyDate, uids(s.images)])).toEqual([
    ['20260101', '20260101', ['1', '2', '3', '4']],
    ['20251231', '20251231', ['5']],
  ]);
  expect(['1', '3', '5'].map((sop) => examIn(images, sop)?.exam)).toEqual([
    ...['20260101', '20260101', '20251231'],
  ]);
});

const who = (changes: Parameters<typeof testHeader>[0]) => {
  uid++;
  return image(`w${uid}`, { studyInstanceUid: `s${uid}`, ...changes });
};
let uid = 0;
const smith = { patientId: '1', personName: 'SMITH^JANE', patientBirthDate: '19500101' };
const together = (a: object, b: object): boolean =>
  groupImages([who({ ...smith, ...a }), who({ ...smith, ...b })]).patients.length === 1;

it.each([
  [{}, {}],
  [{ personName: 'Smith^Jane^^Dr' }, {}],
  [{ personName: 'SMITH^JANE=スミス^ジェーン' }, { personName: '=スミス^ジェーン' }],
  [{ personName: 'SMITH^J' }, {}],
  [{ personName: 'JANE SMITH' }, {}],
  [{ personName: 'MÜLLER^ANNE MARIE' }, { personName: 'Muller^Anne' }],
  [{ personName: '' }, {}],
  [{ patientBirthDate: '' }, {}],
  [{ patientBirthDate: '1950.01.01' }, {}],
  [{ issuerOfPatientId: 'HOSP-A' }, { issuerOfPatientId: '' }],
  [{ patientId: '1 ' }, {}],
  [{ patientBirthDate: '1960' }, { patientBirthDate: '19600512' }],
  [{ patientBirthDate: '1960-05' }, { patientBirthDate: '19600512' }],
  [{ patientBirthDate: '19600000' }, { patientBirthDate: '19600512' }],
])('%#: takes for one person %o and %o', (a, b) => {
  expect(together(a, b)).toBe(true);
});

it.each([
  [{ personName: 'DOE^MARY' }, {}],
  [{ personName: 'SMITH^MARY' }, {}],
  [{ patientBirthDate: '19750615' }, {}],
  [{ patientBirthDate: '1961' }, { patientBirthDate: '19600512' }],
  [{ issuerOfPatientId: 'HOSP-A' }, { issuerOfPatientId: 'HOSP-B' }],
  [{ personName: 'DOE^JOHN^^^JR' }, { personName: 'DOE^JOHN^^^SR' }],
  [{ patientId: '2' }, {}],
  [{ patientId: '' }, { patientId: '' }],
  [{ patientId: ' \u200b' }, { patientId: '' }],
  [{ patientId: 'ANONYMOUS' }, { patientId: 'ANONYMOUS' }],
  [{ patientId: '000000' }, { patientId: '000000' }],
])('%#: keeps apart %o and %o', (a, b) => {
  expect(together(a, b)).toBe(false);
});

it('says of namesakes what they differ in', () => {
  const { patients } = groupImages([
    who(smith),
    who({
      ...smith,
      personName: 'DOE^MARY',
      patientName: 'DOE, MARY',
      patientBirthDate: '19750615',
    }),
  ]);
  expect(patients.map((p) => p.apartFrom.map((n) => n.differs))).toEqual([
    [['name', 'birth date']],
    [['name', 'birth date']],
  ]);
});

it('keeps a key whatever is opened or closed beside it, and gives it to no one else', () => {
  const [a, b] = [who(smith), who({ ...smith, personName: 'DOE^MARY' })];
  const keyOf = (images: readonly (typeof a)[], of: typeof a) =>
    patientKeyIn(images, of.header.sopInstanceUid);
  expect(keyOf([a, b], b)).toBe(keyOf([b], b));
  expect(keyOf([a, b], a)).not.toBe(keyOf([a, b], b));
});

it('leaves an image that may be of two persons alone, but for its study', () => {
  const [a, b] = [who(smith), who({ ...smith, personName: 'DOE^MARY', patientBirthDate: '' })];
  const open = { ...smith, personName: '', patientBirthDate: '' };
  expect(groupImages([a, b, who(open)]).patients).toHaveLength(3);
  const ofA = who({ ...open, studyInstanceUid: a.header.studyInstanceUid });
  expect(groupImages([a, b, ofA]).patients).toHaveLength(2);
});

it('keeps images of one study together though they have no ID', () => {
  const study = { patientId: '', studyInstanceUid: 'x' };
  const [patient, ...others] = groupImages([who(study), who(study)]).patients;
  expect([patient?.isIdBlank, others.length]).toEqual([true, 0]);
});

it('sets aside the second of two images with one SOP Instance UID', () => {
  const first = image('1');
  const second = image('1', { patientName: 'Other' });
  const { patients, duplicates } = groupImages([first, second]);
  expect(duplicates).toEqual([{ image: second, kept: first }]);
  expect(patients.flatMap((p) => p.studies.flatMap((s) => s.images))).toEqual([first]);
});
