import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { createExamReadingStorage } from './exam-reading-storage.ts';

const reading = { density: 'c', categories: { R: '4B' }, conclusion: 'Biopsy right.' } as const;

it('gives back what was said of an exam, by its study, and nothing of others', async () => {
  const storage = createExamReadingStorage();
  await storage.save('1.2', { patientKey: 'a', reading });
  await storage.save('1.3', { patientKey: 'b', reading: { categories: {}, conclusion: '' } });
  expect(await createExamReadingStorage().find(['1.2', '1.9'])).toEqual({
    '1.2': { patientKey: 'a', reading },
  });
});

it('takes a damaged record for none', async () => {
  const storage = createExamReadingStorage();
  await storage.save('1.2', { patientKey: 'a', reading });
  const db = await openDB('tandem-exam-readings');
  await db.put('readings', { study: '1.2', patientKey: 'a', reading: { density: 'e' } });
  db.close();
  expect(await storage.find(['1.2'])).toEqual({});
});
