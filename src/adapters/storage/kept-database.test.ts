import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import type { DBSchema } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { keptDatabase } from './kept-database.ts';

interface Schema extends DBSchema {
  things: { key: string; value: string };
}
const kept = (version: number) =>
  keptDatabase<Schema>('tandem-test', version, (db) => {
    if (!db.objectStoreNames.contains('things')) db.createObjectStore('things');
  });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('gives way to an upgrade by another tab, and says so afterwards', async () => {
  const old = kept(1);
  await old((db) => db.put('things', 'mark', 'a'));
  expect(await kept(2)((db) => db.get('things', 'a'))).toBe('mark');
  await expect(old((db) => db.get('things', 'a'))).rejects.toThrow('storage.newer');
});

it('opens anew after it gave way to a deletion', async () => {
  const database = kept(1);
  await database((db) => db.put('things', 'mark', 'a'));
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('tandem-test').onsuccess = resolve;
  });
  expect(await database((db) => db.getAll('things'))).toEqual([]);
});

it('tells refusals in words and tries again at the next use', async () => {
  const { open } = indexedDB;
  indexedDB.open = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const database = kept(1);
  await expect(database((db) => db.getAll('things'))).rejects.toThrow('storage.forbidden');
  indexedDB.open = open;
  await expect(database((db) => db.getAll('things'))).resolves.toEqual([]);
  const full = database(() => Promise.reject(new DOMException('', 'QuotaExceededError')));
  await expect(full).rejects.toThrow('storage.full');
});
