import type { Interval } from './delong.ts';

/** 95 % interval of a share, k of n (n above 0), in [0, 1] (Wilson, JASA 22, 1927). */
export const wilson = (k: number, n: number): Interval => {
  const z = 1.959964;
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(centre - half, 0), centre + half];
};
