import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';
import { MAMMOGRAPHY_VIEWS } from '../../core/dicom/mammogram-header.ts';
import type { ViewCorrection } from '../../core/dicom/view-correction.ts';

const DATABASE = 'tandem-corrections';
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

const toCorrection = (value: unknown): ViewCorrection | undefined => {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { side, view } = parsed.data;
  return { ...(side && { side }), ...(view && { view }) };
};

/**
 * The reader's corrections of side and view in IndexedDB, by SOP Instance UID. A record that does
 * not parse is left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createCorrectionStorage = () => {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opening ??= openDB<Schema>(DATABASE, VERSION, {
      upgrade: (db) => void db.createObjectStore('views', { keyPath: 'sopInstanceUid' }),
    }).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    all: async (): Promise<ReadonlyMap<string, ViewCorrection>> => {
      const db = await database();
      const records: unknown[] = await db.getAll('views');
      const found = records.flatMap((record) => {
        const correction = toCorrection(record);
        return correction ? [[(record as CorrectionRecord).sopInstanceUid, correction]] : [];
      }) as [string, ViewCorrection][];
      return new Map(found);
    },
    save: async (sopInstanceUid: string, correction: ViewCorrection): Promise<void> => {
      await (await database()).put('views', { version: 1, sopInstanceUid, ...correction });
    },
    remove: async (sopInstanceUid: string): Promise<void> => {
      await (await database()).delete('views', sopInstanceUid);
    },
  };
};
