/** A worker that views are measured in, and at how many things it is. */
export interface Busy {
  load: number;
}

/** More parts than four take longer to hand out than they save. */
const MOST_HELPERS = 3;

/** Runs something that keeps workers busy. */
export const whileBusy = async <T>(
  workers: readonly Busy[],
  work: () => Promise<T>,
): Promise<T> => {
  for (const worker of workers) worker.load++;
  try {
    return await work();
  } finally {
    for (const worker of workers) worker.load--;
  }
};

/**
 * The idle workers that help each of `owners`, who are to measure a view each, so that at most `most` are
 * busy: equally many, which may be none.
 */
export const shareHelp = <W extends Busy>(
  workers: readonly W[],
  owners: readonly W[],
  most: number,
): readonly (readonly W[])[] => {
  const idle = workers.filter((worker) => worker.load === 0 && !owners.includes(worker));
  const left = Math.max(most - (workers.length - idle.length), 0);
  const each = Math.min(Math.floor(left / owners.length), MOST_HELPERS);
  return owners.map((_, i) => idle.slice(i * each, (i + 1) * each));
};
