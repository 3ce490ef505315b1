import { groupBy } from '../units/group-by.ts';
import type { Interval } from './delong.ts';
import { seededRandom } from './random.ts';

/** Quantile q in [0, 1] of sorted values, linear between neighbours (Hyndman & Fan 1996, type 7). */
export const quantile = (sorted: ArrayLike<number>, q: number): number => {
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
};

/** Rows by group, groups in order of first appearance. */
const membersOf = (groups: readonly string[]): number[][] =>
  groupBy([...groups.keys()], (i) => groups[i] as string);

/**
 * Draws whole groups (patients) with replacement and yields the rows of each draw, `replicates`
 * times. Deterministic in the seed.
 */
export const clusterDraws = (
  groups: readonly string[],
  replicates: number,
  seed: number,
): number[][] => {
  const members = membersOf(groups);
  const random = seededRandom(seed);
  return Array.from({ length: replicates }, () =>
    members.flatMap(() => members[Math.floor(random() * members.length)] as number[]),
  );
};

/**
 * Cluster bootstrap: 95 % percentile interval of `statistic` over draws of whole groups (patients).
 * `statistic` gets row numbers, with repeats, and may answer undefined where a draw does not allow it
 * (one class only); such draws are left out. Undefined when no draw allows it.
 */
export const bootstrapInterval = (
  groups: readonly string[],
  statistic: (rows: readonly number[]) => number | undefined,
  { replicates = 2000, seed = 1 }: { replicates?: number; seed?: number } = {},
): Interval | undefined => {
  const values = clusterDraws(groups, replicates, seed)
    .map(statistic)
    .filter((v): v is number => v !== undefined)
    .sort((a, b) => a - b);
  return values.length ? [quantile(values, 0.025), quantile(values, 0.975)] : undefined;
};
