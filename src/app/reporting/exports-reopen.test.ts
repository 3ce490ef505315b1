import { expect, it } from 'vitest';
import { writeCadSr } from '../../adapters/dicom-sr/index.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { SAMPLE_UIDS, sampleReport } from '../../core/report/testing/sample-report.ts';
import { createExamReadingsStore } from '../../state/exam-readings-store.ts';
import { createKeyImagesStore } from '../../state/key-images-store.ts';
import { createLesionsStore } from '../../state/lesions-store.ts';
import { createNoticesStore } from '../../state/notices-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { createTakeOverStore, type Spacing } from '../../state/take-over-store.ts';
import { createReopener } from './exports-reopen.ts';
import { newUuid } from '../new-uuid.ts';
import { createReportLedger } from '../report-ledger.ts';

const entryOf = (report: CaseReport, path: string) => {
  const written = writeCadSr(report, { newUuid });
  if (!written.ok) throw new Error(written.error.code);
  const file = new File([written.value.bytes.slice()], path);
  return {
    sopInstanceUid: written.value.sopInstanceUid,
    entry: { path, file, kind: 'dicom' as const },
  };
};

const { id: patientId } = sampleReport().patient;
const sideOf = (sop: string) =>
  sampleReport().images.find(({ sopInstanceUid }) => sopInstanceUid === sop)?.laterality;

const asKept = (id: string) => ({ id, patientKey: 'P', number: 1, marks: {} });

const setUp = (spacing: Spacing = { row: 0.07, column: 0.07 }, kept: readonly string[] = []) => {
  const studies = createStudiesStore();
  for (const sopInstanceUid of Object.values(SAMPLE_UIDS)) {
    const header = testHeader({ sopInstanceUid, patientId, side: sideOf(sopInstanceUid) });
    const opened = { rows: 3328, columns: 2560, digest: 'd', scopeNotes: [] };
    studies.getState().add({ path: sopInstanceUid, header, asRead: header, ...opened });
  }
  const [lesions, notices] = [createLesionsStore(newUuid), createNoticesStore()];
  const [ledger, examReadings] = [createReportLedger(), createExamReadingsStore()];
  const keyImages = createKeyImagesStore(newUuid);
  const takeOvers = createTakeOverStore();
  const reopener = createReopener({
    studies,
    lesions,
    notices,
    scoring: undefined,
    ledger,
    pack: undefined,
    examReadings,
    restoreImage: () => undefined,
    takeForeign: () => true,
    keyImages,
    takeOvers,
    spacingOf: () => spacing,
    keptLesions: async (ids) => kept.filter((id) => ids.includes(id)).map(asKept),
    isHidden: () => false,
  });
  const told = (topic: string) =>
    JSON.stringify(notices.getState().notices.find((notice) => notice.topic === topic)?.text);
  return { reopener, studies, lesions, ledger, examReadings, keyImages, takeOvers, told };
};

const [kept, deleted] = sampleReport().lesions;

it('brings back what the newest report says, and says which ones it leaves out', async () => {
  const { reopener, lesions, ledger, told } = setUp();
  const old = entryOf(sampleReport(), 'old.dcm');
  const predecessor = {
    sopClassUid: '1.2.840.10008.5.1.4.1.1.88.50',
    sopInstanceUid: old.sopInstanceUid,
    seriesInstanceUid: '1.9',
    studyInstanceUid: sampleReport().studies[0]?.studyInstanceUid ?? '',
  };
  const changed = {
    ...sampleReport(),
    lesions: sampleReport().lesions.slice(0, 1),
    predecessors: [predecessor],
  };
  await reopener.readReports([old.entry, entryOf(changed, 'new.dcm').entry]);
  expect(lesions.getState().lesions.map(({ id }) => id)).toEqual([kept?.id]);
  expect(told('superseded')).toContain('old.dcm');
  expect(told('superseded')).not.toContain('new.dcm');
  expect(ledger.has(old.sopInstanceUid)).toBe(true);
});

it('takes the newer of two that do not name each other', async () => {
  const { reopener, lesions, told } = setUp();
  const later = {
    ...sampleReport(),
    createdAt: '2030-01-01T00:00:00Z',
    lesions: sampleReport().lesions.slice(1),
  };
  await reopener.readReports([entryOf(sampleReport(), 'a').entry, entryOf(later, 'b').entry]);
  expect(lesions.getState().lesions.map(({ id }) => id)).toEqual([deleted?.id]);
  expect(told('superseded')).toContain('a');
});

