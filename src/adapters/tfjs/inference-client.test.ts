import { message } from '../../core/message/message.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInferenceClient } from './inference-client.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import type { EngineStatus } from '../../ports/inference.ts';

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
  /** What was asked for in order: scores, looks by their width, and the finder. */
  asked() {
    return this.sent.flatMap((m) =>
      m.type === 'look'
        ? [`look ${m.view.width}`]
        : ['score', 'finder'].includes(m.type)
          ? [m.type]
          : [],
    );
  }
  lastLook() {
    return this.sent.findLast((m) => m.type === 'look')?.id ?? 0;
  }
  looked() {
    const maps = { columns: 1, rows: 1, head: new Float32Array(6), features: new Float32Array(96) };
    this.say({ type: 'looked', id: this.lastLook(), maps });
  }
  answer(id: number, name: string) {
    const score = { name } as never;
    const milliseconds = { network: 1, total: 2 };
    this.say({ type: 'scored', id, scores: [score], activations: [], milliseconds });
  }
}

const patches = [Float32Array.of(1)];
const vectors = Promise.resolve([Float32Array.of(2)]);

const setUp = (hasAdapter?: () => Promise<boolean>) => {
  const workers: FakeWorker[] = [];
  const seen = new Set<() => void>();
  const statuses: EngineStatus[] = [];
  const client = createInferenceClient({
    packUrl: 'http://localhost/models/x/',
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
    ...(hasAdapter ? { hasAdapter } : {}),
    onVisible: (listener) => {
      seen.add(listener);
      return () => seen.delete(listener);
    },
  });
  client.onStatus((status) => statuses.push(status));
  const last = () => workers.at(-1) as FakeWorker;
  const comeIntoView = () => seen.forEach((listener) => listener());
  const status = () => statuses.at(-1) as EngineStatus;
  return { client, workers, last, status, statuses, comeIntoView };
};

const origins: readonly ViewOrigin[] = [];

