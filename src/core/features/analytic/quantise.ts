import { ordered } from '../../stats/order.ts';
import { valuesAt } from './cells.ts';

/** Values at quantiles q (0-1, rising), 0s where there are none. */
export const quantilesOf = (values: Float32Array, qs: readonly number[]): number[] => {
  const ranks = qs.map((q) => Math.round(q * (values.length - 1)));
  return ordered(values, ranks).map((value) => value ?? 0);
};

/**
 * Grey at some cells, in `levels` equal steps between their 1st and 99th percentile, clamped: neither
 * brightness nor contrast of the film changes it. As large as the data, 0 at other cells; all 0 for a
 * flat region.
 */
export const quantise = (data: Float32Array, cells: Int32Array, levels: number): Uint8Array => {
  const values = valuesAt(data, cells);
  const [low = 0, high = 0] = quantilesOf(values, [0.01, 0.99]);
  const scale = high > low ? levels / (high - low) : 0;
  const grey = new Uint8Array(data.length);
  for (let k = 0; k < cells.length; k++) {
    const level = Math.floor(((values[k] as number) - low) * scale);
    grey[cells[k] as number] = Math.min(Math.max(level, 0), levels - 1);
  }
  return grey;
};
