import { expect, it, vi } from 'vitest';
import type { KeptExamReading, OtherTabs } from '../ports/storage.ts';
import { createExamReadingsStore, studyOfWords } from './exam-readings-store.ts';
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
const keptFor = (
  storage: ReturnType<typeof memory>,
  patient: string | (() => readonly string[]),
  tabs?: OtherTabs<Told>,
) => {
  const keysOf = typeof patient === 'string' ? () => [patient] : patient;
  const store = createExamReadingsStore();
  const [onProblem, onAway] = [vi.fn(), vi.fn()];
  const keeper = keepExamReadings(store, storage, keysOf, onProblem, onAway, tabs);
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
  for (const { keeper } of [first, second]) await keeper.restore(['1.2']);
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

it('puts words that are said before the kept ones are read onto them', async () => {
  const storage = memory();
  const kept = { density: 'b', categories: { R: '5' }, conclusion: 'biopsy' } as const;
  storage.kept.set('1.2', { patientKey: 'a', reading: kept });
  const { store, keeper } = keptFor(storage, 'a');
  store.getState().say('1.2', { density: 'c', categories: { L: '2' } });
  await keeper.restore(['1.2']);
  await settled();
  const both = { density: 'c', categories: { R: '5', L: '2' }, conclusion: 'biopsy' };
  expect(store.getState().readings['1.2']).toEqual(both);
  expect(storage.kept.get('1.2')?.reading).toEqual(both);
});

it('reads anew what was changed elsewhere while the study was closed', async () => {
  const storage = memory();
  const { store, keeper } = keptFor(storage, 'a');
  store.getState().say('1.2', { conclusion: 'benign' });
  await settled();
  keeper.close(['1.2']);
  const reading = { categories: { R: '5' }, conclusion: 'malignant' } as const;
  storage.kept.set('1.2', { patientKey: 'a', reading });
  await keeper.restore(['1.2']);
  expect(store.getState().readings['1.2']).toEqual(reading);
  store.getState().say('1.2', { density: 'a' });
  await settled();
  expect(storage.kept.get('1.2')?.reading).toEqual({ ...reading, density: 'a' });
});

it('keeps words that a field hands over as its study is closed', async () => {
  const storage = memory();
  let keys: readonly string[] = ['a'];
  const { store, keeper, onAway } = keptFor(storage, () => keys);
  await keeper.restore(['1.2']);
  keys = [];
  keeper.close(['1.2']);
  store.getState().say('1.2', { conclusion: 'typed at last' });
  await settled();
  expect(storage.kept.get('1.2')?.reading.conclusion).toBe('typed at last');
  expect(store.getState().readings).toEqual({});
  await keeper.restore(['1.2']);
  expect(onAway).not.toHaveBeenCalled();
});

it('brings back words that could not be written, once their study is open again', async () => {
  const storage = memory();
  let keys: readonly string[] = ['a'];
  const full = { ...storage, save: async () => Promise.reject(new Error('full')) };
  const { store, keeper, onProblem } = keptFor(full, () => keys);
  store.getState().say('1.2', { conclusion: 'biopsy' });
  await settled();
  expect(onProblem).toHaveBeenCalledWith('full');
  keys = [];
  keeper.close(['1.2']);
  expect(store.getState().readings).toEqual({});
  keys = ['a'];
  await keeper.restore(['1.2']);
  expect(store.getState().readings['1.2']?.conclusion).toBe('biopsy');
  Object.assign(full, { save: storage.save });
  store.getState().say('1.2', { density: 'b' });
  await settled();
  expect(storage.kept.get('1.2')?.reading).toMatchObject({ conclusion: 'biopsy', density: 'b' });
});

it('does not speak of another patient where the study was closed meanwhile', async () => {
  const kept = { patientKey: 'b', reading: { categories: {}, conclusion: 'x' } };
  let keys: readonly string[] = ['a'];
  const storage = { ...memory(), find: async () => ((keys = []), { '1.2': kept }) };
  const { keeper, onAway } = keptFor(storage, () => keys);
  await keeper.restore(['1.2']);
  expect(onAway).not.toHaveBeenCalled();
});

it('knows the patient by any open image, and writes by the study’s own', async () => {
  const storage = memory();
  const kept = {
    patientKey: 'as the prior writes it',
    reading: { categories: {}, conclusion: 'x' },
  };
  storage.kept.set('1.2', kept);
  const { store, keeper, onAway } = keptFor(storage, () => ['own', 'as the prior writes it']);
  await keeper.restore(['1.2']);
  store.getState().say('1.2', { density: 'a' });
  await settled();
  expect(storage.kept.get('1.2')).toMatchObject({
    patientKey: 'own',
    reading: { conclusion: 'x' },
  });
  expect(onAway).not.toHaveBeenCalled();
});

it('finds the words of an exam in whichever of its studies they stand', () => {
  const words = { '2': { categories: {}, conclusion: 'x' } };
  expect(studyOfWords(words, ['3', '2', '1'])).toBe('2');
  expect(studyOfWords({}, ['3', '2'])).toBe(studyOfWords({}, ['2', '3']));
});
