import { expect, it, vi } from 'vitest';
import type { KeptExamReading, OtherTabs } from '../ports/storage.ts';
import { createExamReadingsStore } from './exam-readings-store.ts';
import { keepExamReadings } from './keep-exam-readings.ts';
import { twoTabs } from './testing/two-tabs.ts';

const memory = () => {
  const kept = new Map<string, KeptExamReading>();
  return {
    kept,
    save: async (study: string, one: KeptExamReading) => void kept.set(study, one),
    find: async (studies: readonly string[]) =>
      Object.fromEntries([...kept].filter(([study]) => studies.includes(study))),
  };
};
type Told = { readonly study: string } & KeptExamReading;
const keptFor = (storage: ReturnType<typeof memory>, patient: string, tabs?: OtherTabs<Told>) => {
  const store = createExamReadingsStore();
  const [onProblem, onAway] = [vi.fn(), vi.fn()];
  const keeper = keepExamReadings(store, storage, () => patient, onProblem, onAway, tabs);
  return { store, keeper, onProblem, onAway };
};
const settled = () => new Promise((resolve) => setTimeout(resolve));

it('brings back what was said of an exam, and never over what was said since', async () => {
  const storage = memory();
  const first = keptFor(storage, 'a');
  first.store.getState().say('1.2', { density: 'c' });
  first.store.getState().say('1.2', { categories: { R: '4B' } });
  await settled();
  const second = keptFor(storage, 'a');
  await second.keeper.restore(['1.2']);
  expect(second.store.getState().readings['1.2']).toEqual({
    density: 'c',
    categories: { R: '4B' },
    conclusion: '',
  });
  second.store.getState().say('1.2', { density: 'd' });
  await second.keeper.restore(['1.2']);
  expect(second.store.getState().readings['1.2']?.density).toBe('d');
});

it('keeps what was said of one patient from another of the same study UID', async () => {
  const storage = memory();
  keptFor(storage, 'a').store.getState().say('1.2', { density: 'c' });
  await settled();
  const other = keptFor(storage, 'b');
  await other.keeper.restore(['1.2']);
  expect(other.store.getState().readings).toEqual({});
  expect(other.onAway).toHaveBeenCalledWith('1.2');
});

it('says when the browser refuses', async () => {
  const storage = { ...memory(), save: () => Promise.reject(new Error('no space')) };
  const { store, onProblem } = keptFor(storage, 'a');
  store.getState().say('1.2', { density: 'a' });
  await settled();
  expect(onProblem).toHaveBeenCalledWith('no space');
});

it('says in each of two tabs what was said in the other, so that neither writes older words', async () => {
  const storage = memory();
  const [here, there] = twoTabs<Told>();
  const [first, second] = [keptFor(storage, 'a', here), keptFor(storage, 'a', there)];
  first.store.getState().say('1.2', { density: 'c' });
  second.store.getState().say('1.2', { conclusion: 'benign' });
  await settled();
  const both = { density: 'c', categories: {}, conclusion: 'benign' };
  for (const { store } of [first, second]) expect(store.getState().readings['1.2']).toEqual(both);
  expect(storage.kept.get('1.2')?.reading).toEqual(both);
});

it('takes nothing over that another tab says of another patient', () => {
  const [here, there] = twoTabs<Told>();
  const first = keptFor(memory(), 'a', here);
  const second = keptFor(memory(), 'b', there);
  first.store.getState().say('1.2', { density: 'c' });
  expect(second.store.getState().readings).toEqual({});
});
