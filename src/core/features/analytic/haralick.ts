import { exponential, logarithm } from '../../units/portable-math.ts';

/** The features of Haralick 1973, table 1, in its order (without the 14th, which is unstable). */
export const HARALICK_NAMES = [
  'energy',
  'contrast',
  'correlation',
  'variance',
  'homogeneity',
  'sumAverage',
  'sumVariance',
  'sumEntropy',
  'entropy',
  'differenceVariance',
  'differenceEntropy',
  'information1',
  'information2',
] as const;

const bits = (v: number): number => logarithm(v) / Math.LN2;

const entropy = (p: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const v = p[i] as number;
    if (v > 0) sum -= v * bits(v);
  }
  return sum;
};

/** Mean and variance of a distribution over 0, 1, 2, ... */
const moments = (p: ArrayLike<number>): readonly [mean: number, variance: number] => {
  let [mean, square] = [0, 0];
  for (let i = 0; i < p.length; i++) {
    mean += i * (p[i] as number);
    square += i * i * (p[i] as number);
  }
  return [mean, Math.max(0, square - mean * mean)];
};

/** Sums of a matrix over its rows, and over cells of equal i + j and |i - j|. */
const marginals = (p: Float64Array, n: number) => {
  const row = new Float64Array(n);
  const sum = new Float64Array(2 * n - 1);
  const difference = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const v = p[i * n + j] as number;
      row[i] = (row[i] as number) + v;
      sum[i + j] = (sum[i + j] as number) + v;
      difference[Math.abs(i - j)] = (difference[Math.abs(i - j)] as number) + v;
    }
  return { row, sum, difference };
};

/**
 * Haralick's first 13 features of a symmetric co-occurrence matrix that sums to 1 (n x n,
 * row-major), in the order of HARALICK_NAMES; entropies in bits, levels counted from 0. All 0 for a
 * matrix of zeros; a single grey level has correlation 1, as in scikit-image.
 */
export const haralick = (p: Float64Array, n: number): Float64Array => {
  const { row, sum, difference } = marginals(p, n);
  const [mean, variance] = moments(row);
  const total = row.reduce((s, v) => s + v, 0);
  if (total === 0) return new Float64Array(HARALICK_NAMES.length);
  let [energy, contrast, product, homogeneity, hxy1] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const v = p[i * n + j] as number;
      if (v === 0) continue;
      energy += v * v;
      contrast += v * (i - j) * (i - j);
      product += v * i * j;
      homogeneity += v / (1 + (i - j) * (i - j));
      hxy1 -= v * bits((row[i] as number) * (row[j] as number));
    }
  const hx = entropy(row);
  const hxy = entropy(p);
  const [sumAverage, sumVariance] = moments(sum);
  const [, differenceVariance] = moments(difference);
  return Float64Array.of(
    energy,
    contrast,
    variance > 1e-15 ? (product - mean * mean) / variance : 1,
    variance,
    homogeneity,
    sumAverage,
    sumVariance,
    entropy(sum),
    hxy,
    differenceVariance,
    entropy(difference),
    hx > 0 ? (hxy - hxy1) / hx : 0,
    // HXY2 = 2 HX, since a symmetric matrix has equal marginals.
    Math.sqrt(Math.max(0, 1 - exponential(-2 * Math.LN2 * (2 * hx - hxy)))),
  );
};
