import type { MeasuredVectors } from '../../core/lesion/view-input.ts';
import { message, type Value } from '../../core/message/message.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInferenceClient } from './inference-client.ts';
import type { Raster } from '../../core/image/resample.ts';
import type { Inference, InferenceTells } from './worker-messages.ts';
import type { AnswerOf, Asked, AskedOf, NameOf, Said, WorkerLike } from '../../workers/protocol.ts';
import type { BackendName, EngineStatus } from '../../ports/inference.ts';

/** Lets what was said reach those who wait for it. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** A worker that a test answers for. */
class FakeWorker implements WorkerLike {
  readonly sent: Asked[] = [];
  onmessage: WorkerLike['onmessage'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  onerror: WorkerLike['onerror'] = null;
  ended = false;
  postMessage(asked: Asked) {
    this.sent.push(asked);
  }
  terminate() {
    this.ended = true;
  }
  async #say(data: Said) {
    this.onmessage?.({ data } as MessageEvent<Said>);
    await settle();
  }
  tell<N extends NameOf<InferenceTells>>(name: N, ...values: AskedOf<InferenceTells, N>) {
    return this.#say({ kind: 'told', name, values });
  }
  /** Identifier of the latest question of a name. */
  #last(name: NameOf<Inference>) {
    return this.sent.findLast((asked) => asked.name === name)?.id ?? 0;
  }
  answer<N extends NameOf<Inference>>(name: N, value: AnswerOf<Inference, N>) {
    return this.#say({ kind: 'answer', id: this.#last(name), value });
  }
  refuse(name: NameOf<Inference>, reason: Value) {
    return this.#say({ kind: 'refusal', id: this.#last(name), reason });
  }
  async ready(backend: BackendName = 'webgpu') {
    await this.tell('chosen', backend);
    await this.answer('start', {
      kind: 'ready',
      info: { backend, adapter: backend, software: false, passedOver: [] },
      reference: { schemaVersion: 1, lesions: [], operatingPoints: [] },
    });
  }
  /** What its start was asked with. */
  start() {
    return this.sent.find(({ name }) => name === 'start')?.values[0];
  }
  /** The runs that were asked for, by the number that their measurements name. */
  runs() {
    return this.sent.flatMap((asked) => (asked.name === 'score' ? [asked.values[0]] : []));
  }
  /** What was asked for in order: scores, looks by their width, and the finder. */
  asked() {
    return this.sent.flatMap(({ name, values }) => {
      if (name === 'look') return [`look ${(values[0] as Raster).width}`];
      return ['score', 'finder'].includes(name) ? [name] : [];
    });
  }
  looked() {
    const maps = { columns: 1, rows: 1, head: new Float32Array(6), features: new Float32Array(96) };
    return this.answer('look', maps);
  }
  /** Answers the run of this place among those asked for. */
  score(place: number, name: string) {
    const { id = 0 } = this.sent.filter((asked) => asked.name === 'score')[place] ?? {};
    const milliseconds = { network: 1, total: 2 };
    const value = { scores: [{ name }], activations: [], milliseconds };
    return this.#say({ kind: 'answer', id, value });
  }
}

const patches = [Float32Array.of(1)];
const vectors = Promise.resolve([{ analytic: Float32Array.of(2) }]);