it('brings back what was said of the exam, once a picture of it is open, and never over new words', async () => {
  const said = { density: 'c', categories: { R: '4B' }, conclusion: 'Biopsy right.' } as const;
  const report = sampleReport();
  const [study] = report.studies;
  if (!study) throw new Error('the sample has no study');
  const { entry } = entryOf({ ...report, studies: [{ ...study, reading: said }] }, 'said.dcm');
  const { reopener, studies, examReadings } = setUp();
  await reopener.readReports([entry]);
  expect(examReadings.getState().readings).toEqual({});
  const open = (sopInstanceUid: string, patient: string) => {
    const { studyInstanceUid } = study;
    const header = testHeader({ sopInstanceUid, studyInstanceUid, patientId: patient });
    const opened = { rows: 10, columns: 10, digest: 'd', scopeNotes: [] };
    studies.getState().add({ path: sopInstanceUid, header, asRead: header, ...opened });
    reopener.imagesOpened();
  };
  // The same study identifier, but another patient: nothing of it is said of him.
  open('9.8', 'SOMEBODY');
  expect(examReadings.getState().readings).toEqual({});
  open('9.9', patientId);
  expect(examReadings.getState().readings[study.studyInstanceUid]).toEqual(said);
  examReadings.getState().say(study.studyInstanceUid, { density: 'a' });
  await reopener.readReports([entry]);
  expect(examReadings.getState().readings[study.studyInstanceUid]?.density).toBe('a');
});

it('brings key images back to the pixels that they were kept of, once these are open', async () => {
  const report = sampleReport();
  const images = report.images.map((image) => ({
    ...image,
    pixelDigest: image.sopInstanceUid === SAMPLE_UIDS.lcc ? 'd' : 'other',
  }));
  const { reopener, studies, keyImages } = setUp();
  const { sopInstanceUid } = report.images.find((i) => i.sopInstanceUid === SAMPLE_UIDS.lcc) ?? {};
  await reopener.readReports([entryOf({ ...report, images }, 'kept.dcm').entry]);
  const [first, ...more] = keyImages.getState().keyImages;
  expect(more).toEqual([]);
  expect(first).toMatchObject({ ...report.keyImages?.[0], sopInstanceUid });
  await reopener.readReports([entryOf({ ...report, images }, 'kept.dcm').entry]);
  expect(keyImages.getState().keyImages).toHaveLength(1);
  expect(studies.getState().problems).toEqual([]);
});

const OTHER = { row: 0.1, column: 0.1 };
const elsewhere = () => {
  const report = sampleReport();
  const [study] = report.studies;
  if (!study) throw new Error('the sample has a study');
  return entryOf(
    {
      ...report,
      patient: { ...report.patient, id: 'SOMEBODY', name: 'Else^Body' },
      studies: [{ ...study, reading: { categories: {}, conclusion: 'Normal.' } }],
    },
    'else.dcm',
  ).entry;
};

it('asks about a report of another patient, and leaves it out by the safe answer', async () => {
  const { reopener, lesions, takeOvers, told } = setUp();
  await reopener.readReports([elsewhere()]);
  const [question] = takeOvers.getState().asked;
  expect(question).toMatchObject({
    path: 'else.dcm',
    differs: ['patient'],
    patient: { id: 'SOMEBODY', name: 'Else^Body' },
    header: { patientId },
    lesions: 2,
  });
  expect(lesions.getState().lesions).toEqual([]);
  expect(told('report else.dcm')).toContain('restored.asked');
  takeOvers.getState().answer(question!, false);
  expect(takeOvers.getState().asked).toEqual([]);
  expect(lesions.getState().lesions).toEqual([]);
  expect(told('report else.dcm')).toContain('restored.other-patient');
  expect(told('report else.dcm')).not.toContain('restored.asked');
});

