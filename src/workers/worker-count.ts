/** More are of little use, and each takes memory. */
const MOST = 4;

const cores = (): number => Math.max(globalThis.navigator?.hardwareConcurrency ?? 2, 1);

/** Workers that share a kind of work: as many as there are cores, four at most. */
export const workerCount = (): number => Math.min(cores(), MOST);

/** How many of them may share the measuring of a lesion: a core is left to the network, which runs beside it. */
export const measuringCount = (): number => Math.min(Math.max(cores() - 1, 1), MOST);
