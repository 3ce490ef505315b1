import { createStore } from 'zustand/vanilla';
import type { VoiWindow } from '../core/image/voi-window.ts';
import type { CanvasPoint, ViewportHandle } from '../ports/display.ts';

export const LOUPE_FACTORS = [2, 3, 4] as const;
export type LoupeFactor = (typeof LOUPE_FACTORS)[number];

/** Where the loupe is, and what moved it there: over a finger it would not be seen. */
export interface LoupePlace {
  readonly view: ViewportHandle;
  readonly at: CanvasPoint;
  readonly by: 'mouse' | 'finger' | 'keys';
}

interface LoupeState {
  /** 'held': as long as the key is down. */
  readonly mode: 'off' | 'on' | 'held';
  readonly factor: LoupeFactor;
  /** The loupe's own inversion and window; undefined: the view's. */
  readonly inverted: boolean | undefined;
  readonly window: VoiWindow | undefined;
  readonly place: LoupePlace | undefined;
}

/** The one loupe of the page. What it shows beside its view's grey is forgotten when it is put away. */
export const loupeStore = createStore<LoupeState>()(() => ({
  mode: 'off',
  factor: 2,
  inverted: undefined,
  window: undefined,
  place: undefined,
}));

const asView = { inverted: undefined, window: undefined };

export const setLoupeMode = (mode: LoupeState['mode']): void =>
  loupeStore.setState({ mode, ...(mode === 'off' ? asView : {}) });

export const loupeAsView = (): void => loupeStore.setState(asView);

export const setLoupeFactor = (factor: LoupeFactor): void => loupeStore.setState({ factor });

/** The next stronger or weaker one, if there is one. */
export const stepLoupeFactor = (step: 1 | -1): void => {
  const { factor } = loupeStore.getState();
  const next = LOUPE_FACTORS[LOUPE_FACTORS.indexOf(factor) + step];
  if (next) setLoupeFactor(next);
};
