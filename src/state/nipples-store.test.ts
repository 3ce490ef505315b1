import { expect, it, vi } from 'vitest';
import { keepNipples } from './keep-nipples.ts';
import { createNipplesStore, nippleOf } from './nipples-store.ts';
import type { KeptNipple, OtherTabs } from '../ports/storage.ts';
import { twoTabs } from './testing/two-tabs.ts';

const memory = () => {
  const kept: Record<string, KeptNipple> = {};
  return {
    kept,
    save: async (sop: string, nipple: KeptNipple) => void (kept[sop] = nipple),
    find: async (sops: readonly string[]) =>
      Object.fromEntries(sops.flatMap((sop) => (kept[sop] ? [[sop, kept[sop]]] : []))),
  };
};

const pixels = { columns: 4, rows: 5, digest: 'd' };
const keep = (
  store: ReturnType<typeof createNipplesStore>,
  storage: ReturnType<typeof memory>,
  digest = 'd',
  onAway: (sop: string) => void = () => undefined,
  tabs?: OtherTabs<readonly string[]>,
) => keepNipples(store, storage, () => ({ ...pixels, digest }), onAway, tabs);

it('takes the nipple that the reader set before the one that was detected, also later', async () => {
  const storage = memory();
  const store = createNipplesStore();
  keep(store, storage);
  store.getState().found('s1', { outline: [], nipple: { x: 5, y: 6 } });
  expect(nippleOf(store.getState(), 's1')).toEqual({ point: { x: 5, y: 6 }, confirmed: false });
  store.getState().startPlacing(true);
  store.getState().place('s1', { x: 7, y: 8 });
  expect(store.getState().placing).toBe(false);
  expect(nippleOf(store.getState(), 's1')).toEqual({ point: { x: 7, y: 8 }, confirmed: true });

  const later = createNipplesStore();
  await keep(later, storage).restore(['s1', 's2']);
  expect(nippleOf(later.getState(), 's1')?.point).toEqual({ x: 7, y: 8 });
  expect(nippleOf(later.getState(), 's2')).toBeUndefined();
  later.getState().forget(['s1']);
  expect(nippleOf(later.getState(), 's1')).toBeUndefined();
  expect(storage.kept['s1']).toEqual({ point: { x: 7, y: 8 }, pixels });
});

it('leaves a nipple away that was set on other pixels under the same UID, and says so', async () => {
  const storage = memory();
  const store = createNipplesStore();
  keep(store, storage);
  store.getState().place('s1', { x: 7, y: 8 });
  const other = createNipplesStore();
  const away: string[] = [];
  await keep(other, storage, 'another', (sop) => away.push(sop)).restore(['s1']);
  expect(nippleOf(other.getState(), 's1')).toBeUndefined();
  expect(away).toEqual(['s1']);
  expect(storage.kept['s1']?.pixels).toEqual(pixels);
});

it('tells other tabs of a nipple, which take it over and write nothing', async () => {
  const storage = memory();
  const [here, there] = twoTabs<readonly string[]>();
  const [first, second] = [createNipplesStore(), createNipplesStore()];
  keep(first, storage, undefined, undefined, here);
  keep(second, storage, undefined, undefined, there);
  second.getState().place('s1', { x: 1, y: 2 });
  const save = vi.spyOn(storage, 'save');
  first.getState().place('s1', { x: 7, y: 8 });
  await vi.waitFor(() => expect(nippleOf(second.getState(), 's1')?.point).toEqual({ x: 7, y: 8 }));
  expect(save).toHaveBeenCalledTimes(1);
});

it('brings back one that could not be written, once its image is open again', async () => {
  const storage = { ...memory(), save: async () => Promise.reject(new Error('full')) };
  const store = createNipplesStore();
  const { restore } = keep(store, storage);
  store.getState().place('s1', { x: 7, y: 8 });
  await new Promise((resolve) => setTimeout(resolve));
  store.getState().forget(['s1']);
  await restore(['s1']);
  expect(store.getState().placed).toEqual({ s1: { x: 7, y: 8 } });
});

it('restores none to an image that was closed meanwhile', async () => {
  const storage = memory();
  storage.kept['s1'] = { point: { x: 7, y: 8 }, pixels };
  const store = createNipplesStore();
  const { restore } = keepNipples(
    store,
    storage,
    () => undefined,
    () => undefined,
  );
  await restore(['s1']);
  expect(store.getState().placed).toEqual({});
});
