import { expect, it } from 'vitest';
import type { ImagePoint } from '../core/segmentation/types.ts';
import { keepNipples } from './keep-nipples.ts';
import { createNipplesStore, nippleOf } from './nipples-store.ts';

const memory = () => {
  const kept: Record<string, ImagePoint> = {};
  return {
    kept,
    save: async (sop: string, point: ImagePoint) => void (kept[sop] = point),
    find: async (sops: readonly string[]) =>
      Object.fromEntries(sops.flatMap((sop) => (kept[sop] ? [[sop, kept[sop]]] : []))),
  };
};

it('takes the nipple that the reader set before the one that was detected, also later', async () => {
  const storage = memory();
  const store = createNipplesStore();
  keepNipples(store, storage);
  store.getState().found('s1', { outline: [], nipple: { x: 5, y: 6 } });
  expect(nippleOf(store.getState(), 's1')).toEqual({ point: { x: 5, y: 6 }, confirmed: false });
  store.getState().startPlacing(true);
  store.getState().place('s1', { x: 7, y: 8 });
  expect(store.getState().placing).toBe(false);
  expect(nippleOf(store.getState(), 's1')).toEqual({ point: { x: 7, y: 8 }, confirmed: true });

  const later = createNipplesStore();
  await keepNipples(later, storage).restore(['s1', 's2']);
  expect(nippleOf(later.getState(), 's1')?.point).toEqual({ x: 7, y: 8 });
  expect(nippleOf(later.getState(), 's2')).toBeUndefined();
  later.getState().forget(['s1']);
  expect(nippleOf(later.getState(), 's1')).toBeUndefined();
  expect(storage.kept['s1']).toEqual({ x: 7, y: 8 });
});
