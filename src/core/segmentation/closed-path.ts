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
  // Steps beyond either end, which nothing comes from, spare asking which steps there are.
  let [total, next] = [steps, steps].map(() =>
    new Float64Array(steps + 2 * jump).fill(Number.POSITIVE_INFINITY),
  ) as [Float64Array, Float64Array];
  for (let k = 0; k < steps; k++)
    if (pin === undefined || k === pin)
      total[jump + k] = cost[(first % rays) * steps + k] as number;
  const changes = 2 * jump + 1;
  const prices = Float64Array.from({ length: changes }, (_, c) => {
    const d = c - jump;
    return stiffness * d * d;
  });
  for (let i = 1; i < length; i++) {
    const ray = ((first + i) % rays) * steps;
    for (let k = 0; k < steps; k++) {
      let best = Number.POSITIVE_INFINITY;
      let by = jump;
      for (let c = 0; c < changes; c++) {
        const sum = (total[k + c] as number) + (prices[c] as number);
        if (sum >= best) continue;
        best = sum;
        by = c;
      }
      next[jump + k] = best + (cost[ray + k] as number);
      from[i * steps + k] = by - jump;
    }
    [total, next] = [next, total];
  }
  const ends = total.subarray(jump, jump + steps);
  let at = pin ?? ends.indexOf(Math.min(...ends));
  const path = new Int32Array(length);
  for (let i = length - 1; i >= 0; i--) {
    path[i] = at;
    at += from[i * steps + at] as number;
  }
  return path;
};
