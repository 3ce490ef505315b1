import { blockOf, type FeatureSet } from './feature-sets.ts';
import type { Tap } from '../../src/core/features/tap.ts';

/** Mean and scale of each feature over rows; a feature that never changes has scale 1. */
export const fitScaler = (
  rows: readonly ArrayLike<number>[],
): { mean: number[]; scale: number[] } => {
  const length = rows[0]?.length ?? 0;
  const mean = new Float64Array(length);
  const square = new Float64Array(length);
  for (const row of rows)
    for (let i = 0; i < length; i++)
      mean[i] = (mean[i] as number) + (row[i] as number) / rows.length;
  for (const row of rows)
    for (let i = 0; i < length; i++) {
      const d = (row[i] as number) - (mean[i] as number);
      square[i] = (square[i] as number) + (d * d) / rows.length;
    }
  return { mean: [...mean], scale: Array.from(square, (v) => (v > 1e-12 ? Math.sqrt(v) : 1)) };
};

/** Rows standardised by `scaler`, one after another: count x length. */
const standardised = (
  rows: readonly Float32Array[],
  { mean, scale }: { mean: number[]; scale: number[] },
): Float64Array => {
  const length = mean.length;
  const out = new Float64Array(rows.length * length);
  rows.forEach((row, r) => {
    for (let i = 0; i < length; i++)
      out[r * length + i] = ((row[i] as number) - (mean[i] as number)) / (scale[i] as number);
  });
  return out;
};

/** Inner products of all pairs of rows: count x count, symmetric. */
const innerProducts = (data: Float64Array, count: number, length: number): Float64Array => {
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = i; j < count; j++) {
      let sum = 0;
      const [a, b] = [i * length, j * length];
      for (let k = 0; k < length; k++) sum += (data[a + k] as number) * (data[b + k] as number);
      gram[i * count + j] = sum;
      gram[j * count + i] = sum;
    }
  return gram;
};

const keyOf = (tap: Tap) => `${tap.node}|${tap.pooling}|${tap.l2Normalised}`;

/** Inner products of every feature set over all rows, standardised on the training rows. */
export interface Grams {
  /** count x count inner products of a feature set, and its number of features. */
  of(set: FeatureSet): { readonly gram: Float64Array; readonly length: number };
}

/**
 * Standardisation works feature by feature, so the inner product of a set is the sum over its
 * blocks: each block is multiplied out once and shared by all sets.
 */
export const makeGrams = (
  vectors: readonly Float32Array[],
  candidates: readonly Tap[],
  trainingRows: readonly number[],
): Grams => {
  const blocks = new Map<string, Float64Array>();
  const blockGram = (tap: Tap): Float64Array => {
    const known = blocks.get(keyOf(tap));
    if (known) return known;
    const rows = vectors.map((vector) => blockOf(vector, candidates, tap));
    const scaler = fitScaler(trainingRows.map((row) => rows[row] as Float32Array));
    const gram = innerProducts(standardised(rows, scaler), rows.length, tap.shape[2]);
    blocks.set(keyOf(tap), gram);
    return gram;
  };
  return {
    of: ({ taps }) => {
      const gram = new Float64Array(vectors.length ** 2);
      for (const tap of taps) {
        const block = blockGram(tap);
        for (let i = 0; i < gram.length; i++) gram[i] = (gram[i] as number) + (block[i] as number);
      }
      return { gram, length: taps.reduce((sum, tap) => sum + tap.shape[2], 0) };
    },
  };
};
