import { createStore } from 'zustand/vanilla';
import { type DisplayCheck, MOST_CHECKS } from '../core/display/check/display-check.ts';
import type { ScreenCalibration } from '../core/display/measure/screen-scale.ts';
import { type Hanging, USUAL_SEQUENCE } from '../core/display/hanging/hanging-sequence.ts';
import type { SiteCalibration } from '../core/classifier/site-calibration.ts';
import type { Folded, Links, Settings, SettingsStorage } from '../ports/storage.ts';

/**
 * Zoom and pan together, as mammography workstations start: the views of an examination are read at
 * one scale, and a place is compared with the same place of the other breast and of the prior. The
 * window as well: right and left, and still more the prior from another device, carry windows of their
 * own, so that a change is carried over relative to the first window of each image.
 */
export const DEFAULT_LINKS: Links = { zoom: true, pan: true, window: true, slices: true };

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
  keepDisplayCheck(check: DisplayCheck): void;
  forgetDisplayCheck(check: DisplayCheck): void;
  bringPriors(atOnce: boolean): void;
  /** What a printed report says of where and by whom it was read. */
  headReports(head: Partial<Pick<Settings, 'letterhead' | 'readerName'>>): void;
  /** Turns the second look on or, wholly, off. */
  lookTwice(on: boolean): void;
  /** Gives the installation its id where it has none yet. */
  identify(newId: () => string): void;
  /** The site's own calibration; undefined goes back to the pack's. */
  calibrateForSite(calibration: SiteCalibration | undefined): void;
  /** Takes over what storage holds by now: another tab, or a copy that came back, has changed it. */
  renew(): void;
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
  displayChecks: state.displayChecks,
  installationId: state.installationId,
  priorsAtOnce: state.priorsAtOnce,
  letterhead: state.letterhead,
  readerName: state.readerName,
  siteCalibration: state.siteCalibration,
  secondLook: state.secondLook,
});

/** Those that are others than before. */
const changedIn = (now: Settings, before: Settings): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(now).filter(([name, value]) => value !== before[name as keyof Settings]),
  );

/** `kept`, with the very values of `now` where they say the same: nothing is drawn anew for them. */
const sameKept = (kept: Settings, now: Settings): Settings => {
  const isSame = (name: string) =>
    JSON.stringify(kept[name as keyof Settings]) === JSON.stringify(now[name as keyof Settings]);
  const same = Object.entries(now).filter(([name]) => isSame(name));
  return { ...kept, ...Object.fromEntries(same) };
};

/**
 * The reader's settings. Every change is saved at once and by itself, and those of other tabs count here as
 * there: what is chosen in one place is not undone by another.
 */
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
    keepDisplayCheck: (check) =>
      set((s) => ({ displayChecks: [check, ...s.displayChecks].slice(0, MOST_CHECKS) })),
    forgetDisplayCheck: (check) =>
      set((s) => ({ displayChecks: s.displayChecks.filter((each) => each !== check) })),
    identify: (newId) => {
      if (get().installationId === undefined) set({ installationId: newId() });
    },
    calibrateScreen: (key, calibration) =>
      set(({ screens: { [key]: _old, ...others } }) => ({
        screens: calibration ? { ...others, [key]: calibration } : others,
      })),
    renew: () => {
      there = sameKept(storage.load(), settingsOf(get()));
      set(there);
    },
  }));
  /** What is in storage, as far as this tab knows. */
  let there = settingsOf(store.getState());
  store.subscribe((state) => {
    const changed = changedIn(settingsOf(state), there);
    there = settingsOf(state);
    if (Object.keys(changed).length > 0) storage.save(changed);
  });
  storage.onSavedElsewhere?.(() => store.getState().renew());
  return store;
};
