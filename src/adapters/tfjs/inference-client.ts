import { Failure } from '../../core/message/failure.ts';
import { message, type Message, type Value } from '../../core/message/message.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import { backendLabel, type Excluded } from './backend-choice.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import type { AnalyticVectors } from '../../core/lesion/view-input.ts';
import type { SetScores } from './engine.ts';
import { type AdapterWatch, onPageVisible, watchForAdapter } from './adapter-watch.ts';
import { type EngineWorker, startEngineWorker, type StartMessage } from './engine-worker.ts';
import { browserGpu, hasHardwareAdapter, wasmLanes } from './probe-backends.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import type {
  EngineInfo,
  BackendName,
  EngineStatus,
  InferencePort,
} from '../../ports/inference.ts';

/**
 * The page's side of the inference worker. Views and requests outlive the worker. Listeners hear the
 * present status at once; requests run one after the other, scores before looks; `switchBackend` starts again on the named
 * backend, software or not, and resolves when that is settled.
 */
export interface InferenceClient extends InferencePort {
  /** Starts anew after a failure, as if for the first time; without effect while it starts or runs. */
  retry(): void;
  /**
   * Looks for the graphics card that WebGPU did not have, says what comes of it, and moves up to it. The
   * engine of before answers until the other is ready. Without effect where there is nothing to look for.
   */
  lookForAdapter(): Promise<void>;
  /** Number of tensors that tfjs holds, for leak tests. */
  memory(): Promise<number>;
  /** Loses the device on purpose, for tests. */
  simulateLoss(): void;
  dispose(): void;
}

export interface InferenceOptions {
  /** Absolute address of the pack's folder. */
  readonly packUrl: string;
  /** SHA-256 in hex that its manifest.json must have: the page's own copy. Not compared where undefined. */
  readonly manifestSha256?: string | undefined;
  readonly requested?: BackendName | undefined;
  readonly createWorker?: () => Worker;
  readonly createLane?: () => Worker;
  /** Whether WebGPU has a graphics card now; unless told, the browser is asked. */
  readonly hasAdapter?: () => Promise<boolean>;
  readonly onVisible?: (listener: () => void) => () => void;
}

/** A backend lost this often without an answer in between is given up for the next. */
const LOSSES_PER_BACKEND = 2;
/** A start that comes to a standstill is tried so often on one backend, from the second time on with one lane. */
const TRIES_PER_BACKEND = 2;
/** A request that loses the device each time is given up after so many runs. */
const RUNS_PER_REQUEST = 3;
/** A run that takes longer counts as a loss: a GPU that hangs may never say so. */
const RUN_LIMIT_MS = 180_000;

interface Batch {
  readonly key: string;
  readonly sets: readonly (readonly Float32Array[])[];
  readonly origins: readonly ViewOrigin[];
  readonly analytic: Promise<readonly AnalyticVectors[]>;
}

type BatchAnswer = SetScores & { readonly info: EngineInfo };

/** What a worker says of a run. */
type Answer = FromWorker & { readonly type: 'scored' | 'score-failed' | 'looked' | 'look-failed' };

/** Something that is run, again where the device is lost, until it is answered or not wanted any more. */
interface Request {
  readonly kind: 'score' | 'look';
  /** A newer request of the same key takes its place. */
  readonly key: string;
  run(id: number): void;
  hear(answer: Answer): void;
  readonly reject: (error: Error) => void;
  /** Nobody waits for it any more. */
  drop(): void;
  runs: number;
}

const startWorker = () =>
  new Worker(new URL('./inference-worker.ts', import.meta.url), { type: 'module' });

