import type { ComingEntry, FileEntry } from '../intake/collect-entries.ts';

/**
 * Hands out the indexes of entries, each once: those that are here in their order, the others as they come.
 * `take` resolves with undefined when all are handed out, or `signal` aborts.
 */
export const createArrivals = (
  entries: readonly (FileEntry | ComingEntry)[],
  signal: AbortSignal | undefined,
) => {
  const here: number[] = [];
  const waiting: ((index: number | undefined) => void)[] = [];
  let left = entries.length;
  const arrive = (index: number): void => {
    const take = waiting.shift();
    if (take) take(index);
    else here.push(index);
  };
  for (const [index, entry] of entries.entries())
    if ('coming' in entry) void entry.coming.then(() => arrive(index));
    else arrive(index);
  signal?.addEventListener('abort', () => waiting.splice(0).forEach((take) => take(undefined)));
  return {
    take: async (): Promise<number | undefined> => {
      if (left === 0 || signal?.aborted) return undefined;
      left--;
      return here.shift() ?? new Promise((resolve) => waiting.push(resolve));
    },
  };
};
