import { message, type Message } from '../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import type { Lesion } from '../core/lesion/lesion.ts';
import { createHistoryStore } from './history-store.ts';
import { keepLesions } from './keep-lesions.ts';
import { createLesionsStore } from './lesions-store.ts';
import { twoTabs } from './testing/two-tabs.ts';
import type { KeptChange, OtherTabs } from '../ports/storage.ts';

const box = { x: 1, y: 2, width: 30, height: 40 };

const memoryStorage = () => {
  const records = new Map<string, Lesion>();
  let broken: string | undefined;
  const refuse = () => {
    if (broken) throw new Error(broken);
  };
  return {
    records,
    breakWith: (message: string | undefined) => void (broken = message),
    findByImages: async (uids: readonly string[]) => {
      refuse();
      return [...records.values()].filter((l) => uids.some((uid) => uid in l.marks));
    },
    save: async (lesions: readonly Lesion[]) => {
      refuse();
      for (const l of lesions) records.set(l.id, l);
    },
    remove: async (ids: readonly string[]) => {
      refuse();
      for (const id of ids) records.delete(id);
    },
  };
};

const setUp = (storage = memoryStorage(), tabs?: OtherTabs<KeptChange>) => {
  let n = 0;
  const store = createLesionsStore(() => `id-${storage.records.size}-${++n}`);
  const problems: (Message | undefined)[] = [];
  const keeper = keepLesions(store, storage, (p) => problems.push(p), tabs);
  return { storage, store, keeper, problems };
};

