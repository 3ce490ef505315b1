import { message } from '../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import type { MeasuredShape, Measurement } from '../core/display/measure/measurement.ts';
import { createHistoryStore } from './history-store.ts';
import { keepMeasurements } from './keep-measurements.ts';
import { createLesionsStore } from './lesions-store.ts';
import type { KeptOfImages, OtherTabs } from '../ports/storage.ts';
import { createMeasurementsStore } from './measurements-store.ts';
import { twoTabs } from './testing/two-tabs.ts';

const line = (x: number): MeasuredShape => ({
  kind: 'distance',
  points: [
    { x: 0, y: 0 },
    { x, y: 0 },
  ],
});

const newStore = () => {
  let n = 0;
  return createMeasurementsStore(() => `m${++n}`);
};

const memoryStorage = () => {
  const records = new Map<string, Measurement>();
  let broken = false;
  const check = () => {
    if (broken) throw new Error('full');
  };
  return {
    records,
    breakDown: (now: boolean) => void (broken = now),
    findByImages: async (uids: readonly string[]) =>
      [...records.values()].filter((m) => uids.includes(m.sopInstanceUid)),
    save: async (list: readonly Measurement[]) => {
      check();
      for (const m of list) records.set(m.id, m);
    },
    remove: async (ids: readonly string[]) => {
      check();
      for (const id of ids) records.delete(id);
    },
  };
};

const keep = (
  store: Parameters<typeof keepMeasurements>[0],
  storage: Parameters<typeof keepMeasurements>[1],
  onProblem: Parameters<typeof keepMeasurements>[2] = () => undefined,
  digest = 'd',
  onAway: (sop: string) => void = () => undefined,
) => keepMeasurements(store, storage, onProblem, () => ({ columns: 4, rows: 5, digest }), onAway);

