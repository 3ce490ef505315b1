import type { DBSchema } from 'idb';
import { z } from 'zod';
import { MAMMOGRAPHY_VIEWS } from '../../core/dicom/mammogram-header.ts';
import type { ViewCorrection } from '../../core/dicom/view-correction.ts';
import type { PixelIdentity } from '../../core/image/pixel-identity.ts';
import { keptDatabase, OURS, stamped } from './kept-database.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';
import { withJournal } from './unwritten.ts';

const DATABASE = `${OURS}-corrections`;
const VERSION = 1;

const recordSchema = z.object({
  version: z.literal(1),
  sopInstanceUid: z.string().min(1),
  side: z.enum(['L', 'R']).optional(),
  view: z.enum(MAMMOGRAPHY_VIEWS).optional(),
  /** The pixels that were corrected; earlier records have none. */
  pixels: pixelIdentitySchema.optional(),
});
type CorrectionRecord = z.infer<typeof recordSchema>;

interface Schema extends DBSchema {
  views: { key: string; value: CorrectionRecord };
}

export interface KeptCorrection {
  readonly correction: ViewCorrection;
  readonly pixels: PixelIdentity | undefined;
}

const toEntry = (value: unknown): [string, KeptCorrection][] | undefined => {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { sopInstanceUid, side, view, pixels } = parsed.data;
  const correction = { ...(side && { side }), ...(view && { view }) };
  return [[sopInstanceUid, { correction, pixels }]];
};

/**
 * The reader's corrections of side and view in IndexedDB, by SOP Instance UID. A record that does
 * not parse is left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createCorrectionStorage = () => {
  const withDatabase = keptDatabase<Schema>(
    DATABASE,
    VERSION,
    (db) => void db.createObjectStore('views', { keyPath: 'sopInstanceUid' }),
  );
  return {
    all: (): Promise<ReadonlyMap<string, KeptCorrection>> =>
      withDatabase(async (db) => {
        const records: unknown[] = await db.getAll('views');
        return new Map(records.flatMap((record) => toEntry(record) ?? []));
      }),
    ...withJournal(DATABASE, {
      save: (sopInstanceUid: string, { correction, pixels }: KeptCorrection): Promise<void> =>
        withDatabase(async (db) => {
          const record = { version: 1 as const, sopInstanceUid, ...correction };
          await db.put('views', stamped({ ...record, ...(pixels && { pixels }) }));
        }),
      remove: (sopInstanceUid: string): Promise<void> =>
        withDatabase((db) => db.delete('views', sopInstanceUid)),
    }),
  };
};