describe('keeping lesions', () => {
  it('writes marks at once, and brings them back with their images in a new page', async () => {
    const first = setUp();
    const { id } = first.store.getState().create('A');
    first.store.getState().setMark(id, 'sop1', box);
    await first.keeper.settled();
    const second = setUp(first.storage);
    await second.keeper.restore(['other']);
    expect(second.store.getState().lesions).toEqual([]);
    await second.keeper.restore(['sop1']);
    expect(second.store.getState().lesions).toEqual([
      { id, patientKey: 'A', number: 1, marks: { sop1: box } },
    ]);
  });

  it('hands every change to storage before anything else happens, whatever is still on its way', () => {
    const storage = memoryStorage();
    const saves: string[][] = [];
    const save = (lesions: readonly Lesion[]) => {
      saves.push(lesions.map(({ id, marks }) => `${id}: ${Object.keys(marks).join()}`));
      return new Promise<void>(() => undefined);
    };
    const { store } = setUp({ ...storage, save });
    const { id } = store.getState().create('A');
    store.getState().setMark(id, 'sop1', box);
    expect(saves).toEqual([[`${id}: sop1`]]);
    store.getState().setMark(id, 'sop2', box);
    expect(saves).toEqual([[`${id}: sop1`], [`${id}: sop1,sop2`]]);
  });

  it('removes a lesion that lost its last mark, also one that was restored', async () => {
    const first = setUp();
    const { id } = first.store.getState().create('A');
    first.store.getState().setMark(id, 'sop1', box);
    await first.keeper.settled();
    const second = setUp(first.storage);
    await second.keeper.restore(['sop1']);
    second.store.getState().removeMark(id, 'sop1');
    await second.keeper.settled();
    expect(first.storage.records.size).toBe(0);
    second.store.getState().undo();
    await second.keeper.settled();
    expect(first.storage.records.size).toBe(1);
  });

  it('keeps a lesion with words whose mark is undone', async () => {
    const { store, storage, keeper } = setUp();
    const { id } = store.getState().create('A');
    store.getState().setMark(id, 'sop1', box);
    store.getState().setNotes(id, 'dense');
    store.getState().undo();
    await keeper.settled();
    expect(storage.records.get(id)).toMatchObject({ marks: {}, notes: 'dense' });
    store.getState().remove(id);
    await keeper.settled();
    expect(storage.records.size).toBe(0);
  });

  it('says when storage refuses, and writes what is missing with the next change', async () => {
    const { storage, store, keeper, problems } = setUp();
    const a = store.getState().create('A');
    storage.breakWith('quota exceeded');
    store.getState().setMark(a.id, 'sop1', box);
    await keeper.settled();
    expect(problems.at(-1)).toEqual(message('keep.marks-unsaved', { reason: 'quota exceeded' }));
    storage.breakWith(undefined);
    const b = store.getState().create('A');
    store.getState().setMark(b.id, 'sop2', box);
    await keeper.settled();
    expect([...storage.records.keys()].sort()).toEqual([a.id, b.id].sort());
    expect(problems.at(-1)).toBeUndefined();
  });

  it('keeps two tabs on the same images in step, each change told once', async () => {
    const tabs = twoTabs<KeptChange>();
    const told: KeptChange[] = [];
    for (const tab of tabs) tab.onTold((change) => told.push(change));
    const storage = memoryStorage();
    const first = setUp(storage, tabs[0]);
    const second = setUp(storage, tabs[1]);
    await first.keeper.restore(['sop1']);
    await second.keeper.restore(['sop1', 'sop2']);
    const { id } = first.store.getState().create('A');
    first.store.getState().setMark(id, 'sop1', box);
    await first.keeper.settled();
    await second.keeper.settled();
    expect(second.store.getState().lesions.map((l) => l.id)).toEqual([id]);

    second.store.getState().setMark(id, 'sop2', box);
    await second.keeper.settled();
    await first.keeper.settled();
    expect(Object.keys(first.store.getState().lesions[0]?.marks ?? {})).toEqual(['sop1', 'sop2']);
    first.store.getState().remove(id);
    await first.keeper.settled();
    await second.keeper.settled();
    expect(second.store.getState().lesions).toEqual([]);
    expect(storage.records.size).toBe(0);
    expect(told).toHaveLength(3);
  });

  it('leaves lesions of images that are not open here to the other tab', async () => {
    const tabs = twoTabs<KeptChange>();
    const storage = memoryStorage();
    const first = setUp(storage, tabs[0]);
    const second = setUp(storage, tabs[1]);
    await second.keeper.restore(['sop9']);
    const { id } = first.store.getState().create('A');
    first.store.getState().setMark(id, 'sop1', box);
    await first.keeper.settled();
    expect(second.store.getState().lesions).toEqual([]);
  });

  it('leaves one box in both tabs and in storage when both drag one lesion at once', async () => {
    const storage = memoryStorage();
    const tabs = twoTabs<KeptChange>();
    const [first, second] = [setUp(storage, tabs[0]), setUp(storage, tabs[1])];
    for (const { keeper } of [first, second]) await keeper.restore(['sop1']);
    const { id } = first.store.getState().create('A');
    first.store.getState().setMark(id, 'sop1', box);
    await first.keeper.settled();
    await second.keeper.settled();
    for (let x = 10; x < 20; x++) {
      first.store.getState().setMark(id, 'sop1', { ...box, x });
      second.store.getState().setMark(id, 'sop1', { ...box, x: 100 + x });
      if (x % 3 === 0) await Promise.resolve();
    }
    for (let i = 0; i < 3; i++) for (const { keeper } of [first, second]) await keeper.settled();
    const last = storage.records.get(id)?.marks.sop1;
    expect([19, 119]).toContain(last?.x);
    for (const { store } of [first, second])
      expect(store.getState().lesions.map(({ marks }) => marks.sop1)).toEqual([last]);
  });
});

