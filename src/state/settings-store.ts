import { createStore } from 'zustand/vanilla';

/** What the reader has chosen for good, as it is kept. */
export interface Settings {
  /** Prevalence that likelihoods are shown at; undefined: the pack's own. */
  readonly assumedPrevalence: number | undefined;
  /** Language of the interface; undefined: the browser's. */
  readonly language: 'en' | 'zh-CN' | undefined;
  /** For presentations: names and IDs neither on screen nor in what is exported. */
  readonly namesHidden: boolean;
}

export interface SettingsState extends Settings {
  /** In (0, 1); undefined returns to the pack's own. */
  assumePrevalence(prevalence: number | undefined): void;
  chooseLanguage(language: Settings['language']): void;
  hideNames(hidden: boolean): void;
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

/** Where settings live across reloads. Neither method throws. */
export interface SettingsStorage {
  load(): Settings;
  save(settings: Settings): void;
}

const settingsOf = ({ assumedPrevalence, language, namesHidden }: SettingsState): Settings => ({
  assumedPrevalence,
  language,
  namesHidden,
});

/** The reader's settings, saved at every change. */
export const createSettingsStore = (storage: SettingsStorage) => {
  const store = createStore<SettingsState>()((set) => ({
    ...storage.load(),
    assumePrevalence: (prevalence) => {
      if (prevalence !== undefined && !(prevalence > 0 && prevalence < 1)) return;
      set({ assumedPrevalence: prevalence });
    },
    chooseLanguage: (language) => set({ language }),
    hideNames: (namesHidden) => set({ namesHidden }),
  }));
  store.subscribe((state) => storage.save(settingsOf(state)));
  return store;
};
