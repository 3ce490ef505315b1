import type { IDBPObjectStore } from 'idb';
import { z } from 'zod';
import type { ImageRecordStorage } from '../../ports/storage.ts';
import { keptDatabase, stamped } from './kept-database.ts';
import { withJournal } from './unwritten.ts';

/** What tabs tell each other of records. */
export const keptOfImagesSchema = z.object({
  images: z.array(z.string()),
  removed: z.array(z.string()),
});

/**
 * Records in a database of their own, found by the SOP Instance UID of their image. Records that do not
 * parse are left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createImageRecordStorage = <T extends object>(
  database: string,
  name: string,
  schema: z.ZodType<T>,
): ImageRecordStorage<T> => {
  const withDatabase = keptDatabase<unknown>(database, 1, (db) => {
    const store = db.createObjectStore(name, { keyPath: 'id' });
    store.createIndex('image', 'sopInstanceUid');
  });
  const write = (
    change: (
      store: IDBPObjectStore<unknown, [string], string, 'readwrite'>,
    ) => readonly Promise<unknown>[],
  ): Promise<void> =>
    withDatabase(async (db) => {
      const tx = db.transaction(name, 'readwrite');
      await Promise.all([...change(tx.store), tx.done]);
    });
  return {
    findByImages: (sopInstanceUids) =>
      withDatabase(async (db) => {
        const found = await Promise.all(
          sopInstanceUids.map((uid) => db.getAllFromIndex(name, 'image', uid)),
        );
        return found.flat().flatMap((record) => schema.safeParse(record).data ?? []);
      }),
    ...withJournal(database, {
      save: (records: readonly T[]) =>
        write((store) => records.map((record) => store.put(stamped(record)))),
      remove: (ids: readonly string[]) => write((store) => ids.map((id) => store.delete(id))),
    }),
  };
};
