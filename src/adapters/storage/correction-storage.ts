import type { DBSchema } from 'idb';
import { z } from 'zod';
import { MAMMOGRAPHY_VIEWS } from '../../core/dicom/mammogram-header.ts';
import type { ViewCorrection } from '../../core/dicom/view-correction.ts';
import { keptDatabase, OURS } from './kept-database.ts';

const DATABASE = `${OURS}-corrections`;
const VERSION = 1;

const recordSchema = z.object({
  version: z.literal(1),
  sopInstanceUid: z.string().min(1),
  side: z.enum(['L', 'R']).optional(),
  view: z.enum(MAMMOGRAPHY_VIEWS).optional(),
});
type CorrectionRecord = z.infer<typeof recordSchema>;

interface Schema extends DBSchema {
  views: { key: string; value: CorrectionRecord };
}

const toEntry = (value: unknown): [string, ViewCorrection][] | undefined => {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { sopInstanceUid, side, view } = parsed.data;
  return [[sopInstanceUid, { ...(side && { side }), ...(view && { view }) }]];
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
    all: (): Promise<ReadonlyMap<string, ViewCorrection>> =>
      withDatabase(async (db) => {
        const records: unknown[] = await db.getAll('views');
        return new Map(records.flatMap((record) => toEntry(record) ?? []));
      }),
    save: (sopInstanceUid: string, correction: ViewCorrection): Promise<void> =>
      withDatabase(async (db) => {
        await db.put('views', { version: 1, sopInstanceUid, ...correction });
      }),
    remove: (sopInstanceUid: string): Promise<void> =>
      withDatabase((db) => db.delete('views', sopInstanceUid)),
  };
};
