import type { DBSchema } from 'idb';
import { z } from 'zod';
import { FEATURE_CHANNELS } from '../../core/finder/finder-maps.ts';
import { VIEW_CUES, type ViewCandidate, type ViewCue } from '../../core/finder/view-cues.ts';
import { dismissalSchema } from '../../core/lesion/second-reading.ts';
import type { KeptSecondLook, SecondLookStorage } from '../../ports/storage.ts';
import { keptDatabase, OURS, stamped } from './kept-database.ts';
import { lesionSchema } from './lesion-storage.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';
import { withJournal } from './unwritten.ts';

const DATABASE = `${OURS}-second-looks`;

/** What the finder made of so many views is kept, the latest; 12 kB each. */
const MOST_VIEWS = 1000;

const seenImageSchema = z.object({ sopInstanceUid: z.string(), pixels: pixelIdentitySchema });

/** What the reader said of an exam, as tabs tell each other of it. */
const saidSchema = z.object({
  exam: z.string(),
  images: z.array(seenImageSchema),
  said: z
    .object({
      at: z.string(),
      before: z.array(lesionSchema),
      images: z.array(seenImageSchema),
      falseMarks: z.number().positive(),
      finder: z.string(),
    })
    .optional(),
  falseMarks: z.number().positive(),
  dismissals: z.array(dismissalSchema),
});
/** The index by which it comes back with its images. */
const saidRecord = saidSchema.extend({ sops: z.array(z.string()) });

const withSaid = <T extends z.infer<typeof saidSchema>>(kept: T): T & KeptSecondLook => ({
  ...kept,
  said: kept.said,
});
export const keptSecondLookSchema = saidSchema.transform(withSaid);

const finite = z.number().refine(Number.isFinite);
const cues = z.object(
  Object.fromEntries(VIEW_CUES.map((name) => [name, finite])) as Record<ViewCue, typeof finite>,
);
const candidateSchema = z.object({
  box: z.object({ x: finite, y: finite, width: finite, height: finite }),
  score: finite,
  outcome: finite,
  features: z.array(finite).length(FEATURE_CHANNELS),
  cues,
  side: finite,
  nippleDistance: finite.optional(),
});
const viewRecord = z.object({
  key: z.string(),
  /** Milliseconds since 1970: the oldest go first. */
  at: z.number(),
  candidates: z.array(candidateSchema),
});

interface Schema extends DBSchema {
  said: { key: string; value: z.infer<typeof saidRecord>; indexes: { sops: string } };
  views: { key: string; value: z.infer<typeof viewRecord>; indexes: { at: number } };
}

/** Digits enough for every cue and likeness: the pipeline keeps the same. */
const short = (value: number): number => Number(value.toPrecision(5));

/**
 * The second look in IndexedDB: the reader's words by exam, and what the finder made of views. A damaged
 * record counts as none. Records are plain, so that they go into the copy of the local data.
 */
export const createSecondLookStorage = (now: () => number = Date.now): SecondLookStorage => {
  const withDatabase = keptDatabase<Schema>(DATABASE, 1, (db) => {
    db.createObjectStore('said', { keyPath: 'exam' }).createIndex('sops', 'sops', {
      multiEntry: true,
    });
    db.createObjectStore('views', { keyPath: 'key' }).createIndex('at', 'at');
  });
  const forgetOldest = () =>
    withDatabase(async (db) => {
      const over = (await db.count('views')) - MOST_VIEWS;
      if (over <= 0) return;
      const tx = db.transaction('views', 'readwrite');
      let cursor = await tx.store.index('at').openCursor();
      for (let i = 0; cursor && i < over; i++) {
        await cursor.delete();
        cursor = await cursor.continue();
      }
      await tx.done;
    });
  return {
    ...withJournal(DATABASE, {
      save: (kept: KeptSecondLook, merged: readonly string[] = []): Promise<void> =>
        withDatabase(async (db) => {
          const record = { ...kept, sops: kept.images.map(({ sopInstanceUid }) => sopInstanceUid) };
          const tx = db.transaction('said', 'readwrite');
          await Promise.all([
            tx.store.put(stamped(structuredClone(record) as z.infer<typeof saidRecord>)),
            ...merged.map((exam) => tx.store.delete(exam)),
            tx.done,
          ]);
        }),
    }),
    findByImages: (sops) =>
      withDatabase(async (db) => {
        const found = await Promise.all(sops.map((sop) => db.getAllFromIndex('said', 'sops', sop)));
        const parsed = found.flat().flatMap((record) => {
          const { success, data } = saidRecord.safeParse(record);
          return success ? [withSaid(data)] : [];
        });
        return [...new Map(parsed.map((record) => [record.exam, record])).values()];
      }),
    saveView: async (key, candidates) => {
      const plain = candidates.map(({ features, ...rest }) => ({
        ...rest,
        features: Array.from(features, short),
      }));
      await withDatabase(
        async (db) => void (await db.put('views', { key, at: now(), candidates: plain })),
      );
      await forgetOldest();
    },
    findView: (key) =>
      withDatabase(async (db) => {
        const parsed = viewRecord.safeParse(await db.get('views', key));
        if (!parsed.success) return undefined;
        return parsed.data.candidates.map((candidate): ViewCandidate => {
          const { features, nippleDistance, ...rest } = candidate;
          return { ...rest, nippleDistance, features: Float32Array.from(features) };
        });
      }),
  };
};