describe('measurements', () => {
  it('are added, changed, removed, and each step is undone and redone', () => {
    const store = newStore();
    const state = store.getState;
    const id = state().add('s1', line(10));
    state().change(id, line(20));
    state().show(false);
    state().remove(id);
    expect([state().measurements, state().shown]).toEqual([[], true]);
    state().undo();
    state().undo();
    expect(state().measurements).toEqual([{ id, sopInstanceUid: 's1', shape: line(10) }]);
    state().redo();
    expect(state().measurements[0]?.shape).toEqual(line(20));
  });

  it('come back with their image and stay in storage when it is closed', async () => {
    const storage = memoryStorage();
    const first = newStore();
    const keeper = keep(first, storage);
    first.getState().add('s1', line(10));
    await keeper.settled();
    keeper.close(['s1']);
    expect(first.getState().measurements).toEqual([]);
    await keeper.settled();
    expect(storage.records.size).toBe(1);
    await keeper.open(['s1']);
    expect(first.getState().measurements).toHaveLength(1);
    first.getState().remove('m1');
    await keeper.settled();
    expect(storage.records.size).toBe(0);
    first.getState().undo();
    await keeper.settled();
    expect(storage.records.size).toBe(1);
  });

  it('say when they cannot be written, and are written with the next change', async () => {
    const storage = memoryStorage();
    const store = newStore();
    const problems: unknown[] = [];
    const keeper = keep(store, storage, (p) => problems.push(p));
    storage.breakDown(true);
    store.getState().add('s1', line(10));
    await keeper.settled();
    expect(problems.at(-1)).toEqual(message('keep.measurements-unsaved', { reason: 'full' }));
    storage.breakDown(false);
    store.getState().add('s1', line(20));
    await keeper.settled();
    expect(storage.records.size).toBe(2);
    expect(problems.at(-1)).toBeUndefined();
  });

  it('that could not be written come back with their image, with those pixels, and are written later', async () => {
    const storage = memoryStorage();
    const store = newStore();
    let open: string | undefined = 'd';
    const keeper = keepMeasurements(
      store,
      storage,
      () => undefined,
      () => (open === undefined ? undefined : { columns: 4, rows: 5, digest: open }),
      () => undefined,
    );
    storage.breakDown(true);
    const id = store.getState().add('s1', line(20));
    await keeper.settled();
    const close = () => {
      open = undefined;
      keeper.close(['s1']);
    };
    close();
    expect(store.getState().measurements).toEqual([]);
    open = 'other';
    await keeper.open(['s1']);
    expect(store.getState().measurements).toEqual([]);
    close();
    open = 'd';
    await keeper.open(['s1']);
    expect(store.getState().measurements).toMatchObject([{ id, shape: line(20) }]);
    storage.breakDown(false);
    store.getState().change(id, line(30));
    await keeper.settled();
    expect([...storage.records.values()]).toMatchObject([{ id, shape: line(30) }]);
  });

  it('that storage refused to take out stay away when their image opens again, and go with the next change', async () => {
    const storage = memoryStorage();
    const store = newStore();
    const keeper = keep(store, storage);
    const id = store.getState().add('s1', line(10));
    await keeper.settled();
    storage.breakDown(true);
    store.getState().remove(id);
    keeper.close(['s1']);
    await keeper.settled();
    storage.breakDown(false);
    await keeper.open(['s1']);
    expect(store.getState().measurements).toEqual([]);
    const other = store.getState().add('s1', line(20));
    await keeper.settled();
    expect([...storage.records.keys()]).toEqual([other]);
  });

  it('stay away where the image was closed before they were found, whatever opens later', async () => {
    const storage = memoryStorage();
    const made = { columns: 4, rows: 5, digest: 'd' };
    storage.records.set('k', { id: 'k', sopInstanceUid: 's1', shape: line(10), pixels: made });
    const store = newStore();
    const away: string[] = [];
    let open: typeof made | undefined = made;
    const keeper = keepMeasurements(
      store,
      storage,
      () => undefined,
      () => open,
      (sop) => away.push(sop),
    );
    const opening = keeper.open(['s1']);
    open = undefined;
    keeper.close(['s1']);
    await opening;
    expect(store.getState().measurements).toEqual([]);
    open = { ...made, digest: 'another' };
    await keeper.open(['s1']);
    expect([store.getState().measurements, away]).toEqual([[], ['s1']]);
  });

  it('are the same in every tab that shows their image, and undo takes back the own ones only', async () => {
    const storage = memoryStorage();
    const [here, there] = twoTabs<KeptOfImages>();
    const page = (tabs: OtherTabs<KeptOfImages>, name: string) => {
      let n = 0;
      const store = createMeasurementsStore(() => `${name}${++n}`);
      const pixels = { columns: 4, rows: 5, digest: 'd' };
      const pixelsOf = (sop: string) => (sop === 's1' ? pixels : undefined);
      const nothing = () => undefined;
      const keeper = keepMeasurements(store, storage, nothing, pixelsOf, nothing, tabs);
      const lengths = () => store.getState().measurements.map(({ shape }) => shape.points[1].x);
      return { ...store.getState(), keeper, lengths };
    };
    const [first, second] = [page(here, 'a'), page(there, 'b')];
    const settled = async () => {
      for (const { keeper } of [first, second, first, second]) await keeper.settled();
    };
    const id = first.add('s1', line(10));
    second.add('s2', line(30));
    await settled();
    expect([first.lengths(), second.lengths()]).toEqual([[10], [30, 10]]);
    second.change(id, line(20));
    await settled();
    expect(first.lengths()).toEqual([20]);
    first.add('s1', line(5));
    first.undo();
    second.remove(id);
    await settled();
    expect([first.lengths(), second.lengths()]).toEqual([[], [30]]);
    expect([...storage.records.values()].map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([
      's2',
    ]);
  });

  it('stay away from other pixels under the same UID, and in storage', async () => {
    const storage = memoryStorage();
    const first = newStore();
    const keeper = keep(first, storage);
    first.getState().add('s1', line(10));
    await keeper.settled();
    const away: string[] = [];
    const second = newStore();
    const other = keep(second, storage, undefined, 'another', (sop) => away.push(sop));
    await other.open(['s1']);
    expect(second.getState().measurements).toEqual([]);
    expect(away).toEqual(['s1']);
    second.getState().add('s1', line(20));
    await other.settled();
    expect(storage.records.size).toBeGreaterThan(0);
    await keep(second, storage).open(['s1']);
    expect(second.getState().measurements.length).toBeGreaterThan(0);
  });
});

describe('one history over marks and measurements', () => {
  const setUp = () => {
    let n = 0;
    const lesions = createLesionsStore(() => `l${++n}`);
    const measurements = newStore();
    return { lesions, measurements, history: createHistoryStore([lesions, measurements]) };
  };

  it('takes back what was done last, wherever', () => {
    const { lesions, measurements, history } = setUp();
    lesions.getState().create('A');
    measurements.getState().add('s1', line(10));
    lesions.getState().create('A');
    const counts = () => [
      lesions.getState().lesions.length,
      measurements.getState().measurements.length,
    ];
    const { undo, redo } = history.getState();
    undo();
    expect(counts()).toEqual([1, 1]);
    undo();
    expect(counts()).toEqual([1, 0]);
    redo();
    expect(counts()).toEqual([1, 1]);
    redo();
    expect(counts()).toEqual([2, 1]);
    expect(history.getState()).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('cannot redo once something new was done, and ignores what storage brings', () => {
    const { lesions, measurements, history } = setUp();
    measurements.getState().add('s1', line(10));
    history.getState().undo();
    lesions.getState().create('A');
    expect(history.getState().canRedo).toBe(false);
    measurements.getState().restore([{ id: 'kept', sopInstanceUid: 's1', shape: line(5) }]);
    history.getState().undo();
    expect(history.getState().canUndo).toBe(false);
    expect(measurements.getState().measurements).toHaveLength(1);
  });

  it('still counts steps when the history is full', () => {
    const { measurements, history } = setUp();
    for (let i = 0; i < 205; i++) measurements.getState().add('s1', line(i));
    for (let i = 0; i < 3; i++) history.getState().undo();
    expect(measurements.getState().measurements).toHaveLength(202);
  });
});
