import type { ViewOrigin } from '../../core/lesion/joining.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInferenceClient, type InferenceStatus } from './inference-client.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A worker that a test answers for. */
class FakeWorker {
  readonly sent: ToWorker[] = [];
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  ended = false;
  postMessage(message: ToWorker) {
    this.sent.push(message);
  }
  terminate() {
    this.ended = true;
  }
  say(data: FromWorker) {
    this.onmessage?.({ data } as MessageEvent<FromWorker>);
  }
  ready(backend: 'webgpu' | 'webgl' | 'wasm' = 'webgpu') {
    this.say({ type: 'chosen', backend });
    this.say({
      type: 'ready',
      info: { backend, adapter: backend, software: false, passedOver: [] },
      reference: { schemaVersion: 1, lesions: [], operatingPoints: [] },
    });
  }
  /** Identifiers of the runs that were asked for. */
  runs() {
    return this.sent.flatMap((m) => (m.type === 'score' ? [m.id] : []));
  }
  answer(id: number, name: string) {
    const score = { name } as never;
    const milliseconds = { network: 1, total: 2 };
    this.say({ type: 'scored', id, scores: [score], activations: [], milliseconds });
  }
}

const patches = [Float32Array.of(1)];
const vectors = Promise.resolve([Float32Array.of(2)]);

const setUp = () => {
  const workers: FakeWorker[] = [];
  const statuses: InferenceStatus[] = [];
  const client = createInferenceClient({
    packUrl: 'http://localhost/models/x/',
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
  });
  client.onStatus((status) => statuses.push(status));
  const last = () => workers.at(-1) as FakeWorker;
  return { client, workers, last, status: () => statuses.at(-1) as InferenceStatus };
};

const origins: readonly ViewOrigin[] = [];

