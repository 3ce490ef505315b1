import { createStore } from 'zustand/vanilla';
import type { Box } from '../core/geometry/box.ts';

/** The synthetic patient that the tour is about, and where its mass is. */
export interface TourGuide {
  readonly id: string;
  /** Names of the files, as they are opened. */
  readonly files: readonly string[];
  /** The marks of its first lesion, by file name, in stored pixels. */
  readonly marks: Readonly<Record<string, Box>>;
}

export interface TourState {
  /** Undefined while no tour is under way. */
  readonly guide: TourGuide | undefined;
  /** Whether the patient is open and its lesions are cleared away. */
  readonly ready: boolean;
  readonly step: number;
  begin(guide: TourGuide): void;
  setReady(): void;
  goTo(step: number): void;
  /** Clears the patient's lesions once more and shows the first step. */
  startAgain(): void;
  leave(): void;
}

/** Where the guided tour stands; lives as long as the page, and through a change of language. */
export const createTourStore = () =>
  createStore<TourState>()((set) => ({
    guide: undefined,
    ready: false,
    step: 0,
    begin: (guide) => set({ guide, ready: false, step: 0 }),
    setReady: () => set({ ready: true }),
    goTo: (step) => set({ step }),
    startAgain: () => set({ ready: false, step: 0 }),
    leave: () => set({ guide: undefined, ready: false, step: 0 }),
  }));

export type TourStore = ReturnType<typeof createTourStore>;