const REFUSED = message('pack.refused', { reason: 'weights.bin is wrong' });

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
    await expect(failing).rejects.toMatchObject({
      said: message('engine.not-scored', { reason: 'out of memory' }),
    });
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
    expect(last().sent.map((m) => m.type)).toEqual(['start', 'lanes', 'score']);
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
      notice: message('backend.lost', { backend: 'WebGPU', reason: 'driver reset' }),
    });
  });

  it('takes a worker that hangs for a lost device', () => {
    const { client, workers, last } = setUp();
    last().ready();
    void client.score('A', patches, origins, vectors);
    vi.advanceTimersByTime(200_000);
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
      excluded: [
        { backend: 'webgpu', reason: { code: 'backend.lost-often', values: { times: 2 } } },
      ],
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
    last().say({ type: 'failed', reason: REFUSED });
    await expect(waiting).rejects.toMatchObject({ said: REFUSED });
    await expect(client.score('B', patches, origins, vectors)).rejects.toMatchObject({
      said: REFUSED,
    });
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

  describe('whose start comes to a standstill', () => {
    const STEP = message('engine.step.network', { backend: 'WebAssembly' });
    const STANDSTILL = message('engine.standstill', { step: STEP });
    const standStill = async (worker: FakeWorker) => {
      worker.say({ type: 'chosen', backend: 'wasm' });
      worker.say({ type: 'progress', step: STEP, fraction: 0.55 });
      await vi.advanceTimersByTimeAsync(50_000);
    };

    afterEach(() => vi.unstubAllGlobals());

    it('starts once more with one lane, and says so', async () => {
      vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
      const { workers, last, status } = setUp();
      await standStill(workers[0] as FakeWorker);
      expect(workers).toHaveLength(2);
      expect(workers[0]?.ended).toBe(true);
      expect(workers[0]?.sent[0]).toMatchObject({ type: 'start', lanes: 4 });
      expect(last().sent[0]).toMatchObject({ type: 'start', lanes: 1 });
      last().ready('wasm');
      expect(status()).toMatchObject({
        phase: 'ready',
        notice: message('engine.again', { reason: STANDSTILL }),
      });
      await vi.advanceTimersByTimeAsync(600_000);
      expect(workers).toHaveLength(2);
    });

    it('fails plainly the second time, and starts anew when it is told to', async () => {
      const { client, workers, last, status } = setUp();
      const waiting = client.score('A', patches, origins, vectors);
      const failed = expect(waiting).rejects.toMatchObject({
        said: message('engine.not-started', { reason: STANDSTILL }),
      });
      await standStill(workers[0] as FakeWorker);
      await standStill(workers[1] as FakeWorker);
      await failed;
      expect(status()).toEqual({
        phase: 'failed',
        reason: message('engine.not-started', { reason: STANDSTILL }),
      });
      client.retry();
      client.retry();
      expect(workers).toHaveLength(3);
      last().ready('wasm');
      expect(status()).not.toHaveProperty('notice');
      const again = client.score('A', patches, origins, vectors);
      last().answer(last().runs()[0] as number, 'after all');
      await expect(again).resolves.toMatchObject({ score: { name: 'after all' } });
    });

    it('passes a graphics backend over that stands still twice', async () => {
      const { workers, last } = setUp();
      for (const worker of [0, 1]) {
        workers[worker]?.say({ type: 'chosen', backend: 'webgl' });
        await vi.advanceTimersByTimeAsync(200_000);
      }
      expect(last().sent[0]).toMatchObject({ excluded: [{ backend: 'webgl' }] });
    });

    it('waits as long as it hears of progress', async () => {
      const { workers, last } = setUp();
      for (let i = 0; i < 20; i++) {
        await vi.advanceTimersByTimeAsync(40_000);
        last().say({ type: 'progress', step: message('engine.step.pack'), fraction: i / 40 });
      }
      expect(workers).toHaveLength(1);
    });
  });

  describe('without a graphics card for WebGPU at first', () => {
    /** Which looks find one: the first is 0. */
    const later = (finds: (look: number) => boolean | Promise<boolean>) => {
      let looks = 0;
      return vi.fn(async () => finds(looks++));
    };

    it.each([
      ['at the next look', 0, 3_000],
      ['after a minute', 2, 90_000],
    ])('moves up when it comes %s, and the old engine answers meanwhile', async (_, look, ms) => {
      const { client, workers, status } = setUp(later((n) => n >= look));
      const [first] = workers as [FakeWorker];
      first.ready('wasm');
      expect(status()).toMatchObject({ lacksAdapter: true });
      await vi.advanceTimersByTimeAsync(ms);
      expect(workers).toHaveLength(2);
      const [, second] = workers as [FakeWorker, FakeWorker];
      expect(status()).toMatchObject({ phase: 'ready', info: { backend: 'wasm' } });
      const meanwhile = client.score('A', patches, origins, vectors);
      first.answer(first.runs()[0] as number, 'on wasm');
      await expect(meanwhile).resolves.toMatchObject({ info: { backend: 'wasm' } });
      const interrupted = client.score('A', patches, origins, vectors);
      second.ready('webgpu');
      expect(first.ended).toBe(true);
      expect(status()).toMatchObject({
        phase: 'ready',
        info: { backend: 'webgpu' },
        notice: message('engine.card.moved', { backend: 'WebAssembly' }),
      });
      expect(status()).not.toHaveProperty('lacksAdapter');
      second.answer(second.runs()[0] as number, 'on the card');
      await expect(interrupted).resolves.toMatchObject({
        score: { name: 'on the card' },
        info: { backend: 'webgpu' },
      });
    });

    it('looks when the page comes into view and by hand, and says when there is none', async () => {
      let isThere = false;
      const look = later(() => isThere);
      const { client, workers, last, status, comeIntoView } = setUp(look);
      last().ready('webgl');
      await vi.advanceTimersByTimeAsync(600_000);
      const before = look.mock.calls.length;
      comeIntoView();
      await vi.advanceTimersByTimeAsync(0);
      expect(look).toHaveBeenCalledTimes(before + 1);
      await client.lookForAdapter();
      expect(look).toHaveBeenCalledTimes(before + 2);
      expect(status()).toMatchObject({
        notice: message('engine.card.none'),
      });
      isThere = true;
      await client.lookForAdapter();
      expect(workers).toHaveLength(2);
    });

    it.each([
      ['cannot be started', (w: FakeWorker) => w.say({ type: 'backend-failed', reason: 'bad' })],
      ['computes other numbers', (w: FakeWorker) => w.say({ type: 'blocked', reason: REFUSED })],
      ['dies', (w: FakeWorker) => w.onerror?.({ message: 'bad' } as ErrorEvent)],
    ])('stays where it is when the card %s, and tries again by hand', async (_, fail) => {
      const { client, workers, status, comeIntoView } = setUp(later(() => true));
      const [first] = workers as [FakeWorker];
      first.ready('wasm');
      await vi.advanceTimersByTimeAsync(3_000);
      fail(workers[1] as FakeWorker);
      expect([first.ended, workers[1]?.ended]).toEqual([false, true]);
      expect(status()).toMatchObject({
        phase: 'ready',
        info: { backend: 'wasm' },
        notice: { code: 'engine.card.failed' },
      });
      comeIntoView();
      await vi.advanceTimersByTimeAsync(600_000);
      expect(workers).toHaveLength(2);
      await client.lookForAdapter();
      expect(workers).toHaveLength(3);
    });

    it('stays on the backend that was chosen by hand, and on one that WebGPU was left for', async () => {
      const chosen = setUp(later(() => true));
      chosen.last().ready('wasm');
      void chosen.client.switchBackend('webgl');
      chosen.last().ready('webgl');
      const left = setUp(later(() => true));
      left.last().say({ type: 'chosen', backend: 'webgpu' });
      left.last().say({ type: 'backend-failed', reason: 'shader error' });
      left.last().ready('wasm');
      await vi.advanceTimersByTimeAsync(600_000);
      expect([chosen.workers.length, left.workers.length]).toEqual([2, 2]);
    });
  });

  describe('looks', () => {
    const view = (width: number) => ({ width, height: 32, data: new Float32Array(width * 32) });
    const settle = () => vi.advanceTimersByTimeAsync(0);

    it('asks for the finder when first needed, while scores go on, and looks when no score waits', async () => {
      const { client, last } = setUp();
      last().ready();
      expect(last().asked()).toEqual([]);
      const first = client.look('1', view(32));
      const second = client.look('2', view(64));
      void client.score('A', patches, origins, vectors);
      expect(last().asked()).toEqual(['finder', 'score']);
      last().say({ type: 'finder-ready' });
      void client.score('B', patches, origins, vectors);
      last().answer(last().runs()[0] as number, 'a');
      last().answer(last().runs()[1] as number, 'b');
      expect(last().asked()).toEqual(['finder', 'score', 'score', 'look 32']);
      void client.score('C', patches, origins, vectors);
      last().looked();
      expect(await first).toMatchObject({ columns: 1 });
      last().answer(last().runs()[2] as number, 'c');
      expect(last().asked().slice(4)).toEqual(['score', 'look 64']);
      last().looked();
      expect(await second).toBeDefined();
    });

    it('does not look at what nobody waits for any more', async () => {
      const { client, last } = setUp();
      last().ready();
      const [queued, running] = [new AbortController(), new AbortController()];
      const one = client.look('1', view(32), running.signal);
      const two = client.look('2', view(64), queued.signal);
      const three = client.look('3', view(96));
      last().say({ type: 'finder-ready' });
      running.abort();
      queued.abort();
      expect(await one).toBeUndefined();
      expect(await two).toBeUndefined();
      expect(await client.look('4', view(128), AbortSignal.abort())).toBeUndefined();
      last().looked();
      expect(last().asked()).toEqual(['finder', 'look 32', 'look 96']);
      last().looked();
      expect(await three).toBeDefined();
    });

    it('looks again after the device was lost, with the finder loaded anew, scores first', async () => {
      const { client, workers, last } = setUp();
      last().ready();
      const looking = client.look('1', view(32));
      void client.look('2', view(64));
      last().say({ type: 'finder-ready' });
      last().say({ type: 'lost', reason: 'the driver was reset' });
      expect(workers).toHaveLength(2);
      void client.score('A', patches, origins, vectors);
      last().ready();
      expect(last().asked()).toEqual(['score']);
      last().answer(last().runs()[0] as number, 'a');
      expect(last().asked()).toEqual(['score', 'finder']);
      last().say({ type: 'finder-ready' });
      expect(last().asked().at(-1)).toBe('look 32');
      last().looked();
      expect(await looking).toBeDefined();
    });

    it('moves to another backend with what is still to be looked at', async () => {
      const { client, last } = setUp();
      last().ready();
      const looking = client.look('1', view(32));
      last().say({ type: 'finder-ready' });
      void client.switchBackend('wasm');
      last().ready('wasm');
      last().say({ type: 'finder-ready' });
      last().looked();
      expect(await looking).toBeDefined();
    });

    it('says why the finder is refused, scores all the same, and tries again when asked again', async () => {
      const { client, last } = setUp();
      last().ready();
      const looking = [client.look('1', view(32)), client.look('2', view(64))];
      const said = Promise.allSettled(looking);
      void client.score('A', patches, origins, vectors);
      last().say({ type: 'finder-refused', reason: message('engine.not-ready') });
      const failed = { code: 'look.refused', values: { reason: { code: 'engine.not-ready' } } };
      for (const outcome of await said)
        expect(outcome).toMatchObject({ status: 'rejected', reason: { said: failed } });
      last().answer(last().runs()[0] as number, 'a');
      void client.look('1', view(32)).catch(() => undefined);
      expect(last().asked()).toEqual(['finder', 'score', 'finder']);
    });

    it('says why one view could not be looked at, and goes on', async () => {
      const { client, last } = setUp();
      last().ready();
      const looking = client.look('1', view(32));
      const refused = expect(looking).rejects.toMatchObject({ said: { code: 'look.not-looked' } });
      const next = client.look('2', view(64));
      last().say({ type: 'finder-ready' });
      last().say({ type: 'look-failed', id: last().lastLook(), reason: 'out of memory' });
      await refused;
      last().looked();
      expect(await next).toBeDefined();
      await settle();
    });
  });
});
