import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createNippleStorage } from './nipple-storage.ts';

it('gives back the nipples of the images asked for, with the pixels they were set on', async () => {
  const pixels = { columns: 4, rows: 5, digest: 'd' };
  await createNippleStorage().save('s1', { point: { x: 1.5, y: 2 }, pixels: undefined });
  const storage = createNippleStorage();
  await storage.save('s2', { point: { x: 3, y: 4 }, pixels });
  await storage.save('s2', { point: { x: 5, y: 6 }, pixels });
  expect(await storage.find(['s2', 's3', 's1'])).toEqual({
    s1: { point: { x: 1.5, y: 2 }, pixels: undefined },
    s2: { point: { x: 5, y: 6 }, pixels },
  });
});
