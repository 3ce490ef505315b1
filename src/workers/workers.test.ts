import { message } from '../core/message/message.ts';
import { describe, expect, it, vi } from 'vitest';
import { createAsker } from './ask.ts';
import { handingOver, type WorkerLike } from './protocol.ts';
import { answeringWorker, silentWorker } from './testing.ts';

interface Sums {
  add(a: number, b: number): number;
  fill(length: number): Uint8Array;
  length(bytes: Uint8Array): number;
  refuse(): never;
  note(text: string): void;
}
interface News {
  noted(text: string): void;
}

const summing = (kept: { bytes?: Uint8Array } = {}) =>
  answeringWorker<Sums, News>((tell) => ({
    add: async (a, b) => a + b,
    fill: (length) => {
      kept.bytes = new Uint8Array(length).fill(7);
      return handingOver(kept.bytes, [kept.bytes.buffer as ArrayBuffer]);
    },
    length: (bytes) => bytes.length,
    refuse: () => {
      throw new Error('not today');
    },
    note: (text) => tell('noted', text),
  }));

const asking = (...workers: WorkerLike[]) => {
  const noted: string[] = [];
  const gone = vi.fn();
  let started = 0;
  const asker = createAsker<Sums, News>({
    start: () => workers[started++] as WorkerLike,
    listen: { noted: (text) => noted.push(text) },
    onGone: gone,
  });
  return { asker, noted, gone, started: () => started };
};

describe('asking a worker', () => {
  it('starts it when first asked, and brings each answer to its question', async () => {
    const { asker, started } = asking(summing());
    expect(started()).toBe(0);
    const answers = await Promise.all([asker.ask('add', [1, 2]), asker.ask('add', [3, 4])]);
    expect(answers).toEqual([
      { ok: true, value: 3 },
      { ok: true, value: 7 },
    ]);
    expect(started()).toBe(1);
  });

  it('hands memory over both ways', async () => {
    const kept: { bytes?: Uint8Array } = {};
    const { asker } = asking(summing(kept));
    const filled = await asker.ask('fill', [3]);
    expect(filled).toEqual({ ok: true, value: new Uint8Array([7, 7, 7]) });
    expect(kept.bytes).toHaveLength(0);
    const bytes = new Uint8Array(5);
    const length = await asker.ask('length', [bytes], { transfer: [bytes.buffer] });
    expect(length).toEqual({ ok: true, value: 5 });
    expect(bytes).toHaveLength(0);
  });

  it('hears a refusal and goes on, and hears what it is told unasked', async () => {
    const { asker, noted, gone } = asking(summing());
    const refused = { ok: false, error: { why: 'refused', reason: 'not today' } };
    expect(await asker.ask('refuse', [])).toEqual(refused);
    asker.tell('note', ['hello']);
    expect(await asker.ask('add', [1, 1])).toEqual({ ok: true, value: 2 });
    expect(noted).toEqual(['hello']);
    expect(gone).not.toHaveBeenCalled();
  });

  it('tells everyone who waits that it crashed, and starts another for the next', async () => {
    const first = silentWorker();
    const { asker, gone, started } = asking(first, summing());
    const asked = [asker.ask('add', [1, 2]), asker.ask('add', [3, 4])];
    first.crash('no memory');
    const crashed = { ok: false, error: { why: 'crashed', reason: 'no memory' } };
    expect(await Promise.all(asked)).toEqual([crashed, crashed]);
    expect(first.ended()).toBe(true);
    expect(gone).toHaveBeenCalledExactlyOnceWith(crashed.error);
    expect(await asker.ask('add', [1, 2])).toEqual({ ok: true, value: 3 });
    expect(started()).toBe(2);
  });

  it('does not hear a worker that it gave up', async () => {
    const first = silentWorker();
    const { asker } = asking(first, silentWorker());
    const lost = asker.ask('add', [1, 2]);
    asker.end();
    expect(await lost).toEqual({
      ok: false,
      error: { why: 'ended', reason: message('worker.ended') },
    });
    const asked = asker.ask('add', [3, 4]);
    first.onmessage?.({ data: { kind: 'answer', id: 2, value: 99 } } as MessageEvent);
    first.crash();
    asker.end('enough');
    expect(await asked).toMatchObject({ error: { reason: 'enough' } });
  });

  it('gives up one that does not answer in time', async () => {
    vi.useFakeTimers();
    try {
      const first = silentWorker();
      const { asker } = asking(first, summing());
      const asked = asker.ask('add', [1, 2], { patience: 1000 });
      vi.advanceTimersByTime(999);
      expect(asker.isRunning()).toBe(true);
      vi.advanceTimersByTime(1);
      expect(await asked).toMatchObject({ error: { why: 'silent' } });
      expect(first.ended()).toBe(true);
      const answered = asker.ask('add', [1, 2], { patience: 1000 });
      await vi.advanceTimersByTimeAsync(5000);
      expect(await answered).toEqual({ ok: true, value: 3 });
      expect(asker.isRunning()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says so where no worker can be started', async () => {
    const asker = createAsker<Sums>({
      start: () => {
        throw new Error('no workers here');
      },
    });
    const failed = { ok: false, error: { why: 'crashed', reason: 'no workers here' } };
    expect(await asker.ask('add', [1, 2])).toEqual(failed);
  });
});