describe('lesions of images that are closed', () => {
  const closing = async () => {
    const page = setUp();
    const history = createHistoryStore([page.store]);
    await page.keeper.restore(['a', 'b']);
    const { id } = page.store.getState().createMarked('A', 'a', box, undefined);
    page.store.getState().setMark(id, 'a', { ...box, x: 50 });
    const gone = page.store.getState().createMarked('A', 'a', box, undefined);
    page.store.getState().remove(gone.id);
    page.store.getState().createMarked('B', 'b', box, undefined);
    await page.keeper.close(['a']);
    return { ...page, id, history };
  };

  it('leave the page and stay in storage, and come back as they were kept', async () => {
    const { store, storage, keeper, id } = await closing();
    expect(store.getState().lesions.map(({ patientKey }) => patientKey)).toEqual(['B']);
    expect(storage.records.get(id)?.marks['a']?.x).toBe(50);
    await keeper.restore(['a']);
    expect(store.getState().lesions.find((l) => l.id === id)?.marks['a']?.x).toBe(50);
  });

  it('are neither changed nor brought back by an undo, which passes over their steps', async () => {
    const { storage, keeper, history, id } = await closing();
    expect(history.getState().canUndo).toBe(true);
    history.getState().undo();
    expect(history.getState()).toMatchObject({ canUndo: false, canRedo: true });
    history.getState().undo();
    await keeper.settled();
    expect([...storage.records.keys()]).toEqual([id]);
    history.getState().redo();
    expect(history.getState()).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('stay on the page where storage does not take them', async () => {
    const { store, storage, keeper } = setUp();
    storage.breakWith('quota');
    store.getState().createMarked('A', 'a', box, undefined);
    await keeper.close(['a']);
    expect(store.getState().lesions).toHaveLength(1);
  });
});

it('says which number a kept lesion has where another one of the patient has its own', async () => {
  const { storage, store, keeper } = setUp();
  store.getState().createMarked('A', 'a', box, undefined);
  await keeper.settled();
  const told: unknown[] = [];
  const later = createLesionsStore(() => 'new');
  const note = ({ id, number }: Lesion, was: number) => told.push([id, was, number]);
  const page = keepLesions(
    later,
    storage,
    () => undefined,
    undefined,
    () => 'A',
    note,
  );
  later.getState().createMarked('A', 'b', box, undefined);
  await page.restore(['a']);
  await page.restore(['a']);
  expect(told).toEqual([[store.getState().lesions[0]?.id, 1, 2]]);
  await page.settled();
  expect([...storage.records.values()].map(({ number }) => number).sort()).toEqual([1, 2]);
});

it('keeps a mark that was made before its images are asked for, when another tab changes its lesion', async () => {
  const [here, there] = twoTabs<KeptChange>();
  const first = setUp(memoryStorage(), here);
  const second = setUp(first.storage, there);
  await second.keeper.restore(['a']);
  const { id } = first.store.getState().createMarked('A', 'a', box, undefined);
  await first.keeper.settled();
  await second.keeper.settled();
  second.store.getState().setNotes(id, 'seen');
  await second.keeper.settled();
  await first.keeper.settled();
  expect(first.store.getState().lesions).toMatchObject([{ id, notes: 'seen' }]);
});

it('takes out what storage refused to take out, also after its patient was closed and opened again', async () => {
  const { storage, store, keeper } = setUp();
  const { id } = store.getState().createMarked('A', 'a', box, undefined);
  await keeper.settled();
  storage.breakWith('quota');
  store.getState().remove(id);
  await keeper.close(['a']);
  storage.breakWith(undefined);
  await keeper.restore(['a']);
  expect(store.getState().lesions).toEqual([]);
  expect(storage.records.size).toBe(1);
  store.getState().createMarked('A', 'b', box, undefined);
  await keeper.settled();
  expect([...storage.records.values()].map(({ marks }) => Object.keys(marks))).toEqual([['b']]);
});

it('keeps what storage refused to take out where it is undone', async () => {
  const { storage, store, keeper } = setUp();
  const { id } = store.getState().createMarked('A', 'a', box, undefined);
  await keeper.settled();
  storage.breakWith('quota');
  store.getState().remove(id);
  await keeper.settled();
  storage.breakWith(undefined);
  store.getState().undo();
  await keeper.settled();
  await keeper.close(['a']);
  await keeper.restore(['a']);
  expect(store.getState().lesions.map((lesion) => lesion.id)).toEqual([id]);
});
