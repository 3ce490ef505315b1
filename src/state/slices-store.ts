import { createStore } from 'zustand/vanilla';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';
import { middleSlice, slabAbout, slicesInSlab, type SliceSpan } from '../core/dicom/slices.ts';
import type { SlabMode } from '../core/image/slab.ts';
import type { SliceWish } from '../ports/frames.ts';

/** Thicknesses of a slab, mm. */
export const SLAB_THICKNESSES = [1, 3, 5, 10, 20] as const;
export type SlabThickness = (typeof SLAB_THICKNESSES)[number];
/** Slices a second of a volume that plays. */
export const CINE_RATES = [5, 10, 15, 20, 30] as const;
export type CineRate = (typeof CINE_RATES)[number];

/** Slices by themselves, or several as one picture. */
export type SliceMode = 'slice' | SlabMode;

export interface SlicesState {
  /** The slice of each volume that the reader went to, from 0; absent: the middle one. */
  readonly at: Readonly<Record<string, number>>;
  readonly mode: SliceMode;
  readonly thickness: SlabThickness;
  /** SOP Instance UID of the volume that plays. */
  readonly playing: string | undefined;
  readonly rate: CineRate;

  go(to: Readonly<Record<string, number>>): void;
  setMode(mode: SliceMode): void;
  /** A slab of that thickness: the mean, where slices were seen by themselves. */
  setThickness(thickness: SlabThickness): void;
  play(sopInstanceUid: string | undefined): void;
  setRate(rate: CineRate): void;
  /** Forgets volumes that were closed. */
  forget(sopInstanceUids: readonly string[]): void;
}

export type SlicesStore = ReturnType<typeof createSlicesStore>;

/** Which slices of the open volumes are looked at, and how. */
export const createSlicesStore = () =>
  createStore<SlicesState>()((set) => ({
    at: {},
    mode: 'slice',
    thickness: 5,
    playing: undefined,
    rate: 15,
    go: (to) => set(({ at }) => ({ at: { ...at, ...to } })),
    setMode: (mode) => set({ mode }),
    setThickness: (thickness) =>
      set(({ mode }) => ({ thickness, mode: mode === 'slice' ? 'mean' : mode })),
    play: (playing) => set({ playing }),
    setRate: (rate) => set({ rate }),
    forget: (sops) =>
      set(({ at, playing }) => ({
        at: Object.fromEntries(Object.entries(at).filter(([sop]) => !sops.includes(sop))),
        playing: playing !== undefined && sops.includes(playing) ? undefined : playing,
      })),
  }));

type Looked = Pick<SlicesState, 'at' | 'mode' | 'thickness'>;

/** The slice of a volume that is looked at; undefined where the image is none. */
export const sliceOf = (
  { at }: Pick<SlicesState, 'at'>,
  { slices, sopInstanceUid }: Pick<MammogramHeader, 'slices' | 'sopInstanceUid'>,
): number | undefined => slices && (at[sopInstanceUid] ?? middleSlice(slices.count));

/** What is to be seen of a volume. */
export const wishOf = (
  { at, mode, thickness }: Looked,
  header: Pick<MammogramHeader, 'slices' | 'sopInstanceUid'>,
): SliceWish | undefined => {
  const index = sliceOf({ at }, header);
  if (index === undefined || !header.slices) return undefined;
  const count = mode === 'slice' ? 1 : slicesInSlab(header.slices, thickness);
  return { index, slab: { mode: mode === 'slice' ? 'mean' : mode, count } };
};

/** The slices that a picture is made of, and the one in its middle. */
export interface Sight extends SliceSpan {
  readonly index: number;
}

/** What is seen of a volume where a wish is fulfilled; until one is, its middle slice. */
export const sightOf = (
  wish: SliceWish | undefined,
  { slices }: Pick<MammogramHeader, 'slices'>,
): Sight | undefined => {
  if (!slices) return undefined;
  const index = wish?.index ?? middleSlice(slices.count);
  return { index, ...slabAbout(index, wish?.slab.count ?? 1, slices.count) };
};
