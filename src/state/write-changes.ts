interface Written {
  readonly id: string;
}

/** Where such things live across reloads. */
interface Storage<T> {
  save(records: readonly T[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/** What was written, and the ids of what was taken out. */
export interface WrittenChange<T> {
  readonly saved: readonly T[];
  readonly removed: readonly string[];
}

/**
 * Brings storage from one list to the next. The call that writes is made before `bring` returns: nothing that
 * the reader did waits for what was done before. What could not be written is tried again with the next change.
 */
export const writeChanges = <T extends Written>(
  storage: Storage<T>,
  onWritten: (change: WrittenChange<T>) => void,
  onRefused: (error: unknown) => void,
) => {
  /** What is in storage, or on its way there. */
  let there: readonly T[] = [];
  /** Ids of what is to be taken out of storage, which has refused it. */
  const unremoved = new Set<string>();
  let queue: Promise<unknown> = Promise.resolve();
  const underway = new Map<Promise<unknown>, ReadonlySet<string>>();
  return {
    bring: (next: readonly T[]): void => {
      const [before, now] = [new Map(there.map((one) => [one.id, one])), new Set<string>()];
      for (const { id } of next) {
        now.add(id);
        unremoved.delete(id);
      }
      const saved = next.filter((one) => before.get(one.id) !== one);
      const gone = there.filter(({ id }) => !now.has(id));
      const removed = gone.map(({ id }) => id);
      if (saved.length === 0 && removed.length === 0) return;
      there = next;
      for (const id of removed) unremoved.delete(id);
      const writing = Promise.all([
        saved.length > 0 && storage.save(saved),
        removed.length > 0 && storage.remove(removed),
      ]).then(
        () => onWritten({ saved, removed }),
        (error: unknown) => {
          const kept = there.filter((one) => !saved.includes(one));
          const here = new Set(there.map(({ id }) => id));
          const stays = gone.filter(({ id }) => !here.has(id));
          there = [...kept, ...stays];
          for (const { id } of stays) unremoved.add(id);
          onRefused(error);
        },
      );
      queue = Promise.all([queue, writing]);
      underway.set(writing, new Set([...removed, ...saved.map(({ id }) => id)]));
      void writing.then(() => underway.delete(writing));
    },
    /** Whether a change of it is still on its way: it will be the last word in storage. */
    isUnderway: (id: string): boolean => [...underway.values()].some((ids) => ids.has(id)),
    /** What was found in storage, or put there by another tab. */
    know: (found: readonly T[], removed: readonly string[] = []): void => {
      const gone = new Set([...removed, ...found.map(({ id }) => id)]);
      there = [...there.filter(({ id }) => !gone.has(id)), ...found];
      for (const id of gone) unremoved.delete(id);
    },
    /** Whether storage holds it as it is. */
    isWritten: (one: T): boolean => there.includes(one),
    /** Whether storage has refused to take it out: it is there still, and not to be brought back. */
    isUnremoved: ({ id }: T): boolean => unremoved.has(id),
    /** Leaves to storage what is not on the screen any more, but for what it has still to take out. */
    leave: (isLeft: (one: T) => boolean): void => {
      there = there.filter((one) => unremoved.has(one.id) || !isLeft(one));
    },
    settled: async (): Promise<void> => void (await queue),
  };
};
