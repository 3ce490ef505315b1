/**
 * The cheapest closed path through a table of `rays` x `steps` costs (row-major, one row a ray): one
 * step a ray, neighbours (also last and first) at most `jump` steps apart, each change costing
 * `stiffness` times its square. Dynamic programming over a ring opened at its clearest ray, where
 * the path is pinned to the step that an open run of one turn and a half passes through. Returns the
 * step of every ray.
 */
export const closedPath = (
  cost: Float64Array,
  rays: number,
  steps: number,
  jump: number,
  stiffness: number,
): Int32Array => {
  const free = openPath(cost, rays, steps, jump, stiffness, 0, 2 * rays, undefined);
  // The middle of a run of two turns knows nothing of its ends.
  const middle = rays >> 1;
  const pinned = free[middle] as number;
  const path = openPath(cost, rays, steps, jump, stiffness, middle, rays + 1, pinned);
  const out = new Int32Array(rays);
  for (let i = 0; i < rays; i++) out[(middle + i) % rays] = path[i] as number;
  return out;
};

/** Cheapest path over `length` rays from ray `first` on; `pin` fixes its first and last step. */
const openPath = (
  cost: Float64Array,
  rays: number,
  steps: number,
  jump: number,
  stiffness: number,
  first: number,
  length: number,
  pin: number | undefined,
): Int32Array => {
  const from = new Int8Array(length * steps);
  let total = new Float64Array(steps);
  const costAt = (i: number, k: number) => cost[((first + i) % rays) * steps + k] as number;
  for (let k = 0; k < steps; k++)
    total[k] = pin === undefined || k === pin ? costAt(0, k) : Number.POSITIVE_INFINITY;
  for (let i = 1; i < length; i++) {
    const next = new Float64Array(steps);
    for (let k = 0; k < steps; k++) {
      let [best, by] = [Number.POSITIVE_INFINITY, 0];
      for (let d = -jump; d <= jump; d++) {
        if (k + d < 0 || k + d >= steps) continue;
        const sum = (total[k + d] as number) + stiffness * d * d;
        if (sum < best) [best, by] = [sum, d];
      }
      next[k] = best + costAt(i, k);
      from[i * steps + k] = by;
    }
    total = next;
  }
  let at = pin ?? total.indexOf(Math.min(...total));
  const path = new Int32Array(length);
  for (let i = length - 1; i >= 0; i--) {
    path[i] = at;
    at += from[i * steps + at] as number;
  }
  return path;
};
