import { createStore } from 'zustand/vanilla';
import type { ScreenCalibration } from '../core/measure/screen-scale.ts';

/** What views do together. */
export interface Links {
  readonly zoom: boolean;
  readonly pan: boolean;
  readonly window: boolean;
}

/**
 * Zoom and pan together, as mammography workstations start: the views of an examination are read at
 * one scale, and a place is compared with the same place of the other breast and of the prior. The
 * window by itself: right and left, and still more the prior from another device, carry windows of
 * their own.
 */
export const DEFAULT_LINKS: Links = { zoom: true, pan: true, window: false };

/** What the reader has chosen for good, as it is kept. */
export interface Settings {
  /** Prevalence that likelihoods are shown at; undefined: the pack's own. */
  readonly assumedPrevalence: number | undefined;
  /** Language of the interface; undefined: the browser's. */
  readonly language: 'en' | 'zh-CN' | undefined;
  /** For presentations: names and IDs neither on screen nor in what is exported. */
  readonly namesHidden: boolean;
  /** What views do together; undefined: as usual (DEFAULT_LINKS). */
  readonly links: Links | undefined;
  /** Reading first: scores stay hidden until the reader has assessed the lesion. */
  readonly readingFirst: boolean;
  /** Screens that the reader calibrated, by screenKey: screen and browser zoom. */
  readonly screens: Readonly<Record<string, ScreenCalibration>>;
  /** Tells this installation from others in what is stored; random, made once. */
  readonly installationId: string | undefined;
}

export interface SettingsState extends Settings {
  /** In (0, 1); undefined returns to the pack's own. */
  assumePrevalence(prevalence: number | undefined): void;
  chooseLanguage(language: Settings['language']): void;
  hideNames(hidden: boolean): void;
  linkViews(change: Partial<Links>): void;
  readFirst(on: boolean): void;
  /** Keeps what a screen measures; undefined forgets it. */
  calibrateScreen(key: string, calibration: ScreenCalibration | undefined): void;
  /** Gives the installation its id where it has none yet. */
  identify(newId: () => string): void;
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

/** Where settings live across reloads. Neither method throws. */
export interface SettingsStorage {
  load(): Settings;
  save(settings: Settings): void;
}

const settingsOf = (state: SettingsState): Settings => ({
  assumedPrevalence: state.assumedPrevalence,
  language: state.language,
  namesHidden: state.namesHidden,
  links: state.links,
  readingFirst: state.readingFirst,
  screens: state.screens,
  installationId: state.installationId,
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
    linkViews: (change) => set({ links: { ...DEFAULT_LINKS, ...get().links, ...change } }),
    readFirst: (readingFirst) => set({ readingFirst }),
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
