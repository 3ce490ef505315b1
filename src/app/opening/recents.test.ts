import { message } from '../../core/message/message.ts';
import { expect, it } from 'vitest';
import type { Handle } from '../../adapters/file-access/api.ts';
import type { Recent } from '../../adapters/storage/recents-storage.ts';
import { createNoticesStore } from '../../state/notices-store.ts';
import { createRecents } from './recents.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

const handle = (name: string, there = true, permission: PermissionState = 'granted') => {
  const fake = {
    kind: 'file',
    name,
    getFile: async () => {
      if (!there) throw Object.assign(new Error(name), { name: 'NotFoundError' });
      return new File(['x'], name);
    },
    queryPermission: async () => permission,
    requestPermission: async () => permission,
    isSameEntry: async (other: Handle) => other === (fake as unknown),
  };
  return fake as unknown as Handle;
};

const set = () => {
  let kept: Recent[] = [];
  let day = 1;
  const notices = createNoticesStore();
  const opened: string[] = [];
  const recents = createRecents({
    notices,
    now: () => new Date(Date.UTC(2026, 0, day++)),
    storage: {
      all: async () => kept.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)),
      save: async (recent) => void (kept = [...kept.filter((r) => r.id !== recent.id), recent]),
      remove: async (id) => void (kept = kept.filter((r) => r.id !== id)),
      clear: async () => void (kept = []),
    },
    open: (collect, done) =>
      void collect().then((entries) => {
        opened.push(...entries.map((e) => e.path));
        if (entries.length > 0) done();
      }),
  });
  const names = () => recents.store.getState().items.map((i) => i.name);
  const told = () => notices.getState().notices.map((n) => n.text);
  return { recents, names, told, opened };
};

it('lists what was opened, newest first and once each', async () => {
  const { recents, names } = set();
  const [a, b] = [handle('a'), handle('b')];
  for (const handles of [[a], [b], [a]]) {
    recents.openHandles(handles);
    await settled();
  }
  expect(names()).toEqual(['a', 'b']);
  recents.noted([a, b])();
  await settled();
  expect(recents.store.getState().items[0]).toMatchObject({ name: 'a', others: 1 });
});

it('keeps no more than fit on the screen, and forgets on request', async () => {
  const { recents, names } = set();
  for (let i = 0; i < 14; i++) {
    recents.openHandles([handle(`${i}`)]);
    await settled();
  }
  expect(names()).toHaveLength(12);
  expect(names()[0]).toBe('13');
  await recents.forget(recents.store.getState().items[0]?.id ?? '');
  expect(names()[0]).toBe('12');
  await recents.forgetAll();
  expect(names()).toEqual([]);
});

it('opens again, unless it is gone or the reader says no', async () => {
  const { recents, names, told, opened } = set();
  recents.noted([handle('here')])();
  await settled();
  recents.noted([handle('gone', false)])();
  await settled();
  recents.noted([handle('closed', true, 'denied')])();
  await settled();
  const idOf = (name: string) =>
    recents.store.getState().items.find((i) => i.name === name)?.id ?? '';
  await recents.reopen(idOf('here'));
  await settled();
  expect(opened).toEqual(['here']);
  await recents.reopen(idOf('closed'));
  expect(told()).toEqual([message('recents.not-allowed', { name: 'closed' })]);
  await recents.reopen(idOf('gone'));
  await settled();
  expect(told()).toEqual([message('recents.gone', { name: 'gone' })]);
  expect(names()).toEqual(['here', 'closed']);
});
