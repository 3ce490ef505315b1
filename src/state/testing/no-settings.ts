import type { Settings } from '../../ports/storage.ts';

/** Settings of a reader who has set nothing. */
export const NO_SETTINGS: Settings = {
  assumedPrevalence: undefined,
  language: undefined,
  namesHidden: false,
  links: undefined,
  folded: { patients: false, lesions: false },
  hangings: undefined,
  readingFirst: false,
  likelihoodAs: 'percent',
  specificity: 0.8,
  screens: {},
  installationId: undefined,
  priorsAtOnce: false,
  letterhead: '',
  readerName: '',
  siteCalibration: undefined,
  secondLook: true,
};