const setUp = (hasAdapter?: () => Promise<boolean>) => {
  const workers: FakeWorker[] = [];
  const seen = new Set<() => void>();
  const statuses: EngineStatus[] = [];
  const client = createInferenceClient({
    packUrl: 'http://localhost/models/x/',
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
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
    await last().ready();
    expect(last().runs()).toHaveLength(1);
    await last().score(0, 'first');
    await last().score(1, 'second');
    await expect(first).resolves.toMatchObject({ score: { name: 'first' } });
    await expect(second).resolves.toMatchObject({ score: { name: 'second' } });
  });

  it('lets a newer request of a key replace the older, queued or running', async () => {
    const { client, last } = setUp();
    await last().ready();
    const running = client.score('A', patches, origins, vectors);
    const queued = client.score('A', patches, origins, vectors);
    const newest = client.score('A', patches, origins, vectors);
    await expect(running).resolves.toBeUndefined();
    await expect(queued).resolves.toBeUndefined();
    await last().score(0, 'stale');
    await last().score(1, 'new');
    await expect(newest).resolves.toMatchObject({ score: { name: 'new' } });
    expect(last().runs()).toHaveLength(2);
  });

  it('goes on after a run that failed', async () => {
    const { client, last } = setUp();
    await last().ready();
    const failing = client.score('A', patches, origins, vectors);
    const next = client.score('B', patches, origins, vectors);
    const refused = expect(failing).rejects.toMatchObject({
      said: message('engine.not-scored', { reason: 'out of memory' }),
    });
    await last().refuse('score', 'out of memory');
    await refused;
    await last().score(1, 'second');
    await expect(next).resolves.toMatchObject({ score: { name: 'second' } });
  });

  it('starts the network before the lesion is measured, and hands the measurements on', async () => {
    const { client, last } = setUp();
    await last().ready();
    let measured: (vectors: MeasuredVectors) => void = () => undefined;
    const asked = client.score(
      'A',
      patches,
      origins,
      new Promise((resolve) => (measured = resolve)),
    );
    const [id] = last().runs() as [number];
    expect(last().sent.map(({ name }) => name)).toEqual(['start', 'lanes', 'score']);
    measured([{ analytic: Float32Array.of(7) }]);
    await vi.advanceTimersByTimeAsync(0);
    expect(last().sent.at(-1)).toEqual({
      name: 'measured',
      values: [id, [[{ analytic: Float32Array.of(7) }]]],
    });
    await last().score(0, 'both');
    await expect(asked).resolves.toMatchObject({ score: { name: 'both' } });
  });

  it('gives up a run whose lesion cannot be measured, and goes on', async () => {
    const { client, last } = setUp();
    await last().ready();
    const failing = client.score('A', patches, origins, Promise.reject(new Error('no outline')));
    const next = client.score('B', patches, origins, vectors);
    await expect(failing).rejects.toThrow('no outline');
    const [first] = last().runs();
    expect(last().sent).toContainEqual({ name: 'measured', values: [first, undefined] });
    await last().score(0, 'stale');
    await last().score(1, 'second');
    await expect(next).resolves.toMatchObject({ score: { name: 'second' } });
  });

  it('has the worker forget the patches of a patient that is closed', async () => {
    const { client, last } = setUp();
    await last().ready();
    client.forgetPatches();
    expect(last().sent.at(-1)).toMatchObject({ name: 'forget-patches', values: [] });
  });

  it('repeats the run on a new worker when the device is lost, and says so', async () => {
    const { client, workers, last, status } = setUp();
    await last().ready();
    const asked = client.score('A', patches, origins, vectors);
    await last().tell('lost', 'driver reset');
    expect(workers).toHaveLength(2);
    expect(workers[0]?.ended).toBe(true);
    await last().ready();
    await last().score(0, 'repeated');
    await expect(asked).resolves.toMatchObject({ score: { name: 'repeated' } });
    expect(status()).toMatchObject({
      notice: message('backend.lost', { backend: 'WebGPU', reason: 'driver reset' }),
    });
  });

  it('repeats the run on a new worker when the worker dies, and hears the dead one no more', async () => {
    const { client, workers, last } = setUp();
    await last().ready();
    const asked = client.score('A', patches, origins, vectors);
    last().onerror?.({ message: 'no memory' } as ErrorEvent);
    await settle();
    expect(workers).toHaveLength(2);
    const [dead] = workers as [FakeWorker];
    await dead.tell('lost', 'too late');
    await dead.score(0, 'too late');
    expect(workers).toHaveLength(2);
    await last().ready();
    await last().score(0, 'repeated');
    await expect(asked).resolves.toMatchObject({ score: { name: 'repeated' } });
  });

  it('takes a worker that hangs for a lost device', async () => {
    const { client, workers, last } = setUp();
    await last().ready();
    void client.score('A', patches, origins, vectors);
    vi.advanceTimersByTime(200_000);
    expect(workers).toHaveLength(2);
  });

  it('gives a backend up that is lost twice without an answer in between', async () => {
    const { last } = setUp();
    await last().ready();
    await last().tell('lost', 'once');
    await last().ready();
    await last().tell('lost', 'again');
    expect(last().start()).toMatchObject({
      excluded: [
        { backend: 'webgpu', reason: { code: 'backend.lost-often', values: { times: 2 } } },
      ],
    });
  });

  it('passes on to the next backend when one cannot be started', async () => {
    const { last, status } = setUp();
    await last().tell('chosen', 'webgpu');
    await last().answer('start', { kind: 'backend-failed', reason: 'shader error' });
    expect(last().start()).toMatchObject({ excluded: [{ backend: 'webgpu' }] });
    await last().ready('webgl');
    expect(status()).toMatchObject({ phase: 'ready', info: { backend: 'webgl' } });
  });

  it('refuses every request with the reason once the pack is refused', async () => {
    const { client, last, status } = setUp();
    const waiting = client.score('A', patches, origins, vectors);
    const refused = expect(waiting).rejects.toMatchObject({ said: REFUSED });
    await last().answer('start', { kind: 'failed', reason: REFUSED });
    await refused;
    await expect(client.score('B', patches, origins, vectors)).rejects.toMatchObject({
      said: REFUSED,
    });
    expect(status().phase).toBe('failed');
  });

  it('starts again on the backend that is chosen by hand, with what was running', async () => {
    const { client, workers, last } = setUp();
    await last().ready();
    const asked = client.score('A', patches, origins, vectors);
    const switched = client.switchBackend('wasm');
    expect(workers).toHaveLength(2);
    expect(last().start()).toMatchObject({ requested: 'wasm', excluded: [] });
    await last().ready('wasm');
    await switched;
    await last().score(0, 'on wasm');
    await expect(asked).resolves.toMatchObject({ info: { backend: 'wasm' } });
  });

  describe('whose start comes to a standstill', () => {
    const STEP = message('engine.step.network', { backend: 'WebAssembly' });
    const STANDSTILL = message('engine.standstill', { step: STEP });
    const standStill = async (worker: FakeWorker) => {
      await worker.tell('chosen', 'wasm');
      await worker.tell('progress', STEP, 0.55);
      await vi.advanceTimersByTimeAsync(50_000);
    };

    afterEach(() => vi.unstubAllGlobals());

    it('starts once more with one lane, and says so', async () => {
      vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
      const { workers, last, status } = setUp();
      await standStill(workers[0] as FakeWorker);
      expect(workers).toHaveLength(2);
      expect(workers[0]?.ended).toBe(true);
      expect(workers[0]?.start()).toMatchObject({ lanes: 4 });
      expect(last().start()).toMatchObject({ lanes: 1 });
      await last().ready('wasm');
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
      await last().ready('wasm');
      expect(status()).not.toHaveProperty('notice');
      const again = client.score('A', patches, origins, vectors);
      await last().score(0, 'after all');
      await expect(again).resolves.toMatchObject({ score: { name: 'after all' } });
    });

    it('passes a graphics backend over that stands still twice', async () => {
      const { workers, last } = setUp();
      for (const worker of [0, 1]) {
        await workers[worker]?.tell('chosen', 'webgl');
        await vi.advanceTimersByTimeAsync(200_000);
      }
      expect(last().start()).toMatchObject({ excluded: [{ backend: 'webgl' }] });
    });

    it('waits as long as it hears of progress', async () => {
      const { workers, last } = setUp();
      for (let i = 0; i < 20; i++) {
        await vi.advanceTimersByTimeAsync(40_000);
        await last().tell('progress', message('engine.step.pack'), i / 40);
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
      await first.ready('wasm');
      expect(status()).toMatchObject({ lacksAdapter: true });
      await vi.advanceTimersByTimeAsync(ms);
      expect(workers).toHaveLength(2);
      const [, second] = workers as [FakeWorker, FakeWorker];
      expect(status()).toMatchObject({ phase: 'ready', info: { backend: 'wasm' } });
      const meanwhile = client.score('A', patches, origins, vectors);
      await first.score(0, 'on wasm');
      await expect(meanwhile).resolves.toMatchObject({ info: { backend: 'wasm' } });
      const interrupted = client.score('A', patches, origins, vectors);
      await second.ready('webgpu');
      expect(first.ended).toBe(true);
      expect(status()).toMatchObject({
        phase: 'ready',
        info: { backend: 'webgpu' },
        notice: message('engine.card.moved', { backend: 'WebAssembly' }),
      });
      expect(status()).not.toHaveProperty('lacksAdapter');
      await second.score(0, 'on the card');
      await expect(interrupted).resolves.toMatchObject({
        score: { name: 'on the card' },
        info: { backend: 'webgpu' },
      });
    });

    it('looks when the page comes into view and by hand, and says when there is none', async () => {
      let isThere = false;
      const look = later(() => isThere);
      const { client, workers, last, status, comeIntoView } = setUp(look);
      await last().ready('webgl');
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
      [
        'cannot be started',
        (w: FakeWorker) => w.answer('start', { kind: 'backend-failed', reason: 'bad' }),
      ],
      [
        'computes other numbers',
        (w: FakeWorker) => w.answer('start', { kind: 'blocked', reason: REFUSED }),
      ],
      ['dies', (w: FakeWorker) => w.onerror?.({ message: 'bad' } as ErrorEvent)],
    ])('stays where it is when the card %s, and tries again by hand', async (_, fail) => {
      const { client, workers, status, comeIntoView } = setUp(later(() => true));
      const [first] = workers as [FakeWorker];
      await first.ready('wasm');
      await vi.advanceTimersByTimeAsync(3_000);
      await fail(workers[1] as FakeWorker);
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
      await chosen.last().ready('wasm');
      void chosen.client.switchBackend('webgl');
      await chosen.last().ready('webgl');
      const left = setUp(later(() => true));
      await left.last().tell('chosen', 'webgpu');
      await left.last().answer('start', { kind: 'backend-failed', reason: 'shader error' });
      await left.last().ready('wasm');
      await vi.advanceTimersByTimeAsync(600_000);
      expect([chosen.workers.length, left.workers.length]).toEqual([2, 2]);
    });
  });

  describe('looks', () => {
    const view = (width: number) => ({ width, height: 32, data: new Float32Array(width * 32) });

    it('asks for the finder when first needed, while scores go on, and looks when no score waits', async () => {
      const { client, last } = setUp();
      await last().ready();
      expect(last().asked()).toEqual([]);
      const first = client.look('1', view(32));
      const second = client.look('2', view(64));
      void client.score('A', patches, origins, vectors);
      expect(last().asked()).toEqual(['finder', 'score']);
      await last().answer('finder', undefined);
      void client.score('B', patches, origins, vectors);
      await last().score(0, 'a');
      await last().score(1, 'b');
      expect(last().asked()).toEqual(['finder', 'score', 'score', 'look 32']);
      void client.score('C', patches, origins, vectors);
      await last().looked();
      expect(await first).toMatchObject({ columns: 1 });
      await last().score(2, 'c');
      expect(last().asked().slice(4)).toEqual(['score', 'look 64']);
      await last().looked();
      expect(await second).toBeDefined();
    });

    it('does not look at what nobody waits for any more', async () => {
      const { client, last } = setUp();
      await last().ready();
      const [queued, running] = [new AbortController(), new AbortController()];
      const one = client.look('1', view(32), running.signal);
      const two = client.look('2', view(64), queued.signal);
      const three = client.look('3', view(96));
      await last().answer('finder', undefined);
      running.abort();
      queued.abort();
      expect(await one).toBeUndefined();
      expect(await two).toBeUndefined();
      expect(await client.look('4', view(128), AbortSignal.abort())).toBeUndefined();
      await last().looked();
      expect(last().asked()).toEqual(['finder', 'look 32', 'look 96']);
      await last().looked();
      expect(await three).toBeDefined();
    });

    it('looks again after the device was lost, with the finder loaded anew, scores first', async () => {
      const { client, workers, last } = setUp();
      await last().ready();
      const looking = client.look('1', view(32));
      void client.look('2', view(64));
      await last().answer('finder', undefined);
      await last().tell('lost', 'the driver was reset');
      expect(workers).toHaveLength(2);
      void client.score('A', patches, origins, vectors);
      await last().ready();
      expect(last().asked()).toEqual(['score']);
      await last().score(0, 'a');
      expect(last().asked()).toEqual(['score', 'finder']);
      await last().answer('finder', undefined);
      expect(last().asked().at(-1)).toBe('look 32');
      await last().looked();
      expect(await looking).toBeDefined();
    });

    it('moves to another backend with what is still to be looked at', async () => {
      const { client, last } = setUp();
      await last().ready();
      const looking = client.look('1', view(32));
      await last().answer('finder', undefined);
      void client.switchBackend('wasm');
      await last().ready('wasm');
      await last().answer('finder', undefined);
      await last().looked();
      expect(await looking).toBeDefined();
    });

    it('says why the finder is refused, scores all the same, and tries again when asked again', async () => {
      const { client, last } = setUp();
      await last().ready();
      const looking = [client.look('1', view(32)), client.look('2', view(64))];
      const said = Promise.allSettled(looking);
      void client.score('A', patches, origins, vectors);
      await last().refuse('finder', message('engine.not-ready'));
      const failed = { code: 'look.refused', values: { reason: { code: 'engine.not-ready' } } };
      for (const outcome of await said)
        expect(outcome).toMatchObject({ status: 'rejected', reason: { said: failed } });
      await last().score(0, 'a');
      void client.look('1', view(32)).catch(() => undefined);
      expect(last().asked()).toEqual(['finder', 'score', 'finder']);
    });

    it('says why one view could not be looked at, and goes on', async () => {
      const { client, last } = setUp();
      await last().ready();
      const looking = client.look('1', view(32));
      const refused = expect(looking).rejects.toMatchObject({ said: { code: 'look.not-looked' } });
      const next = client.look('2', view(64));
      await last().answer('finder', undefined);
      await last().refuse('look', 'out of memory');
      await refused;
      await last().looked();
      expect(await next).toBeDefined();
    });
  });
});
