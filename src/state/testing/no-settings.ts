import type { Settings } from '../../ports/storage.ts';

/** Settings of a reader who has chosen nothing. */
export const NO_SETTINGS: Settings = {
  assumedPrevalence: undefined,
  language: undefined,
  namesHidden: false,
  links: undefined,
  folded: { patients: false, lesions: false },
  hangings: undefined,
  readingFirst: false,
  screens: {},
  installationId: undefined,
  priorsAtOnce: false,
  letterhead: '',
  readerName: '',
};
