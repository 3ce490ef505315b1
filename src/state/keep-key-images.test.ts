import { expect, it, vi } from 'vitest';
import type { KeptKeyImage, KeptOfImages, OtherTabs } from '../ports/storage.ts';
import { keepKeyImages } from './keep-key-images.ts';
import { createKeyImagesStore } from './key-images-store.ts';
import { twoTabs } from './testing/two-tabs.ts';

const view = (sop: string, minute: number): Omit<KeptKeyImage, 'id'> => ({
  sopInstanceUid: sop,
  at: `2026-01-01T10:0${minute}:00+00:00`,
  area: { x: 0, y: 0, width: 10, height: 10 },
  inverted: false,
  pixels: { columns: 10, rows: 10, digest: `of ${sop}` },
});

const memory = () => {
  const kept = new Map<string, KeptKeyImage>();
  return {
    kept,
    save: vi.fn(async (all: readonly KeptKeyImage[]) => all.forEach((k) => kept.set(k.id, k))),
    remove: async (ids: readonly string[]) => ids.forEach((id) => kept.delete(id)),
    findByImages: async (sops: readonly string[]) =>
      [...kept.values()].filter((k) => sops.includes(k.sopInstanceUid)),
  };
};

let ids = 0;
const opened = (
  storage: ReturnType<typeof memory>,
  digest = (sop: string) => `of ${sop}`,
  tabs?: OtherTabs<KeptOfImages>,
) => {
  const store = createKeyImagesStore(() => `k${++ids}`);
  const [onProblem, onAway] = [vi.fn(), vi.fn()];
  const pixelsOf = (sop: string) => ({ columns: 10, rows: 10, digest: digest(sop) });
  return {
    store,
    onProblem,
    onAway,
    ...keepKeyImages(store, storage, onProblem, pixelsOf, onAway, tabs),
  };
};

it('keeps views over a reload in the order of keeping, and forgets those that were deleted', async () => {
  const storage = memory();
  const first = opened(storage);
  const later = first.store.getState().keep(view('a', 2));
  const gone = first.store.getState().keep(view('a', 3));
  first.store.getState().keep(view('b', 1));
  first.store.getState().remove(gone);
  await first.settled();
  const second = opened(storage);
  await second.open(['a', 'b']);
  const all = second.store.getState().keyImages;
  expect(all.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['b', 'a']);
  expect(all[1]?.id).toBe(later);
});

it('leaves those of a closed image in storage', async () => {
  const storage = memory();
  const page = opened(storage);
  page.store.getState().keep(view('a', 1));
  page.close(['a']);
  await page.settled();
  expect(page.store.getState().keyImages).toEqual([]);
  expect(storage.kept.size).toBe(1);
});

it('shows none over other pixels of the same UID, and says so', async () => {
  const storage = memory();
  opened(storage).store.getState().keep(view('a', 1));
  await new Promise((resolve) => setTimeout(resolve));
  const other = opened(storage, () => 'others');
  await other.open(['a']);
  expect(other.store.getState().keyImages).toEqual([]);
  expect(other.onAway).toHaveBeenCalledExactlyOnceWith('a');
});

it('are the same in every tab', async () => {
  const storage = memory();
  const [here, there] = twoTabs<KeptOfImages>();
  const [first, second] = [opened(storage, undefined, here), opened(storage, undefined, there)];
  const settled = async () => {
    for (const page of [first, second, first]) await page.settled();
  };
  const id = first.store.getState().keep(view('a', 2));
  second.store.getState().keep(view('a', 1));
  await settled();
  const all = ({ store }: typeof first) => store.getState().keyImages.map(({ at }) => at);
  expect(all(first)).toEqual([view('a', 1).at, view('a', 2).at]);
  expect(all(second)).toEqual(all(first));
  second.store.getState().remove(id);
  await settled();
  expect(all(first)).toEqual([view('a', 1).at]);
  expect(storage.kept.size).toBe(1);
});

it('says when the browser keeps nothing, and tries again with the next', async () => {
  const storage = memory();
  storage.save.mockRejectedValueOnce(new Error('full'));
  const page = opened(storage);
  page.store.getState().keep(view('a', 1));
  await page.settled();
  expect(page.onProblem).toHaveBeenLastCalledWith(
    expect.objectContaining({ code: 'keep.key-images-unsaved' }),
  );
  page.store.getState().keep(view('a', 2));
  await page.settled();
  expect(storage.kept.size).toBe(2);
  expect(page.onProblem).toHaveBeenLastCalledWith(undefined);
});
