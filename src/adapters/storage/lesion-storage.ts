import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';
import type { Lesion } from '../../core/lesion/lesion.ts';

const DATABASE = 'tandem';
const VERSION = 1;

const finite = z.number().refine(Number.isFinite);
const boxSchema = z.object({ x: finite, y: finite, width: finite, height: finite });
const recordSchema = z.object({
  id: z.string(),
  patientKey: z.string(),
  number: z.int().positive(),
  marks: z.record(z.string(), boxSchema),
  /** SOP Instance UIDs of the marks: the index by which a lesion comes back with its images. */
  images: z.array(z.string()),
});
type LesionRecord = z.infer<typeof recordSchema>;

interface Schema extends DBSchema {
  lesions: { key: string; value: LesionRecord; indexes: { images: string } };
}

const toRecord = (lesion: Lesion): LesionRecord => ({
  id: lesion.id,
  patientKey: lesion.patientKey,
  number: lesion.number,
  marks: { ...lesion.marks },
  images: Object.keys(lesion.marks),
});

const toLesion = (value: unknown): Lesion | undefined => {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { images: _index, ...lesion } = parsed.data;
  return lesion;
};

/**
 * Marks in IndexedDB, one record a lesion, found by the SOP Instance UIDs it is marked on. Records
 * that do not parse are left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createLesionStorage = () => {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opening ??= openDB<Schema>(DATABASE, VERSION, {
      upgrade: (db) => {
        const lesions = db.createObjectStore('lesions', { keyPath: 'id' });
        lesions.createIndex('images', 'images', { multiEntry: true });
      },
    }).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    findByImages: async (sopInstanceUids: readonly string[]): Promise<readonly Lesion[]> => {
      const db = await database();
      const found = await Promise.all(
        sopInstanceUids.map((uid) => db.getAllFromIndex('lesions', 'images', uid)),
      );
      const lesions = found.flat().flatMap((record) => toLesion(record) ?? []);
      return [...new Map(lesions.map((l) => [l.id, l])).values()];
    },
    save: async (lesions: readonly Lesion[]): Promise<void> => {
      const tx = (await database()).transaction('lesions', 'readwrite');
      await Promise.all([...lesions.map((l) => tx.store.put(toRecord(l))), tx.done]);
    },
    remove: async (ids: readonly string[]): Promise<void> => {
      const tx = (await database()).transaction('lesions', 'readwrite');
      await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
    },
  };
};
