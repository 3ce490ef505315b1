import { createStore } from 'zustand/vanilla';
import type { ScreenCalibration } from '../core/display/measure/screen-scale.ts';
import { type Hanging, USUAL_SEQUENCE } from '../core/display/hanging/hanging-sequence.ts';
import type { SiteCalibration } from '../core/classifier/site-calibration.ts';
import type { Folded, Links, Settings, SettingsStorage } from '../ports/storage.ts';

/**
 * Zoom and pan together, as mammography workstations start: the views of an examination are read at
 * one scale, and a place is compared with the same place of the other breast and of the prior. The
 * window by itself: right and left, and still more the prior from another device, carry windows of
 * their own.
 */
export const DEFAULT_LINKS: Links = { zoom: true, pan: true, window: false, slices: true };

/** What views do together now. */
export const linksOf = ({ links }: Pick<Settings, 'links'>): Links => links ?? DEFAULT_LINKS;

/** The hangings that the reader steps through. */
export const sequenceOf = ({ hangings }: Pick<Settings, 'hangings'>): readonly Hanging[] =>
  hangings ?? USUAL_SEQUENCE;

export interface SettingsState extends Settings {
  /** In (0, 1); undefined returns to the pack's own. */
  assumePrevalence(prevalence: number | undefined): void;
  chooseLanguage(language: Settings['language']): void;
  hideNames(hidden: boolean): void;
  linkViews(change: Partial<Links>): void;
  /** Puts a column of the page aside, or takes it back. */
  fold(panel: keyof Folded, folded: boolean): void;
  /** Undefined goes back to the usual sequence. */
  hangInTurn(hangings: readonly Hanging[] | undefined): void;
  readFirst(on: boolean): void;
  showLikelihoodAs(way: Settings['likelihoodAs']): void;
  chooseSpecificity(specificity: Settings['specificity']): void;
  /** Keeps what a screen measures; undefined forgets it. */
  calibrateScreen(key: string, calibration: ScreenCalibration | undefined): void;
  bringPriors(atOnce: boolean): void;
  /** What a printed report says of where and by whom it was read. */
  headReports(head: Partial<Pick<Settings, 'letterhead' | 'readerName'>>): void;
  /** Turns the second look on or, wholly, off. */
  lookTwice(on: boolean): void;
  /** Gives the installation its id where it has none yet. */
  identify(newId: () => string): void;
  /** The site's own calibration; undefined goes back to the pack's. */
  calibrateForSite(calibration: SiteCalibration | undefined): void;
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;
const settingsOf = (state: SettingsState): Settings => ({
  assumedPrevalence: state.assumedPrevalence,
  language: state.language,
  namesHidden: state.namesHidden,
  links: state.links,
  folded: state.folded,
  hangings: state.hangings,
  readingFirst: state.readingFirst,
  likelihoodAs: state.likelihoodAs,
  specificity: state.specificity,
  screens: state.screens,
  installationId: state.installationId,
  priorsAtOnce: state.priorsAtOnce,
  letterhead: state.letterhead,
  readerName: state.readerName,
  siteCalibration: state.siteCalibration,
  secondLook: state.secondLook,
});

/** The reader's settings, saved at every change. */
export const createSettingsStore = (storage: SettingsStorage) => {
  const store = createStore<SettingsState>()((set, get) => ({
    ...storage.load(),
    assumePrevalence: (prevalence) => {
      if (prevalence !== undefined && !(prevalence > 0 && prevalence < 1)) return;
      set({ assumedPrevalence: prevalence });
    },
    chooseLanguage: (language) => set({ language }),
    hideNames: (namesHidden) => set({ namesHidden }),
    linkViews: (change) => set({ links: { ...linksOf(get()), ...change } }),
    fold: (panel, folded) => set((s) => ({ folded: { ...s.folded, [panel]: folded } })),
    hangInTurn: (hangings) => set({ hangings: hangings?.length === 0 ? undefined : hangings }),
    readFirst: (readingFirst) => set({ readingFirst }),
    bringPriors: (priorsAtOnce) => set({ priorsAtOnce }),
    headReports: (head) => set(head),
    calibrateForSite: (siteCalibration) => set({ siteCalibration }),
    lookTwice: (secondLook) => set({ secondLook }),
    showLikelihoodAs: (likelihoodAs) => set({ likelihoodAs }),
    chooseSpecificity: (specificity) => set({ specificity }),
    identify: (newId) => {
      if (get().installationId === undefined) set({ installationId: newId() });
    },
    calibrateScreen: (key, calibration) =>
      set(({ screens: { [key]: _old, ...others } }) => ({
        screens: calibration ? { ...others, [key]: calibration } : others,
      })),
  }));
  store.subscribe((state) => storage.save(settingsOf(state)));
  return store;
};
