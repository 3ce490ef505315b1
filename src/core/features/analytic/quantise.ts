import { cellsOf, valuesAt } from './cells.ts';

/** Values at quantiles q (0-1) of the data in a mask; 0s when the mask is empty. */
export const quantilesIn = (
  data: Float32Array,
  mask: Uint8Array,
  qs: readonly number[],
): number[] => {
  const kept = valuesAt(data, cellsOf(mask)).sort();
  return qs.map((q) => kept[Math.round(q * (kept.length - 1))] ?? 0);
};

/**
 * Grey in `levels` equal steps between the 1st and 99th percentile of the mask, clamped: neither
 * brightness nor contrast of the film changes it. All 0 for a flat region.
 */
export const quantise = (data: Float32Array, mask: Uint8Array, levels: number): Uint8Array => {
  const [low = 0, high = 0] = quantilesIn(data, mask, [0.01, 0.99]);
  const scale = high > low ? levels / (high - low) : 0;
  const grey = new Uint8Array(data.length);
  for (let i = 0; i < grey.length; i++)
    grey[i] = Math.min(Math.max(Math.floor(((data[i] as number) - low) * scale), 0), levels - 1);
  return grey;
};
