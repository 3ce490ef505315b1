import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createNippleStorage } from './nipple-storage.ts';

it('gives back the nipples of the images asked for', async () => {
  await createNippleStorage().save('s1', { x: 1.5, y: 2 });
  const storage = createNippleStorage();
  await storage.save('s2', { x: 3, y: 4 });
  await storage.save('s2', { x: 5, y: 6 });
  expect(await storage.find(['s2', 's3', 's1'])).toEqual({
    s1: { x: 1.5, y: 2 },
    s2: { x: 5, y: 6 },
  });
});
