import { createStore } from 'zustand/vanilla';
import type { ScreenGrey } from '../core/display/grey/screen-grey.ts';
import type { MammogramImage } from '../core/image/mammogram-image.ts';
import { steppedWindow, type VoiWindow } from '../core/image/voi-window.ts';
import type { CanvasPoint, ViewportHandle } from '../ports/display.ts';

export const LOUPE_FACTORS = [2, 3, 4] as const;
/** So many times as large as the view, or one image pixel to one screen pixel whatever the view's zoom. */
export type LoupeFactor = (typeof LOUPE_FACTORS)[number] | '1:1';

/** Where the loupe is, and what moved it there: over a finger it would not be seen. */
export interface LoupePlace {
  readonly view: ViewportHandle;
  readonly at: CanvasPoint;
  readonly by: 'mouse' | 'finger' | 'keys';
}

/** The loupe's own inversion and window; undefined: the view's. */
interface OwnGrey {
  readonly inverted: boolean | undefined;
  readonly window: VoiWindow | undefined;
}

export interface LoupeState extends OwnGrey {
  /** 'held': as long as the key is down. */
  readonly mode: 'off' | 'on' | 'held';
  readonly factor: LoupeFactor;
  readonly place: LoupePlace | undefined;

  setMode(mode: LoupeState['mode']): void;
  setFactor(factor: LoupeFactor): void;
  /** The next stronger (1) or weaker (-1) one, if there is one; from 1:1 the weakest. */
  stepFactor(step: 1 | -1): void;
  /** Gives up the loupe's own grey. */
  asView(): void;
  invert(view: ScreenGrey): void;
  /** One step brighter or wider (-1: darker, narrower), in the loupe alone. */
  stepWindow(image: MammogramImage, view: ScreenGrey, step: WindowStep): void;
}

export interface WindowStep {
  readonly brighter?: number;
  readonly wider?: number;
}

export type LoupeStore = ReturnType<typeof createLoupeStore>;

/** The grey of the loupe: its own window and inversion where the reader set them, else the view's. */
export const loupeGrey = (view: ScreenGrey, own: OwnGrey): ScreenGrey => ({
  ...view,
  voi: own.window ?? view.voi,
  inverted: own.inverted ?? view.inverted,
});

const AS_VIEW: OwnGrey = { inverted: undefined, window: undefined };

/** The one loupe of the page. What it shows beside its view's grey is forgotten when it is put away. */
export const createLoupeStore = () =>
  createStore<LoupeState>()((set) => ({
    ...AS_VIEW,
    mode: 'off',
    factor: 2,
    place: undefined,
    setMode: (mode) => set({ mode, ...(mode === 'off' ? AS_VIEW : {}) }),
    setFactor: (factor) => set({ factor }),
    stepFactor: (step) =>
      set(({ factor }) => {
        if (factor === '1:1') return { factor: 2 };
        return { factor: LOUPE_FACTORS[LOUPE_FACTORS.indexOf(factor) + step] ?? factor };
      }),
    asView: () => set(AS_VIEW),
    invert: (view) => set((own) => ({ inverted: !loupeGrey(view, own).inverted })),
    stepWindow: (image, view, step) =>
      set((own) => {
        const { voi, inverted } = loupeGrey(view, own);
        return { window: steppedWindow(image, voi, inverted, step) };
      }),
  }));
