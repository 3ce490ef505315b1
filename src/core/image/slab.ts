import type { StoredPixels } from './mammogram-image.ts';

/** How the slices of a slab are put together: their mean, or the brightest value at each place. */
export type SlabMode = 'mean' | 'maximum';

export interface SlabOptions {
  /** Stored values that are no breast, inclusive: they stay, and count in nothing else. */
  readonly padding?: { readonly low: number; readonly high: number } | undefined;
  /** Whether low stored values are bright, as in MONOCHROME1. */
  readonly lowIsBright?: boolean;
}

const likeFirst = (slices: readonly StoredPixels[]): StoredPixels => {
  const [first] = slices;
  if (!first) throw new RangeError('A slab needs a slice');
  if (slices.some(({ length }) => length !== first.length))
    throw new RangeError('The slices of a slab are of one size');
  const Type = first.constructor as new (length: number) => StoredPixels;
  return new Type(first.length);
};

/** Places that are gone through slice by slice at a time: their sums stay near the processor. */
const BLOCK = 8192;

const plainMean = (slices: readonly StoredPixels[], out: StoredPixels): void => {
  // Of 16-bit values more than 32,000 fit in 32 bits.
  const sums = new (out.BYTES_PER_ELEMENT > 2 ? Float64Array : Int32Array)(BLOCK);
  const share = 1 / slices.length;
  for (let start = 0; start < out.length; start += BLOCK) {
    const length = Math.min(BLOCK, out.length - start);
    sums.fill(0);
    for (const slice of slices)
      for (let i = 0; i < length; i++) sums[i] = (sums[i] as number) + (slice[start + i] as number);
    for (let i = 0; i < length; i++) out[start + i] = Math.round((sums[i] as number) * share);
  }
};

const plainExtreme = (
  slices: readonly StoredPixels[],
  out: StoredPixels,
  lowIsBright: boolean,
): void => {
  out.set(slices[0] as StoredPixels);
  const choose = lowIsBright ? Math.min : Math.max;
  for (let start = 0; start < out.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, out.length);
    for (const slice of slices)
      for (let i = start; i < end; i++) out[i] = choose(out[i] as number, slice[i] as number);
  }
};

/** The same with padding left out; a place that is padding in every slice stays what it is in the first. */
const withPadding = (
  slices: readonly StoredPixels[],
  out: StoredPixels,
  mode: SlabMode,
  { padding = { low: 1, high: 0 }, lowIsBright = false }: SlabOptions,
): void => {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    let count = 0;
    let brightest = 0;
    for (const slice of slices) {
      const value = slice[i] as number;
      if (value >= padding.low && value <= padding.high) continue;
      const isBrighter = lowIsBright ? value < brightest : value > brightest;
      if (count === 0 || isBrighter) brightest = value;
      sum += value;
      count++;
    }
    const here = mode === 'mean' ? Math.round(sum / count) : brightest;
    out[i] = count === 0 ? ((slices[0] as StoredPixels)[i] as number) : here;
  }
};

/**
 * One picture of several slices of one size, in stored values of the slices' own type; the mean is
 * rounded to the nearest value. Does not mutate. Throws RangeError without slices or for slices of
 * different sizes.
 */
export const slab = (
  slices: readonly StoredPixels[],
  mode: SlabMode,
  options: SlabOptions = {},
): StoredPixels => {
  const out = likeFirst(slices);
  if (options.padding) withPadding(slices, out, mode, options);
  else if (mode === 'mean') plainMean(slices, out);
  else plainExtreme(slices, out, options.lowIsBright ?? false);
  return out;
};
