import type { DBSchema, IDBPObjectStore } from 'idb';
import { keyImageSchema } from '../../core/report/key-image.ts';
import type { KeptKeyImage, KeyImageStorage } from '../../ports/storage.ts';
import { keptDatabase, OURS } from './kept-database.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';

const recordSchema = keyImageSchema.extend({ pixels: pixelIdentitySchema.optional() });

interface Schema extends DBSchema {
  keyImages: { key: string; value: KeptKeyImage; indexes: { image: string } };
}

type Records = IDBPObjectStore<Schema, ['keyImages'], 'keyImages', 'readwrite'>;

/**
 * Key images in a database of their own, found by the SOP Instance UID of their image. Records that do
 * not parse are left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createKeyImageStorage = (): KeyImageStorage => {
  const withDatabase = keptDatabase<Schema>(`${OURS}-key-images`, 1, (db) => {
    const store = db.createObjectStore('keyImages', { keyPath: 'id' });
    store.createIndex('image', 'sopInstanceUid');
  });
  const write = (change: (store: Records) => readonly Promise<unknown>[]): Promise<void> =>
    withDatabase(async (db) => {
      const tx = db.transaction('keyImages', 'readwrite');
      await Promise.all([...change(tx.store), tx.done]);
    });
  return {
    findByImages: (sopInstanceUids) =>
      withDatabase(async (db) => {
        const found = await Promise.all(
          sopInstanceUids.map((uid) => db.getAllFromIndex('keyImages', 'image', uid)),
        );
        return found.flat().flatMap((record) => recordSchema.safeParse(record).data ?? []);
      }),
    save: (keyImages) => write((store) => keyImages.map((one) => store.put({ ...one }))),
    remove: (ids) => write((store) => ids.map((id) => store.delete(id))),
  };
};
