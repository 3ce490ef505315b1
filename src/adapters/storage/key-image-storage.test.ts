import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { createKeyImageStorage } from './key-image-storage.ts';

const kept = {
  id: 'k1',
  sopInstanceUid: 's1',
  at: '2026-01-01T10:00:00+01:00',
  area: { x: 1, y: 2, width: 30, height: 40 },
  window: { center: 1.5, width: 2000.25, function: 'SIGMOID' as const },
  inverted: true,
  pixels: { columns: 100, rows: 200, digest: 'd' },
};

it('keeps key images by their image, and returns none that does not parse', async () => {
  const storage = createKeyImageStorage();
  await storage.save([kept, { ...kept, id: 'k2', sopInstanceUid: 's2' }]);
  expect(await storage.findByImages(['s1', 's9'])).toEqual([kept]);
  const db = await openDB('tandem-key-images');
  await db.put('keyImages', { id: 'odd', sopInstanceUid: 's1', area: 'all' });
  expect(await storage.findByImages(['s1'])).toEqual([kept]);
  await storage.remove(['k1']);
  expect(await storage.findByImages(['s1'])).toEqual([]);
  expect(await db.get('keyImages', 'odd')).toBeDefined();
});