describe('the inference client', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits for the engine, then runs one request after the other', async () => {
    const { client, last } = setUp();
    const first = client.score('A', patches, origins, vectors);
    const second = client.score('B', patches, origins, vectors);
    expect(last().runs()).toEqual([]);
    last().ready();
    const [a] = last().runs();
    expect(last().runs()).toHaveLength(1);
    last().answer(a as number, 'first');
    last().answer(last().runs()[1] as number, 'second');
    await expect(first).resolves.toMatchObject({ score: { name: 'first' } });
    await expect(second).resolves.toMatchObject({ score: { name: 'second' } });
  });

  it('lets a newer request of a key replace the older, queued or running', async () => {
    const { client, last } = setUp();
    last().ready();
    const running = client.score('A', patches, origins, vectors);
    const queued = client.score('A', patches, origins, vectors);
    const newest = client.score('A', patches, origins, vectors);
    await expect(running).resolves.toBeUndefined();
    await expect(queued).resolves.toBeUndefined();
    last().answer(last().runs()[0] as number, 'stale');
    last().answer(last().runs()[1] as number, 'new');
    await expect(newest).resolves.toMatchObject({ score: { name: 'new' } });
    expect(last().runs()).toHaveLength(2);
  });

  it('goes on after a run that failed', async () => {
    const { client, last } = setUp();
    last().ready();
    const failing = client.score('A', patches, origins, vectors);
    const next = client.score('B', patches, origins, vectors);
    last().say({ type: 'score-failed', id: last().runs()[0] as number, reason: 'out of memory' });
    await expect(failing).rejects.toThrow('The lesion could not be scored: out of memory');
    last().answer(last().runs()[1] as number, 'second');
    await expect(next).resolves.toMatchObject({ score: { name: 'second' } });
  });

  it('starts the network before the lesion is measured, and hands the measurements on', async () => {
    const { client, last } = setUp();
    last().ready();
    let measured: (vectors: readonly Float32Array[]) => void = () => undefined;
    const asked = client.score(
      'A',
      patches,
      origins,
      new Promise((resolve) => (measured = resolve)),
    );
    const [id] = last().runs() as [number];
    expect(last().sent.map((m) => m.type)).toEqual(['start', 'score']);
    measured([Float32Array.of(7)]);
    await vi.advanceTimersByTimeAsync(0);
    expect(last().sent.at(-1)).toEqual({ type: 'measured', id, sets: [[Float32Array.of(7)]] });
    last().answer(id, 'both');
    await expect(asked).resolves.toMatchObject({ score: { name: 'both' } });
  });

  it('gives up a run whose lesion cannot be measured, and goes on', async () => {
    const { client, last } = setUp();
    last().ready();
    const failing = client.score('A', patches, origins, Promise.reject(new Error('no outline')));
    const next = client.score('B', patches, origins, vectors);
    await expect(failing).rejects.toThrow('no outline');
    const [first, second] = last().runs() as [number, number];
    expect(last().sent).toContainEqual({ type: 'measured', id: first, sets: undefined });
    last().answer(first, 'stale');
    last().answer(second, 'second');
    await expect(next).resolves.toMatchObject({ score: { name: 'second' } });
  });

  it('repeats the run on a new worker when the device is lost, and says so', async () => {
    const { client, workers, last, status } = setUp();
    last().ready();
    const asked = client.score('A', patches, origins, vectors);
    last().say({ type: 'lost', reason: 'driver reset' });
    expect(workers).toHaveLength(2);
    expect(workers[0]?.ended).toBe(true);
    last().ready();
    last().answer(last().runs()[0] as number, 'repeated');
    await expect(asked).resolves.toMatchObject({ score: { name: 'repeated' } });
    expect(status()).toMatchObject({
      notice: 'WebGPU was lost (driver reset) and has been started again',
    });
  });

  it('takes a worker that hangs for a lost device', () => {
    const { client, workers, last } = setUp();
    last().ready();
    void client.score('A', patches, origins, vectors);
    vi.advanceTimersByTime(600_000);
    expect(workers).toHaveLength(2);
  });

  it('gives a backend up that is lost twice without an answer in between', () => {
    const { last } = setUp();
    last().ready();
    last().say({ type: 'lost', reason: 'once' });
    last().ready();
    last().say({ type: 'lost', reason: 'again' });
    expect(last().sent[0]).toMatchObject({
      type: 'start',
      excluded: [{ backend: 'webgpu', reason: expect.stringContaining('it was lost 2 times') }],
    });
  });

  it('passes on to the next backend when one cannot be started', () => {
    const { last, status } = setUp();
    last().say({ type: 'chosen', backend: 'webgpu' });
    last().say({ type: 'backend-failed', reason: 'shader error' });
    expect(last().sent[0]).toMatchObject({ excluded: [{ backend: 'webgpu' }] });
    last().ready('webgl');
    expect(status()).toMatchObject({ phase: 'ready', info: { backend: 'webgl' } });
  });

  it('refuses every request with the reason once the pack is refused', async () => {
    const { client, last, status } = setUp();
    const waiting = client.score('A', patches, origins, vectors);
    last().say({ type: 'failed', reason: 'the model pack is refused: weights.bin is wrong' });
    await expect(waiting).rejects.toThrow('weights.bin is wrong');
    await expect(client.score('B', patches, origins, vectors)).rejects.toThrow(
      'weights.bin is wrong',
    );
    expect(status().phase).toBe('failed');
  });

  it('starts again on the backend that is chosen by hand, with what was running', async () => {
    const { client, workers, last } = setUp();
    last().ready();
    const asked = client.score('A', patches, origins, vectors);
    const switched = client.switchBackend('wasm');
    expect(workers).toHaveLength(2);
    expect(last().sent[0]).toMatchObject({ requested: 'wasm', excluded: [] });
    last().ready('wasm');
    await switched;
    last().answer(last().runs()[0] as number, 'on wasm');
    await expect(asked).resolves.toMatchObject({ info: { backend: 'wasm' } });
  });
});
