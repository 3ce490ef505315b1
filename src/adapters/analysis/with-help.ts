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
 * Shares idle workers out among the views that are measured, so that at most `most` are busy: those that are
 * asked for in one go, as the views of a lesion are, get equally many, which may be none.
 */
export const shareHelp = <W extends Busy>(workers: readonly W[], most: number) => {
  const idle = () => workers.filter(({ load }) => load === 0);
  /** How many views are asked for in this go, and from its end on how many helpers each of them gets. */
  let go: { views: number; helpers?: number } | undefined;
  return <T>(owner: W, work: (helpers: readonly W[]) => Promise<T>): Promise<T> =>
    whileBusy([owner], async () => {
      go ??= { views: 0 };
      const own = go;
      own.views++;
      await undefined;
      if (go === own) go = undefined;
      const left = Math.max(most - (workers.length - idle().length), 0);
      own.helpers ??= Math.min(Math.floor(left / own.views), MOST_HELPERS);
      const helpers = idle().slice(0, own.helpers);
      return whileBusy(helpers, () => work(helpers));
    });
};
