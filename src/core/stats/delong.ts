import { twoSidedP, Z_95 } from './normal.ts';
import { hasBothClasses, type Scored } from './roc.ts';

export type Interval = readonly [low: number, high: number];

/** Rank of each value, ties sharing their mean rank; the lowest is 1. */
export const midranks = (values: readonly number[]): Float64Array => {
  const order = values
    .map((_, i) => i)
    .sort((i, j) => (values[i] as number) - (values[j] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    const value = values[order[start] as number];
    while (end < order.length && values[order[end] as number] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i] as number] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
};

interface Components {
  readonly auc: number;
  /** Structural components of positives (V10) and negatives (V01). */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** DeLong's structural components by midranks in O(n log n) (Sun & Xu, IEEE SPL 2014). */
const components = ({ scores, malignant }: Scored): Components => {
  if (!hasBothClasses({ malignant })) throw new Error('DeLong needs both outcomes');
  const pick = (want: boolean) =>
    malignant.flatMap((m, i) => (m === want ? [scores[i] as number] : []));
  const [x, y] = [pick(true), pick(false)];
  const all = midranks([...x, ...y]);
  const [rx, ry] = [midranks(x), midranks(y)];
  const positives = rx.map((r, i) => ((all[i] as number) - r) / y.length);
  const negatives = ry.map((r, j) => 1 - ((all[x.length + j] as number) - r) / x.length);
  return { auc: positives.reduce((s, v) => s + v, 0) / x.length, positives, negatives };
};

const covariance = (a: Float64Array, b: Float64Array): number => {
  const mean = (v: Float64Array) => v.reduce((s, e) => s + e, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - ma) * ((b[i] as number) - mb);
  return a.length > 1 ? sum / (a.length - 1) : 0;
};

const aucCovariance = (a: Components, b: Components): number =>
  covariance(a.positives, b.positives) / a.positives.length +
  covariance(a.negatives, b.negatives) / a.negatives.length;

/**
 * Area under the ROC curve with its DeLong variance and normal 95 % interval, cut to [0, 1] (DeLong,
 * DeLong, Clarke-Pearson, Biometrics 1988). Throws when only one outcome is present.
 */
export const aucDelong = (
  scored: Scored,
): { readonly value: number; readonly variance: number; readonly interval: Interval } => {
  const parts = components(scored);
  const variance = aucCovariance(parts, parts);
  const half = Z_95 * Math.sqrt(variance);
  const interval: Interval = [Math.max(0, parts.auc - half), Math.min(1, parts.auc + half)];
  return { value: parts.auc, variance, interval };
};

/**
 * Compares two scores of the same cases (`malignant` shared): difference a - b of their areas, its
 * normal 95 % interval and two-sided p (paired DeLong). p is 1 where the scores rank alike.
 */
export const pairedDelong = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  malignant: readonly boolean[],
): { readonly difference: number; readonly interval: Interval; readonly p: number } => {
  const ca = components({ scores: a, malignant });
  const cb = components({ scores: b, malignant });
  const variance = aucCovariance(ca, ca) + aucCovariance(cb, cb) - 2 * aucCovariance(ca, cb);
  const difference = ca.auc - cb.auc;
  const error = Math.sqrt(Math.max(variance, 0));
  const p = error > 0 ? twoSidedP(difference / error) : difference === 0 ? 1 : 0;
  return { difference, interval: [difference - Z_95 * error, difference + Z_95 * error], p };
};
