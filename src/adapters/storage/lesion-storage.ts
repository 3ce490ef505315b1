import type { DBSchema, IDBPObjectStore } from 'idb';
import { z } from 'zod';
import { type Lesion, lesionOriginSchema } from '../../core/lesion/lesion.ts';
import { takenOverSchema } from '../../core/lesion/taken-over.ts';
import { massDescriptorsSchema } from '../../core/lesion/mass-descriptors.ts';
import { draftSchema, readingSchema, revealSchema } from '../../core/lesion/reading.ts';
import { keptDatabase, OURS, stamped } from './kept-database.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';
import { type Journal, withJournal } from './unwritten.ts';

const VERSION = 1;

const finite = z.number().refine(Number.isFinite);
const boxSchema = z.object({ x: finite, y: finite, width: finite, height: finite });
/** A lesion as it is kept. */
export const lesionSchema = z.object({
  id: z.string(),
  patientKey: z.string(),
  number: z.int().positive(),
  marks: z.record(z.string(), boxSchema),
  /** The pixels that marks were made on; earlier records have none. */
  pixels: z.record(z.string(), pixelIdentitySchema).optional(),
  origin: lesionOriginSchema.optional(),
  takenOver: takenOverSchema.optional(),
  /** The reader's words; records of the first form have none. */
  notes: z.string().optional(),
  descriptors: massDescriptorsSchema.optional(),
  sameAs: z.string().optional(),
  readings: z.array(readingSchema).optional(),
  draft: draftSchema.optional(),
  reveal: revealSchema.optional(),
});
/** What tabs tell each other of lesions. */
export const keptChangeSchema = z.object({
  saved: z.array(lesionSchema),
  removed: z.array(z.string()),
});
const recordSchema = lesionSchema.extend({
  /** Absent in the first form: marks alone. */
  version: z.literal(2).optional(),
  /** SOP Instance UIDs of the marks: the index by which a lesion comes back with its images. */
  images: z.array(z.string()),
});
type LesionRecord = z.infer<typeof recordSchema>;

interface Schema extends DBSchema {
  lesions: { key: string; value: LesionRecord; indexes: { images: string } };
}

type LesionRecords = IDBPObjectStore<Schema, ['lesions'], 'lesions', 'readwrite'>;

/** `earlier` are the images that it was found by: a lesion that lost its marks still is. */
const toRecord = (lesion: Lesion, earlier: readonly string[]): LesionRecord => {
  const marked = Object.keys(lesion.marks);
  return {
    version: 2,
    ...lesion,
    marks: { ...lesion.marks },
    pixels: lesion.pixels && { ...lesion.pixels },
    readings: lesion.readings && [...lesion.readings],
    images: marked.length > 0 ? marked : [...earlier],
  };
};

const toLesion = (value: unknown): Lesion | undefined => {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { images: _index, version: _version, ...lesion } = parsed.data;
  return lesion;
};

const indexSchema = z.object({ images: z.array(z.string()) });

/** Writes a lesion over its record. */
const put = async (store: LesionRecords, lesion: Lesion): Promise<void> => {
  const before = indexSchema.safeParse(await store.get(lesion.id));
  await store.put(stamped(toRecord(lesion, before.success ? before.data.images : [])));
};

/**
 * Marks in IndexedDB, one record a lesion, found by the SOP Instance UIDs it is marked on. Records
 * that do not parse are left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createLesionStorage = (journal?: () => Journal) => {
  const withDatabase = keptDatabase<Schema>(OURS, VERSION, (db) => {
    const lesions = db.createObjectStore('lesions', { keyPath: 'id' });
    lesions.createIndex('images', 'images', { multiEntry: true });
  });
  const write = (change: (store: LesionRecords) => readonly Promise<unknown>[]): Promise<void> =>
    withDatabase(async (db) => {
      const tx = db.transaction('lesions', 'readwrite');
      await Promise.all([...change(tx.store), tx.done]);
    });
  return {
    findByImages: (sopInstanceUids: readonly string[]): Promise<readonly Lesion[]> =>
      withDatabase(async (db) => {
        const found = await Promise.all(
          sopInstanceUids.map((uid) => db.getAllFromIndex('lesions', 'images', uid)),
        );
        const lesions = found.flat().flatMap((record) => toLesion(record) ?? []);
        return [...new Map(lesions.map((l) => [l.id, l])).values()];
      }),
    findByIds: (ids: readonly string[]): Promise<readonly Lesion[]> =>
      withDatabase(async (db) => {
        const records = await Promise.all(ids.map((id) => db.get('lesions', id)));
        return records.flatMap((record) => toLesion(record) ?? []);
      }),
    ...withJournal(
      OURS,
      {
        save: (lesions: readonly Lesion[]) =>
          write((store) => lesions.map((lesion) => put(store, lesion))),
        remove: (ids: readonly string[]) => write((store) => ids.map((id) => store.delete(id))),
      },
      journal,
    ),
  };
};
