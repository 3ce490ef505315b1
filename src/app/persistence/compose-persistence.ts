import {
  createExamReadingStorage,
  examReadingRecordSchema,
} from '../../adapters/storage/exam-reading-storage.ts';
import { createKeyImageStorage } from '../../adapters/storage/key-image-storage.ts';
import { keptOfImagesSchema } from '../../adapters/storage/image-record-storage.ts';
import { createLesionStorage, keptChangeSchema } from '../../adapters/storage/lesion-storage.ts';
import { createMeasurementStorage } from '../../adapters/storage/measurement-storage.ts';
import { createNippleStorage } from '../../adapters/storage/nipple-storage.ts';
import { createTabChannel } from '../../adapters/storage/tab-channel.ts';
import { z } from 'zod';
import { keyFrom, patientKeyIn } from '../../core/dicom/grouping.ts';
import { viewLabel } from '../../core/dicom/view-label.ts';
import { message } from '../../core/message/message.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { patientOfMark } from '../../state/follow-patients.ts';
import { keepExamReadings } from '../../state/keep-exam-readings.ts';
import { keepKeyImages } from '../../state/keep-key-images.ts';
import { keepLesions } from '../../state/keep-lesions.ts';
import { keepMeasurements } from '../../state/keep-measurements.ts';
import { keepNipples } from '../../state/keep-nipples.ts';
import { imagesOfPatient, openImage, pixelsOf } from '../../state/studies-store.ts';
import type { KeptChange } from '../../ports/storage.ts';
import type { Stores } from '../stores.ts';

/** Keeps what the reader says and draws, and brings it back with its images. */
export const composePersistence = (stores: Stores) => {
  const { studies, notices, lesions, measurements, nipples, examReadings, keyImages } = stores;
  const headerOf = (sop: string) => openImage(studies.getState().images, sop)?.header;
  const pixelsNow = (sop: string) => pixelsOf(studies.getState().images, sop);
  /** What the reader set or measured on other pixels of this UID is not shown here, and it is said. */
  const tellOtherPixels = (sop: string) => {
    const header = headerOf(sop);
    if (header)
      notices
        .getState()
        .tell(`kept ${sop}`, message('away.beside', { view: viewLabel(header) }), { about: [sop] });
  };
  const lesionStorage = createLesionStorage();
  const lesionTabs = createTabChannel<KeptChange>('lesions', keptChangeSchema);
  const lesionKeeper = keepLesions(
    lesions,
    lesionStorage,
    (text) => notices.getState().tell('storage', text),
    lesionTabs,
    (...mark) => patientOfMark(studies.getState().images)(...mark),
    ({ id, number, marks }, was) =>
      notices.getState().tell(`number ${id}`, message('lesion.renumbered', { was, number }), {
        about: Object.keys(marks),
      }),
  );
  const measurementKeeper = keepMeasurements(
    measurements,
    createMeasurementStorage(),
    (problem) => notices.getState().tell('measurements', problem),
    pixelsNow,
    tellOtherPixels,
    createTabChannel('measurements', keptOfImagesSchema),
  );
  const nippleKeeper = keepNipples(
    nipples,
    createNippleStorage(),
    pixelsNow,
    tellOtherPixels,
    createTabChannel('nipples', z.array(z.string())),
  );
  const examReadingStorage = createExamReadingStorage();
  const examReadingTabs = createTabChannel('exam-readings', examReadingRecordSchema);
  const examReadingKeeper = keepExamReadings(
    examReadings,
    examReadingStorage,
    (study) => {
      const { images } = studies.getState();
      const isOwn = ({ header }: OpenImage) => header.studyInstanceUid === study;
      const own = images.filter(isOwn);
      const patient = own[0] && patientKeyIn(images, own[0].header.sopInstanceUid);
      const others = imagesOfPatient(images, patient);
      return [...own, ...others].map(({ header }) => keyFrom(header));
    },
    (reason) =>
      notices
        .getState()
        .tell(
          'exam readings',
          reason === undefined ? undefined : message('exam.not-kept', { reason }),
        ),
    (study) =>
      notices.getState().tell(`exam ${study}`, message('exam.other-patient'), {
        about: studies
          .getState()
          .images.filter(({ header }) => header.studyInstanceUid === study)
          .map(({ header }) => header.sopInstanceUid),
      }),
    examReadingTabs,
  );
  const keyImageKeeper = keepKeyImages(
    keyImages,
    createKeyImageStorage(),
    (problem) => notices.getState().tell('key images', problem),
    pixelsNow,
    tellOtherPixels,
    createTabChannel('key-images', keptOfImagesSchema),
  );
  const studiesOf = (sops: readonly string[]): readonly string[] => [
    ...new Set(sops.flatMap((sop) => headerOf(sop)?.studyInstanceUid ?? [])),
  ];
  return {
    tellOtherPixels,
    /** The lesions of these ids that are kept, also of images that are closed. */
    lesionsOf: (ids: readonly string[]) => lesionStorage.findByIds(ids).catch(() => []),
    /** Brings back all that is kept of some images, of those that are still open. */
    restore: async (sopInstanceUids: readonly string[]) => {
      const open = sopInstanceUids.filter((sop) => headerOf(sop) !== undefined);
      await lesionKeeper.restore(open);
      await nippleKeeper.restore(open);
      await examReadingKeeper.restore(studiesOf(open));
      await measurementKeeper.open(open);
      await keyImageKeeper.open(open);
    },
    /** Brings what storage holds of open images by now, in the place of what is here. */
    takeOver: async (sopInstanceUids: readonly string[]) => {
      const saved = await lesionStorage.findByImages(sopInstanceUids);
      lesionTabs.hear({ saved, removed: [] });
      const readings = await examReadingStorage.find(studiesOf(sopInstanceUids));
      for (const [study, kept] of Object.entries(readings))
        examReadingTabs.hear({ study, ...kept });
      await nippleKeeper.takeOver(sopInstanceUids);
      await measurementKeeper.takeOver(sopInstanceUids);
      await keyImageKeeper.takeOver(sopInstanceUids);
      await lesionKeeper.settled();
    },
    /** Takes what belongs to images that are closed out of the stores; it stays kept. */
    close: (sopInstanceUids: readonly string[], studyInstanceUids: readonly string[]) => {
      void lesionKeeper.close(sopInstanceUids);
      measurementKeeper.close(sopInstanceUids);
      keyImageKeeper.close(sopInstanceUids);
      examReadingKeeper.close(studyInstanceUids);
    },
  };
};
