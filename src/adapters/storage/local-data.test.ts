import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLesionStorage } from './lesion-storage.ts';
import { createLocalData } from './local-data.ts';
import { createNippleStorage } from './nipple-storage.ts';
import { memoryStore } from './testing/memory-store.ts';

const box = { x: 1.5, y: 2, width: 30, height: 40 };
const lesion = { id: 'a', patientKey: 'P', number: 1, marks: { s1: box, s2: box } };

const marksById = async (storage: ReturnType<typeof createLesionStorage>) =>
  Object.fromEntries(
    (await storage.findByImages(['s1', 's2'])).map(({ id, marks }) => [
      id,
      Object.keys(marks).length,
    ]),
  );

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => void vi.useRealTimers());

describe('the local data', () => {
  it('goes into a browser that has none and is found there as before', async () => {
    await createLesionStorage().save([lesion]);
    const text = await createLocalData(() =>
      memoryStore({ 'tandem.settings': '{"version":1}' }),
    ).copy();

    globalThis.indexedDB = new IDBFactory();
    const settings = memoryStore();
    expect(await createLocalData(() => settings).bringBack(text)).toEqual({ brought: 1, left: 0 });
    expect(settings.kept.get('tandem.settings')).toBe('{"version":1}');
    const storage = createLesionStorage();
    expect(await storage.findByImages(['s2'])).toEqual([lesion]);
    await storage.save([{ ...lesion, id: 'b', number: 2 }]);
    expect(await storage.findByImages(['s2'])).toHaveLength(2);
  });

  it('joins what is there already: of two records the one that was written later stays', async () => {
    vi.setSystemTime(1000);
    const storage = createLesionStorage();
    await storage.save([lesion, { ...lesion, id: 'same', number: 4 }]);
    const data = createLocalData(() => memoryStore());
    const older = await data.copy();
    vi.setSystemTime(2000);
    await storage.save([{ ...lesion, marks: { s1: box } }]);
    await storage.save([{ ...lesion, id: 'c', number: 3 }]);
    const newer = await data.copy();
    expect(await data.bringBack(older)).toEqual({ brought: 0, left: 1 });
    expect(await marksById(storage)).toEqual({ a: 1, c: 2, same: 2 });

    globalThis.indexedDB = new IDBFactory();
    expect(await data.bringBack(older)).toEqual({ brought: 2, left: 0 });
    expect(await data.bringBack(newer)).toEqual({ brought: 2, left: 0 });
    expect(await marksById(createLesionStorage())).toEqual({ a: 1, c: 2, same: 2 });
  });

  it('leaves what is here where records do not say when they were written', async () => {
    vi.setSystemTime(1000);
    const storage = createLesionStorage();
    await storage.save([lesion]);
    const data = createLocalData(() => memoryStore());
    const silent = (await data.copy()).replace(/,"changedAt":\d+/g, '');
    await storage.save([{ ...lesion, notes: 'new' }]);
    expect(await data.bringBack(silent)).toEqual({ brought: 0, left: 1 });
    expect(await storage.findByImages(['s1'])).toMatchObject([{ notes: 'new' }]);
  });

  it('leaves out what lives in this browser only, and keeps keys that stand apart', async () => {
    const db = await openDB('tandem-recent', 1, {
      upgrade: (it) => void it.createObjectStore('r'),
    });
    await db.put('r', { name: 'folder', at: new Date(0) }, 'gone');
    await db.put('r', { name: 'words' }, 'kept');
    db.close();
    const data = createLocalData(() => memoryStore());
    const text = await data.copy();
    await data.deleteAll();
    expect(await data.bringBack(text)).toEqual({ brought: 1, left: 0 });
    const again = await openDB('tandem-recent');
    expect(await again.getAllKeys('r')).toEqual(['kept']);
  });

  it('is deleted whole, with connections open, and nothing else with it', async () => {
    const storage = createLesionStorage();
    await storage.save([lesion]);
    const other = await openDB('other', 1);
    other.close();
    const settings = memoryStore({ 'tandem.settings': '{}', theirs: 'x' });
    await createLocalData(() => settings).deleteAll();
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['other']);
    expect([...settings.kept.keys()]).toEqual(['theirs']);
    expect(await storage.findByImages(['s1'])).toEqual([]);
  });

  it('refuses what is no copy, and a copy from a newer program', async () => {
    const data = createLocalData(() => memoryStore());
    await expect(data.bringBack('{')).rejects.toThrow('copy.not-json');
    await expect(data.bringBack('{"kind":"tandem-case-report"}')).rejects.toThrow('copy.foreign');
    const foreign = { kind: 'tandem-local-data', version: 1, databases: [], settings: { a: 'b' } };
    await expect(data.bringBack(JSON.stringify(foreign))).rejects.toThrow('copy.foreign');
    await createLesionStorage().save([lesion]);
    const newer = (await data.copy()).replace('"version":1,"stores"', '"version":7,"stores"');
    await expect(data.bringBack(newer)).rejects.toThrow('copy.newer');
  });

  it('makes a database as this program does, whatever a copy says of its stores', async () => {
    const storage = createLesionStorage();
    await storage.save([lesion]);
    const data = createLocalData(() => memoryStore());
    const text = await data.copy();
    const bare = text.replace(/"stores":\[\{"name":"lesions".*?\}\]\}\]/, '"stores":[]');
    expect(bare).not.toBe(text);

    globalThis.indexedDB = new IDBFactory();
    const anew = createLesionStorage();
    expect(await data.bringBack(bare)).toEqual({ brought: 0, left: 0 });
    await anew.save([lesion]);
    expect(await anew.findByImages(['s1'])).toEqual([lesion]);
  });

  it('takes nothing of a copy from a newer program, and goes on keeping what is said here', async () => {
    await createLesionStorage().save([lesion]);
    await createNippleStorage().save('s1', { point: { x: 1, y: 2 }, pixels: undefined });
    const data = createLocalData(() => memoryStore());
    const text = await data.copy();
    const newer = text.replace('"name":"tandem","version":1', '"name":"tandem","version":7');
    expect(newer).not.toBe(text);

    globalThis.indexedDB = new IDBFactory();
    const storage = createLesionStorage();
    await expect(data.bringBack(newer)).rejects.toThrow('copy.newer');
    expect(await indexedDB.databases()).toEqual([]);
    await storage.save([lesion]);
    expect(await storage.findByImages(['s1'])).toEqual([lesion]);
  });
});
