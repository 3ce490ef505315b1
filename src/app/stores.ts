import { createSettingsStorage } from '../adapters/storage/settings-storage.ts';
import { createExamReadingsStore } from '../state/exam-readings-store.ts';
import { followPatients } from '../state/follow-patients.ts';
import { createForeignStore } from '../state/foreign-store.ts';
import { createKeyImagesStore } from '../state/key-images-store.ts';
import { createLesionsStore } from '../state/lesions-store.ts';
import { createLoupeStore } from '../state/loupe-store.ts';
import { createMeasurementsStore } from '../state/measurements-store.ts';
import { createNipplesStore } from '../state/nipples-store.ts';
import { closeNotices } from '../state/notices-on-show.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import { createPageStore } from '../state/page-store.ts';
import { createSettingsStore } from '../state/settings-store.ts';
import { createShowRequestStore } from '../state/show-request-store.ts';
import { createSlicesStore } from '../state/slices-store.ts';
import { createStudiesStore } from '../state/studies-store.ts';
import { createTakeOverStore } from '../state/take-over-store.ts';
import { tellAway } from '../state/tell-away.ts';
import { newUuid } from './new-uuid.ts';

/** The stores of the page that are built of nothing but one another. */
export const createStores = () => {
  const settings = createSettingsStore(createSettingsStorage());
  const studies = createStudiesStore();
  const notices = createNoticesStore();
  const lesions = createLesionsStore(newUuid);
  followPatients(lesions, studies);
  tellAway(lesions, studies, notices);
  closeNotices(notices, studies);
  return {
    settings,
    studies,
    notices,
    takeOvers: createTakeOverStore(),
    lesions,
    measurements: createMeasurementsStore(newUuid),
    nipples: createNipplesStore(),
    examReadings: createExamReadingsStore(),
    keyImages: createKeyImagesStore(newUuid),
    slices: createSlicesStore(),
    foreign: createForeignStore(),
    loupe: createLoupeStore(),
    page: createPageStore(),
    showRequest: createShowRequestStore(),
  };
};

export type Stores = ReturnType<typeof createStores>;
