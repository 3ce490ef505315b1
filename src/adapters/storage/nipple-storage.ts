import type { DBSchema } from 'idb';
import { z } from 'zod';
import type { ImagePoint } from '../../core/segmentation/types.ts';
import { keptDatabase, OURS } from './kept-database.ts';

const recordSchema = z.object({ sop: z.string(), x: z.number(), y: z.number() });

interface Schema extends DBSchema {
  nipples: { key: string; value: z.infer<typeof recordSchema> };
}

/** Nipples that the reader set, by SOP Instance UID, in stored pixels. */
export const createNippleStorage = () => {
  const withDatabase = keptDatabase<Schema>(`${OURS}-nipples`, 1, (db) => {
    db.createObjectStore('nipples', { keyPath: 'sop' });
  });
  return {
    save: (sop: string, { x, y }: ImagePoint): Promise<void> =>
      withDatabase(async (db) => void (await db.put('nipples', { sop, x, y }))),
    find: (sops: readonly string[]): Promise<Readonly<Record<string, ImagePoint>>> =>
      withDatabase(async (db) => {
        const records = await Promise.all(sops.map((sop) => db.get('nipples', sop)));
        return Object.fromEntries(
          records.flatMap((record) => {
            const parsed = recordSchema.safeParse(record);
            if (!parsed.success) return [];
            const { sop, x, y } = parsed.data;
            return [[sop, { x, y }]];
          }),
        );
      }),
  };
};
