import { describe, expect, it, vi } from 'vitest';
import { startLane } from './lane-worker.ts';
import type { PackFiles } from './load-pack.ts';

const pack = { files: new Map() } as unknown as PackFiles;

interface Asked {
  readonly id: number;
  readonly type: string;
}

/** A worker that a test answers for. */
class FakeWorker {
  readonly sent: Asked[] = [];
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  ended = false;
  postMessage(message: Asked) {
    this.sent.push(message);
  }
  terminate() {
    this.ended = true;
  }
  say(data: object) {
    this.onmessage?.({ data } as MessageEvent);
  }
  die(message: string) {
    this.onerror?.({ message } as ErrorEvent);
  }
}

const starting = () => {
  const worker = new FakeWorker();
  return { worker, lane: startLane(pack, () => worker as unknown as Worker) };
};
const started = async () => {
  const { worker, lane } = starting();
  worker.say({ id: worker.sent[0]?.id, value: undefined });
  const open = await lane;
  if (!open) throw new Error('no lane');
  return { worker, lane: open };
};

describe('startLane', () => {
  it('opens the pack in the worker, then hands runs to it and their answers back', async () => {
    const { worker, lane } = await started();
    expect(worker.sent[0]).toMatchObject({ type: 'open', pack });
    const [first, second] = [lane.features([]), lane.answers([])];
    const [, a, b] = worker.sent as [Asked, Asked, Asked];
    expect([a.type, b.type]).toEqual(['features', 'answers']);
    worker.say({ id: b.id, value: ['late asked'] });
    worker.say({ id: a.id, value: ['first asked'] });
    await expect(first).resolves.toEqual(['first asked']);
    await expect(second).resolves.toEqual(['late asked']);
    lane.dispose();
    expect(worker.ended).toBe(true);
  });

  it('passes on that a run failed', async () => {
    const { worker, lane } = await started();
    const run = lane.features([]);
    worker.say({ id: worker.sent[1]?.id, error: 'out of memory' });
    await expect(run).rejects.toThrow('out of memory');
  });

  it('fails what a worker was asked, and will be asked, when it dies', async () => {
    const { worker, lane } = await started();
    const run = lane.features([]);
    worker.die('out of memory');
    await expect(run).rejects.toThrow('out of memory');
    await expect(lane.features([])).rejects.toThrow('out of memory');
  });

  it('comes to nothing where the worker cannot be had, fails, or never answers', async () => {
    const none = await startLane(pack, () => {
      throw new Error('no workers here');
    });
    expect(none).toBeUndefined();
    const failing = starting();
    failing.worker.say({ id: failing.worker.sent[0]?.id, error: 'no WebAssembly' });
    expect(await failing.lane).toBeUndefined();
    expect(failing.worker.ended).toBe(true);
    vi.useFakeTimers();
    const silent = starting();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await silent.lane).toBeUndefined();
    expect(silent.worker.ended).toBe(true);
    vi.useRealTimers();
  });
});
