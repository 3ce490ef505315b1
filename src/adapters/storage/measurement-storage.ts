import type { DBSchema, IDBPObjectStore } from 'idb';
import { z } from 'zod';
import type { Measurement } from '../../core/display/measure/measurement.ts';
import { keptDatabase, OURS } from './kept-database.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';

const VERSION = 1;

const finite = z.number().refine(Number.isFinite);
const point = z.object({ x: finite, y: finite });
const shapeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('distance'), points: z.tuple([point, point]) }),
  z.object({ kind: z.literal('ellipse'), points: z.tuple([point, point]) }),
  z.object({ kind: z.literal('angle'), points: z.tuple([point, point, point]) }),
]);
const recordSchema = z.object({
  id: z.string(),
  sopInstanceUid: z.string(),
  shape: shapeSchema,
  slice: z.number().int().nonnegative().optional(),
  /** The pixels that it was made on; earlier records have none. */
  pixels: pixelIdentitySchema.optional(),
});

interface Schema extends DBSchema {
  measurements: { key: string; value: Measurement; indexes: { image: string } };
}

type Records = IDBPObjectStore<Schema, ['measurements'], 'measurements', 'readwrite'>;

/**
 * Measurements in a database of their own, found by the SOP Instance UID of their image. Records
 * that do not parse are left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createMeasurementStorage = () => {
  const withDatabase = keptDatabase<Schema>(`${OURS}-measurements`, VERSION, (db) => {
    const store = db.createObjectStore('measurements', { keyPath: 'id' });
    store.createIndex('image', 'sopInstanceUid');
  });
  const write = (change: (store: Records) => readonly Promise<unknown>[]): Promise<void> =>
    withDatabase(async (db) => {
      const tx = db.transaction('measurements', 'readwrite');
      await Promise.all([...change(tx.store), tx.done]);
    });
  return {
    findByImages: (sopInstanceUids: readonly string[]): Promise<readonly Measurement[]> =>
      withDatabase(async (db) => {
        const found = await Promise.all(
          sopInstanceUids.map((uid) => db.getAllFromIndex('measurements', 'image', uid)),
        );
        return found.flat().flatMap((record) => recordSchema.safeParse(record).data ?? []);
      }),
    save: (measurements: readonly Measurement[]) =>
      write((store) => measurements.map((measurement) => store.put(measurement))),
    remove: (ids: readonly string[]) => write((store) => ids.map((id) => store.delete(id))),
  };
};
