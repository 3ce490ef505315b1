import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Asked } from '../../workers/protocol.ts';
import { startLane } from './lane-worker.ts';
import type { PackFiles } from './load-pack.ts';

const pack = { files: new Map() } as unknown as PackFiles;

/** A port that a test answers at. */
class FakePort {
  readonly sent: Asked[] = [];
  onmessage: ((event: MessageEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  closed = false;
  postMessage(message: Asked) {
    this.sent.push(message);
  }
  close() {
    this.closed = true;
  }
  answer(place: number, value: unknown) {
    const { id } = this.sent[place] as Asked;
    this.onmessage?.({ data: { kind: 'answer', id, value } } as MessageEvent);
  }
  refuse(place: number, reason: string) {
    const { id } = this.sent[place] as Asked;
    this.onmessage?.({ data: { kind: 'refusal', id, reason } } as MessageEvent);
  }
}

const starting = () => {
  const port = new FakePort();
  return { port, lane: startLane(pack, port as unknown as MessagePort) };
};
const started = async () => {
  const { port, lane } = starting();
  port.answer(0, undefined);
  const open = await lane.opened;
  if (!open) throw new Error('no lane');
  return { port, lane: open, die: lane.die };
};

describe('startLane', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('opens the pack in the worker, then hands runs to it and their answers back', async () => {
    const { port, lane } = await started();
    expect(port.sent[0]).toMatchObject({ name: 'open', values: [pack] });
    const [first, second] = [lane.features([]), lane.answers([])];
    expect(port.sent.slice(1).map(({ name }) => name)).toEqual(['features', 'answers']);
    port.answer(2, ['late asked']);
    port.answer(1, ['first asked']);
    await expect(first).resolves.toEqual(['first asked']);
    await expect(second).resolves.toEqual(['late asked']);
    lane.dispose();
    expect(port.closed).toBe(true);
  });

  it('opens the finder in the worker as well, and hands views to it', async () => {
    const { port, lane } = await started();
    const [graph, files] = [{ file: 'finder.json', input: 'view' }, new Map()];
    const opening = lane.openFinder(graph, files);
    expect(port.sent[1]).toMatchObject({ name: 'open-finder', values: [graph, files] });
    port.answer(1, undefined);
    const look = await opening;
    const view = { width: 32, height: 32, data: new Float32Array(1024) };
    const seen = look(view);
    expect(port.sent[2]).toMatchObject({ name: 'look', values: [view] });
    port.answer(2, 'maps');
    await expect(seen).resolves.toBe('maps');
  });

  it('says so where the finder cannot be loaded there', async () => {
    const { port, lane } = await started();
    const opening = lane.openFinder({ file: 'finder.json', input: 'view' }, new Map());
    port.refuse(1, 'out of memory');
    await expect(opening).rejects.toThrow('out of memory');
  });

  it('passes on that a run failed', async () => {
    const { port, lane } = await started();
    const run = lane.features([]);
    port.refuse(1, 'out of memory');
    await expect(run).rejects.toThrow('out of memory');
  });

  it('fails what a lane was asked, and will be asked, when the page says that it died', async () => {
    const { lane, die } = await started();
    const run = lane.features([]);
    die('out of memory');
    await expect(run).rejects.toThrow('out of memory');
    await expect(lane.features([])).rejects.toThrow('out of memory');
  });

  it('gives up a run that a lane never answers', async () => {
    const { lane } = await started();
    const run = lane.features([]);
    const failed = expect(run).rejects.toThrow('worker.silent');
    await vi.advanceTimersByTimeAsync(600_000);
    await failed;
  });

  it('comes to nothing where the network fails or the lane never answers', async () => {
    const failing = starting();
    failing.port.refuse(0, 'no WebAssembly');
    expect(await failing.lane.opened).toBeUndefined();
    expect(failing.port.closed).toBe(true);
    const silent = starting();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await silent.lane.opened).toBeUndefined();
    expect(silent.port.closed).toBe(true);
  });
});
