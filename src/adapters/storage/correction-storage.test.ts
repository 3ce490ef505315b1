import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { createCorrectionStorage } from './correction-storage.ts';

it('keeps corrections by image, until they are taken back', async () => {
  const storage = createCorrectionStorage();
  const pixels = { columns: 4, rows: 5, digest: 'd' };
  await storage.save('1.1', { correction: { side: 'L' }, pixels });
  await storage.save('1.1', { correction: { side: 'R', view: 'MLO' }, pixels });
  await storage.save('1.2', { correction: { view: 'ML' }, pixels: undefined });
  const again = createCorrectionStorage();
  expect([...(await again.all())]).toEqual([
    ['1.1', { correction: { side: 'R', view: 'MLO' }, pixels }],
    ['1.2', { correction: { view: 'ML' }, pixels: undefined }],
  ]);
  await again.remove('1.1');
  expect([...(await storage.all()).keys()]).toEqual(['1.2']);
});

it('passes over records of another version or shape', async () => {
  const storage = createCorrectionStorage();
  await storage.all();
  const db = await openDB('tandem-corrections');
  await db.put('views', { version: 2, sopInstanceUid: '2.1', side: 'L' });
  await db.put('views', { version: 1, sopInstanceUid: '2.2', view: 'SIDEWAYS' });
  expect([...(await storage.all()).keys()].filter((uid) => uid.startsWith('2.'))).toEqual([]);
  expect(await db.get('views', '2.1')).toBeDefined();
});
