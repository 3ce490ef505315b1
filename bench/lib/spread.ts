import { quantile } from '../../src/core/stats/bootstrap.ts';

/** Repeated measurements of one thing: the fastest, the quartiles, and how many there were. */
export interface Spread {
  readonly n: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

/** Throws on no samples and on one that is not a number: a failed measurement must not be a figure. */
export const spreadOf = (samples: readonly number[]): Spread => {
  if (samples.length === 0) throw new Error('nothing was measured');
  if (!samples.every(Number.isFinite)) throw new Error(`not all numbers: ${samples.join(', ')}`);
  const sorted = [...samples].sort((a, b) => a - b);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((q) => quantile(sorted, q)) as [
    number,
    number,
    number,
  ];
  return { n: sorted.length, min: sorted[0] as number, q1, median, q3 };
};