export const createInferenceClient = (options: InferenceOptions): InferenceClient => {
  const createWorker = options.createWorker ?? startWorker;
  const hasAdapter = options.hasAdapter ?? (browserGpu() ? () => hasHardwareAdapter() : undefined);
  const listeners = new Set<(status: EngineStatus) => void>();
  const settledWaiters: (() => void)[] = [];
  const memoryWaiters = new Map<number, (numTensors: number) => void>();

  let status: EngineStatus = { phase: 'idle' };
  let worker: EngineWorker | undefined;
  /** An engine on WebGPU that is being started beside the one in use. */
  let successor: EngineWorker | undefined;
  let watch: AdapterWatch | undefined;
  let standstills = 0;
  let requested = options.requested;
  let excluded: readonly Excluded[] = [];
  let backend: BackendName | undefined;
  let losses = 0;
  let notice: Message | undefined;
  /** Of the worker in use. */
  let finder: 'asked' | 'ready' | undefined;
  let queue: Request[] = [];
  let running: { id: number; request: Request; timer: ReturnType<typeof setTimeout> } | undefined;
  let lastId = 0;

  const send = (told: ToWorker) => worker?.send(told);

  const setStatus = (next: EngineStatus) => {
    status = next;
    for (const listener of listeners) listener(next);
    if (next.phase !== 'starting') for (const resolve of settledWaiters.splice(0)) resolve();
  };

  const takeRunning = (): Request | undefined => {
    if (running) clearTimeout(running.timer);
    const request = running?.request;
    running = undefined;
    return request;
  };

  /** Whether the finder of the worker in use is at hand; it is asked for once. */
  const hasFinder = (): boolean => {
    if (finder === undefined) {
      finder = 'asked';
      send({ type: 'finder' });
    }
    return finder === 'ready';
  };

  const runNext = () => {
    if (status.phase !== 'ready' || running) return;
    const [request] = queue;
    if (!request || (request.kind === 'look' && !hasFinder())) return;
    queue = queue.slice(1);
    request.runs++;
    const id = ++lastId;
    const timer = setTimeout(() => onLoss(message('engine.silent')), RUN_LIMIT_MS);
    running = { id, request, timer };
    request.run(id);
  };

  /** Into its place: first the scores, which the reader waits for, then the looks. */
  const line = (request: Request, place: 'first' | 'last') => {
    const isBefore = (other: Request) =>
      request.kind === other.kind ? place === 'first' : request.kind === 'score';
    const at = queue.findIndex(isBefore);
    queue = queue.toSpliced(at < 0 ? queue.length : at, 0, request);
  };

  /** Sends the patches, and the measurements when they are there. */
  const sendScore = (
    id: number,
    { sets, origins, analytic }: Pick<Batch, 'sets' | 'origins' | 'analytic'>,
  ) => {
    send({ type: 'score', id, sets, origins });
    analytic.then(
      (vectors) => running?.id === id && send({ type: 'measured', id, sets: vectors }),
      (error: Error) => {
        if (running?.id !== id) return;
        send({ type: 'measured', id, sets: undefined });
        takeRunning()?.reject(error);
        runNext();
      },
    );
  };

  /** No answer will come: the worker is of no use, and every request hears why. */
  const giveUp = (phase: 'failed' | 'blocked', reason: Message) => {
    stopWorker();
    const waiting = [takeRunning(), ...queue];
    queue = [];
    setStatus({ phase, reason });
    for (const request of waiting) request?.reject(new Failure(reason));
  };

  const stopSuccessor = () => {
    successor?.end();
    successor = undefined;
    watch?.end();
    watch = undefined;
  };

  const stopWorker = () => {
    stopSuccessor();
    finder = undefined;
    worker?.end();
    worker = undefined;
    for (const resolve of memoryWaiters.values()) resolve(0);
    memoryWaiters.clear();
  };

  const start = () => {
    stopWorker();
    backend = undefined;
    setStatus({ phase: 'starting', step: message('engine.step.start'), fraction: 0 });
    worker = startEngineWorker({
      start: startMessage(standstills === 0 ? wasmLanes() : 1),
      createWorker,
      createLane: options.createLane,
      onMessage,
      onCrash: onLoss,
      onStandstill,
    });
  };

  const startMessage = (lanes: number): StartMessage => {
    const { packUrl, manifestSha256 } = options;
    return { type: 'start', packUrl, manifestSha256, requested, excluded, lanes };
  };

  /** Puts the interrupted request back in front, unless it has had its share of runs. */
  const requeueRunning = () => {
    const request = takeRunning();
    if (!request) return;
    if (request.runs < RUNS_PER_REQUEST) line(request, 'first');
    else request.reject(new Failure(message('engine.runs', { runs: request.runs })));
  };

  const exclude = (name: BackendName, reason: Value) => {
    excluded = [...excluded, { backend: name, reason }];
    losses = 0;
    standstills = 0;
    notice = message('backend.dropped', { backend: backendLabel(name), reason });
  };

  const onLoss = (reason: Value) => {
    const lostBackend = backend;
    losses++;
    if (!lostBackend && losses > LOSSES_PER_BACKEND)
      return giveUp('failed', message('engine.not-started', { reason }));
    requeueRunning();
    if (lostBackend && losses >= LOSSES_PER_BACKEND)
      exclude(lostBackend, message('backend.lost-often', { times: losses, reason }));
    else if (lostBackend)
      notice = message('backend.lost', { backend: backendLabel(lostBackend), reason });
    start();
  };

  /** A start that stands still would do so for good: once more with one lane, then without this backend. */
  const onStandstill = (step: Message) => {
    const reason = message('engine.standstill', { step });
    standstills++;
    if (standstills < TRIES_PER_BACKEND) {
      notice = message('engine.again', { reason });
      return start();
    }
    if (!backend || backend === 'wasm')
      return giveUp('failed', message('engine.not-started', { reason }));
    exclude(backend, reason);
    start();
  };

  /** Chosen by hand it stays; and a backend that failed is not returned to by itself. */
  const mayMoveUp = (info: EngineInfo) =>
    requested === undefined &&
    info.backend !== 'webgpu' &&
    !excluded.some((e) => e.backend === 'webgpu');

  const toReady = ({ info, reference }: FromWorker & { type: 'ready' }) => {
    standstills = 0;
    watch?.end();
    const lacksAdapter = hasAdapter !== undefined && mayMoveUp(info);
    watch = lacksAdapter
      ? watchForAdapter({
          find: hasAdapter,
          onVisible: options.onVisible ?? onPageVisible,
          onFound: moveUp,
        })
      : undefined;
    setStatus({
      phase: 'ready',
      info,
      reference,
      ...(notice ? { notice } : {}),
      ...(lacksAdapter ? { lacksAdapter } : {}),
    });
    runNext();
  };

  const sayWhileReady = (said: Message) => {
    notice = said;
    if (status.phase === 'ready') setStatus({ ...status, notice });
  };

  /** Starts WebGPU beside the engine in use, which goes on until the other is ready to take over. */
  const moveUp = () => {
    if (successor || status.phase !== 'ready') return;
    const { info } = status;
    const abandon = (reason: Value) => {
      successor?.end();
      successor = undefined;
      sayWhileReady(message('engine.card.failed', { reason }));
    };
    sayWhileReady(message('engine.card.starting'));
    const own: EngineWorker = startEngineWorker({
      start: startMessage(wasmLanes()),
      createWorker,
      createLane: options.createLane,
      onMessage: (told) => {
        if (own === worker) return onMessage(told);
        if (told.type === 'chosen' && told.backend !== 'webgpu')
          return abandon(message('backend.no-longer-offered'));
        if (told.type === 'ready') return takeOver(own, told, info);
        if ('reason' in told) abandon(told.reason);
      },
      onCrash: (reason) => (own === worker ? onLoss(reason) : abandon(reason)),
      onStandstill: (step) => abandon(message('engine.standstill', { step })),
    });
    successor = own;
  };

  /** A run that is under way is run again: its score would be of an engine that is no longer in use. */
  const takeOver = (
    next: EngineWorker,
    ready: FromWorker & { type: 'ready' },
    before: EngineInfo,
  ) => {
    successor = undefined;
    const interrupted = takeRunning();
    if (interrupted) {
      interrupted.runs--;
      line(interrupted, 'first');
    }
    stopWorker();
    worker = next;
    backend = 'webgpu';
    losses = 0;
    notice = message('engine.card.moved', { backend: backendLabel(before.backend) });
    toReady(ready);
  };

  const onMessage = (told: FromWorker) => {
    switch (told.type) {
      case 'progress':
        return setStatus({ phase: 'starting', step: told.step, fraction: told.fraction });
      case 'chosen':
        backend = told.backend;
        return;
      case 'ready':
        return toReady(told);
      case 'blocked':
      case 'failed':
        return giveUp(told.type, told.reason);
      case 'backend-failed':
        if (!backend)
          return giveUp('failed', message('engine.not-started', { reason: told.reason }));
        exclude(backend, message('backend.not-started', { reason: told.reason }));
        return start();
      case 'lost':
        return onLoss(told.reason);
      case 'finder-ready':
        finder = 'ready';
        return runNext();
      case 'finder-refused':
        return refuseLooks(told.reason);
      case 'memory':
        memoryWaiters.get(told.id)?.(told.numTensors);
        memoryWaiters.delete(told.id);
        return;
      case 'scored':
      case 'score-failed':
      case 'looked':
      case 'look-failed':
        return onAnswer(told);
    }
  };

  /** Until somebody asks again, and it is tried again. */
  const refuseLooks = (reason: Message) => {
    finder = undefined;
    const looks = queue.filter(({ kind }) => kind === 'look');
    queue = queue.filter(({ kind }) => kind !== 'look');
    for (const request of looks) request.reject(new Failure(message('look.refused', { reason })));
  };

  const onAnswer = (told: Answer) => {
    if (told.id !== running?.id || status.phase !== 'ready') return;
    losses = 0;
    takeRunning()?.hear(told);
    runNext();
  };

  /** A newer request of the same key makes older ones moot, queued or running. */
  const supersede = (key: string) => {
    for (const old of queue.filter((r) => r.key === key)) old.drop();
    queue = queue.filter((r) => r.key !== key);
    if (running?.request.key === key) running.request.drop();
  };

  const enqueue = <T>(
    make: (settle: {
      resolve(answer: T | undefined): void;
      reject(error: Error): void;
    }) => Omit<Request, 'drop' | 'reject' | 'runs'>,
  ): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const request = make({ resolve, reject });
      supersede(request.key);
      if (status.phase === 'failed' || status.phase === 'blocked')
        return reject(new Failure(status.reason));
      line({ ...request, reject, drop: () => resolve(undefined), runs: 0 }, 'last');
      runNext();
    });

  const scoreSets = ({ key, ...batch }: Batch): Promise<BatchAnswer | undefined> => {
    // A request that never runs must not leave a failure that nobody hears.
    batch.analytic.catch(() => undefined);
    return enqueue<BatchAnswer>(({ resolve, reject }) => ({
      kind: 'score',
      key,
      run: (id) => sendScore(id, batch),
      hear: (told) => {
        if (told.type === 'scored' && status.phase === 'ready') {
          const { scores, activations, milliseconds } = told;
          resolve({ scores, activations, milliseconds, info: status.info });
        } else if (told.type === 'score-failed')
          reject(new Failure(message('engine.not-scored', { reason: told.reason })));
      },
    }));
  };

  const look: InferencePort['look'] = (key, view, signal) => {
    if (signal?.aborted) return Promise.resolve(undefined);
    const name = `look ${key}`;
    const dropIt = () => {
      supersede(name);
    };
    signal?.addEventListener('abort', dropIt, { once: true });
    return enqueue<FinderMaps>(({ resolve, reject }) => ({
      kind: 'look',
      key: name,
      run: (id) => send({ type: 'look', id, view }),
      hear: (told) => {
        if (told.type === 'looked') resolve(told.maps);
        else if (told.type === 'look-failed')
          reject(new Failure(message('look.not-looked', { reason: told.reason })));
      },
    })).finally(() => signal?.removeEventListener('abort', dropIt));
  };

  /** What failed before is tried again. */
  const forget = () => {
    excluded = [];
    losses = 0;
    standstills = 0;
    notice = undefined;
  };

  start();
  return {
    onStatus: (listener) => {
      listeners.add(listener);
      listener(status);
      return () => listeners.delete(listener);
    },
    score: async (key, patches, origins, analytic) => {
      const whole = analytic.then((vectors) => [vectors]);
      const answer = await scoreSets({ key, sets: [patches], origins, analytic: whole });
      if (!answer) return undefined;
      const { scores, ...rest } = answer;
      return { score: scores[0] as LesionScore, ...rest };
    },
    scoreEach: async (key, sets, origins, analytic) =>
      (await scoreSets({ key, sets, origins, analytic }))?.scores,
    look,
    switchBackend: (name) =>
      new Promise((resolve) => {
        requested = name;
        forget();
        const interrupted = takeRunning();
        if (interrupted) line(interrupted, 'first');
        settledWaiters.push(resolve);
        start();
      }),
    retry: () => {
      if (status.phase !== 'failed' && status.phase !== 'blocked') return;
      forget();
      start();
    },
    lookForAdapter: async () => {
      if (!watch || successor) return;
      if (!(await watch.look())) sayWhileReady(message('engine.card.none'));
    },
    memory: () =>
      new Promise((resolve) => {
        const id = ++lastId;
        memoryWaiters.set(id, resolve);
        send({ type: 'memory', id });
      }),
    simulateLoss: () => send({ type: 'simulate-loss' }),
    dispose: () => giveUp('failed', message('engine.closed')),
  };
};
