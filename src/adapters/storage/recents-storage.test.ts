import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { createRecentsStorage, type Recent } from './recents-storage.ts';

/** As much of a handle as can be stored outside a browser. */
const handle = (name: string) => ({ kind: 'directory', name }) as FileSystemDirectoryHandle;
const recent = (id: string, day: number): Recent => ({
  id,
  openedAt: `2026-01-0${day}T10:00:00.000Z`,
  handles: [handle(`CD ${id}`)],
});

it('keeps what was opened, newest first, one record an id', async () => {
  const storage = createRecentsStorage();
  await storage.save(recent('a', 1));
  await storage.save(recent('b', 2));
  await storage.save(recent('a', 3));
  expect(await storage.all()).toEqual([recent('a', 3), recent('b', 2)]);
  await storage.remove('a');
  expect((await storage.all()).map((r) => r.id)).toEqual(['b']);
});

it('passes over records of another version or without handles', async () => {
  const storage = createRecentsStorage();
  await storage.clear();
  const db = await openDB('tandem-recents');
  await db.put('opened', { version: 2, ...recent('new', 1) });
  await db.put('opened', { version: 1, ...recent('empty', 1), handles: [] });
  await db.put('opened', { version: 1, ...recent('odd', 1), handles: ['C:/CD'] });
  expect(await storage.all()).toEqual([]);
});
