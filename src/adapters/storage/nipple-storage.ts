import type { DBSchema } from 'idb';
import { z } from 'zod';
import type { PixelIdentity } from '../../core/image/pixel-identity.ts';
import { keptDatabase, OURS, stamped } from './kept-database.ts';
import { withJournal } from './unwritten.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

const DATABASE = `${OURS}-nipples`;

const recordSchema = z.object({
  sop: z.string(),
  x: z.number(),
  y: z.number(),
  /** The pixels that it was set on; earlier records have none. */
  pixels: pixelIdentitySchema.optional(),
});

interface KeptNipple {
  readonly point: ImagePoint;
  readonly pixels: PixelIdentity | undefined;
}

interface Schema extends DBSchema {
  nipples: { key: string; value: z.infer<typeof recordSchema> };
}

/** Nipples that the reader set, by SOP Instance UID, in stored pixels. */
export const createNippleStorage = () => {
  const withDatabase = keptDatabase<Schema>(DATABASE, 1, (db) => {
    db.createObjectStore('nipples', { keyPath: 'sop' });
  });
  return {
    ...withJournal(DATABASE, {
      save: (sop: string, { point: { x, y }, pixels }: KeptNipple): Promise<void> =>
        withDatabase(
          async (db) =>
            void (await db.put('nipples', stamped({ sop, x, y, ...(pixels && { pixels }) }))),
        ),
    }),
    find: (sops: readonly string[]): Promise<Readonly<Record<string, KeptNipple>>> =>
      withDatabase(async (db) => {
        const records = await Promise.all(sops.map((sop) => db.get('nipples', sop)));
        return Object.fromEntries(
          records.flatMap((record) => {
            const parsed = recordSchema.safeParse(record);
            if (!parsed.success) return [];
            const { sop, x, y, pixels } = parsed.data;
            return [[sop, { point: { x, y }, pixels }]];
          }),
        );
      }),
  };
};
