import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLesionStorage } from './lesion-storage.ts';
import { memoryStore } from './testing/memory-store.ts';
import { forgetUnwritten, withJournal } from './unwritten.ts';

const box = { x: 1.5, y: 2, width: 30, height: 40 };
const lesion = { id: 'a', patientKey: 'P', number: 1, marks: { s1: box } };

let journal = memoryStore();
beforeEach(() => {
  journal = memoryStore();
});
const never = (..._args: readonly unknown[]) => new Promise<void>(() => undefined);

describe('what is on its way to a database', () => {
  it('is noted before the call returns, and no longer once it was written', async () => {
    let written: () => void = () => undefined;
    const save = vi.fn(() => new Promise<void>((resolve) => (written = resolve)));
    const saving = withJournal('d', { save }, () => journal).save();
    expect(journal.kept.size).toBe(1);
    written();
    await saving;
    expect(journal.kept.size).toBe(0);
  });

  it('is written by the next page, in order, other databases apart', async () => {
    const lost = withJournal('d', { save: never, remove: never }, () => journal);
    void lost.save([{ id: 'a' }], 1);
    void lost.remove(['a']);
    const calls: unknown[] = [];
    const writes = {
      save: async (...args: unknown[]) => void calls.push(['save', ...args]),
      remove: async (...args: unknown[]) => void calls.push(['remove', ...args]),
    };
    withJournal('other', writes, () => journal);
    expect(calls).toEqual([]);
    withJournal('d', writes, () => journal);
    expect(calls).toEqual([
      ['save', [{ id: 'a' }], 1],
      ['remove', ['a']],
    ]);
    await vi.waitFor(() => expect(journal.kept.size).toBe(0));
  });

  it('is forgotten when it was refused or is damaged, and where nothing can be noted', async () => {
    const save = vi.fn(() => Promise.reject(new Error('full')));
    await expect(withJournal('d', { save }, () => journal).save()).rejects.toThrow('full');
    journal.setItem('tandem.unwritten.d.1', '{"call":"constructor","args":[]}');
    journal.setItem('tandem.unwritten.d.2', 'nonsense');
    withJournal('d', { save }, () => journal);
    expect(save).toHaveBeenCalledOnce();
    expect(journal.kept.size).toBe(0);
    const denied = () => {
      throw new Error('denied');
    };
    const one = vi.fn(async () => undefined);
    await withJournal('d', { one }, denied).one();
    expect(one).toHaveBeenCalledOnce();
  });

  it('brings a mark back that a page could not write any more', async () => {
    const lost = withJournal('tandem', { save: never }, () => journal);
    void lost.save([lesion]);
    expect(await createLesionStorage(() => journal).findByImages(['s1'])).toEqual([lesion]);
    expect(journal.kept.size).toBe(0);
  });

  it('is deleted with everything else', () => {
    void withJournal('d', { save: never }, () => journal).save();
    journal.setItem('another', 'stays');
    forgetUnwritten(() => journal);
    expect([...journal.kept.keys()]).toEqual(['another']);
  });
});
