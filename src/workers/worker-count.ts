/** More are of little use, and each takes memory. */
const MOST = 4;

/** Workers that share a kind of work: as many as there are cores, four at most. */
export const workerCount = (): number =>
  Math.min(Math.max(globalThis.navigator?.hardwareConcurrency ?? 2, 1), MOST);