it('takes its lesions over by the reader’s word, each with a caution, and nothing of the exam', async () => {
  const { reopener, studies, lesions, examReadings, takeOvers, told } = setUp();
  await reopener.readReports([elsewhere()]);
  takeOvers.getState().answer(takeOvers.getState().asked[0]!, true);
  const taken = lesions.getState().lesions;
  expect(taken.map(({ id, takenOver }) => [id, takenOver?.despite])).toEqual([
    [kept?.id, ['patient']],
    [deleted?.id, ['patient']],
  ]);
  expect(taken[0]?.readings).toEqual(kept?.assessments);
  expect(studies.getState().images.map(({ header }) => header.patientId)).not.toContain('SOMEBODY');
  expect(examReadings.getState().readings).toEqual({});
  expect(told('report else.dcm')).toContain('restored.done');
  expect(told('report else.dcm')).toContain('restored.only-lesions');
  // Opened again, they are here.
  await reopener.readReports([elsewhere()]);
  expect(takeOvers.getState().asked).toEqual([]);
});

it('asks each report once: lesions that wait for images follow the answer', async () => {
  const { reopener, studies, lesions, takeOvers } = setUp();
  const later = new Set(kept?.marks.map(({ sopInstanceUid }) => sopInstanceUid));
  const images = studies.getState().images;
  studies.setState({ images: images.filter(({ header }) => !later.has(header.sopInstanceUid)) });
  await reopener.readReports([elsewhere()]);
  expect(takeOvers.getState().asked.map((question) => question.lesions)).toEqual([1]);
  takeOvers.getState().answer(takeOvers.getState().asked[0]!, false);
  studies.setState({ images });
  reopener.imagesOpened();
  expect(takeOvers.getState().asked).toEqual([]);
  expect(lesions.getState().lesions).toEqual([]);
});

it('asks one question of a report, also where more of its images open while it stands', async () => {
  const { reopener, studies, lesions, takeOvers, told } = setUp();
  const later = new Set(kept?.marks.map(({ sopInstanceUid }) => sopInstanceUid));
  const images = studies.getState().images;
  studies.setState({ images: images.filter(({ header }) => !later.has(header.sopInstanceUid)) });
  await reopener.readReports([elsewhere()]);
  expect(takeOvers.getState().asked.map((question) => question.lesions)).toEqual([1]);
  studies.setState({ images });
  reopener.imagesOpened();
  expect(takeOvers.getState().asked.map((question) => question.lesions)).toEqual([2]);
  takeOvers.getState().answer(takeOvers.getState().asked[0]!, true);
  expect(takeOvers.getState().asked).toEqual([]);
  const taken = lesions.getState().lesions.map(({ id }) => id);
  expect(new Set(taken)).toEqual(new Set([kept?.id, deleted?.id]));
  expect(told('report else.dcm')).not.toContain('restored.waiting');
  expect(told('report else.dcm')).toContain('restored.key-images');
});

it('asks about another pixel spacing, and says both', async () => {
  const { reopener, lesions, takeOvers, told } = setUp(OTHER);
  await reopener.readReports([entryOf(sampleReport(), 'wide.dcm').entry]);
  const [question] = takeOvers.getState().asked;
  expect(question).toMatchObject({ differs: ['spacing'], spacing: { open: OTHER } });
  expect(question?.spacing.told?.row).toBe(0.07);
  takeOvers.getState().answer(question!, true);
  expect(lesions.getState().lesions.map((l) => l.takenOver?.despite)).toEqual([
    ['spacing'],
    ['spacing'],
  ]);
  expect(told('report wide.dcm')).not.toContain('restored.only-lesions');
});

it('puts no lesion of a report over one that is kept on images that are closed', async () => {
  const id = kept?.id ?? '';
  const { reopener, lesions, told } = setUp(undefined, [id]);
  await reopener.readReports([entryOf(sampleReport(), 'old.dcm').entry]);
  expect(lesions.getState().lesions.map((lesion) => lesion.id)).toEqual([deleted?.id]);
  expect(told('report old.dcm')).toContain('restored.kept');
});

it('puts none over it either where it has to wait for its images', async () => {
  const id = kept?.id ?? '';
  const { reopener, lesions, studies } = setUp(undefined, [id]);
  const { images } = studies.getState();
  studies.setState({ images: [] });
  await reopener.readReports([entryOf(sampleReport(), 'old.dcm').entry]);
  studies.setState({ images });
  reopener.imagesOpened();
  expect(lesions.getState().lesions.map((lesion) => lesion.id)).toEqual([deleted?.id]);
});
