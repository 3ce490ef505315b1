import type { DBSchema } from 'idb';
import { z } from 'zod';
import { examReadingSchema } from '../../core/lesion/exam-reading.ts';
import type { ExamReadingStorage } from '../../ports/storage.ts';
import { keptDatabase, OURS } from './kept-database.ts';

const recordSchema = z.object({
  study: z.string(),
  patientKey: z.string(),
  reading: examReadingSchema,
});

interface Schema extends DBSchema {
  readings: { key: string; value: z.infer<typeof recordSchema> };
}

/** What the reader said of whole exams, by Study Instance UID. A damaged record counts as none. */
export const createExamReadingStorage = (): ExamReadingStorage => {
  const withDatabase = keptDatabase<Schema>(`${OURS}-exam-readings`, 1, (db) => {
    db.createObjectStore('readings', { keyPath: 'study' });
  });
  return {
    save: (study, kept) =>
      withDatabase(async (db) => void (await db.put('readings', { study, ...kept }))),
    find: (studies) =>
      withDatabase(async (db) => {
        const records = await Promise.all(studies.map((study) => db.get('readings', study)));
        return Object.fromEntries(
          records.flatMap((record) => {
            const parsed = recordSchema.safeParse(record);
            if (!parsed.success) return [];
            const { study, ...kept } = parsed.data;
            return [[study, kept] as const];
          }),
        );
      }),
  };
};
