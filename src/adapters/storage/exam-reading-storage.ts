import type { DBSchema } from 'idb';
import { z } from 'zod';
import { examReadingSchema } from '../../core/lesion/exam-reading.ts';
import type { ExamReadingStorage, KeptExamReading } from '../../ports/storage.ts';
import { keptDatabase, OURS, stamped } from './kept-database.ts';
import { withJournal } from './unwritten.ts';

const DATABASE = `${OURS}-exam-readings`;

/** An exam's reading as it is kept, and as tabs tell each other of it. */
export const examReadingRecordSchema = z.object({
  study: z.string(),
  patientKey: z.string(),
  reading: examReadingSchema,
});

interface Schema extends DBSchema {
  readings: { key: string; value: z.infer<typeof examReadingRecordSchema> };
}

/** What the reader said of whole exams, by Study Instance UID. A damaged record counts as none. */
export const createExamReadingStorage = (): ExamReadingStorage => {
  const withDatabase = keptDatabase<Schema>(DATABASE, 1, (db) => {
    db.createObjectStore('readings', { keyPath: 'study' });
  });
  return {
    ...withJournal(DATABASE, {
      save: (study: string, kept: KeptExamReading): Promise<void> =>
        withDatabase(async (db) => void (await db.put('readings', stamped({ study, ...kept })))),
    }),
    find: (studies) =>
      withDatabase(async (db) => {
        const records = await Promise.all(studies.map((study) => db.get('readings', study)));
        return Object.fromEntries(
          records.flatMap((record) => {
            const parsed = examReadingRecordSchema.safeParse(record);
            if (!parsed.success) return [];
            const { study, ...kept } = parsed.data;
            return [[study, kept] as const];
          }),
        );
      }),
  };
};
