import { errorOf, Failure, failureOf } from '../../core/message/failure.ts';
import { message, type Message, type Value } from '../../core/message/message.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import { backendLabel, type Excluded } from './backend-choice.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import type { MeasuredVectors } from '../../core/lesion/view-input.ts';
import type { SetScores } from './engine.ts';
import { type AdapterWatch, onPageVisible, watchForAdapter } from './adapter-watch.ts';
import { type EngineWorker, type EngineWorkerOptions, startEngineWorker } from './engine-worker.ts';
import { browserGpu, hasHardwareAdapter, wasmLanes } from './probe-backends.ts';
import type { Result } from '../../core/message/result.ts';
import type { NoAnswer } from '../../workers/ask.ts';
import type { WorkerLike } from '../../workers/protocol.ts';
import type { Started } from './worker-messages.ts';
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
  /** Keeps nothing of the patches of before: a patient was closed. */
  forgetPatches(): void;
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
  readonly createWorker?: () => WorkerLike;
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
  readonly measured: Promise<readonly MeasuredVectors[]>;
}

type BatchAnswer = SetScores & { readonly info: EngineInfo };

type Ready = Started & { readonly kind: 'ready' };

/** Something that is run, again where the device is lost, until it is answered or not wanted any more. */
interface Request {
  readonly kind: 'score' | 'look';
  /** A newer request of the same key takes its place. */
  readonly key: string;
  run(engine: EngineWorker, id: number): void;
  readonly reject: (error: Error) => void;
  /** Nobody waits for it any more. */
  drop(): void;
  runs: number;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./inference-worker.ts', import.meta.url), { type: 'module' });

export const createInferenceClient = (options: InferenceOptions): InferenceClient => {
  const createWorker = options.createWorker ?? startWorker;
  const hasAdapter = options.hasAdapter ?? (browserGpu() ? () => hasHardwareAdapter() : undefined);
  const listeners = new Set<(status: EngineStatus) => void>();
  const settledWaiters: (() => void)[] = [];

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
  let running: { id: number; request: Request } | undefined;
  let lastId = 0;

  const setStatus = (next: EngineStatus) => {
    status = next;
    for (const listener of listeners) listener(next);
    if (next.phase !== 'starting') for (const resolve of settledWaiters.splice(0)) resolve();
  };

  const takeRunning = (): Request | undefined => {
    const request = running?.request;
    running = undefined;
    return request;
  };

  const askForFinder = async () => {
    const engine = worker;
    const answer = await engine?.ask('finder', []);
    if (!answer || engine !== worker) return;
    if (!answer.ok) return refuseLooks(failureOf(errorOf(answer.error.reason)));
    finder = 'ready';
    runNext();
  };

  /** Whether the finder of the worker in use is at hand; it is asked for once. */
  const hasFinder = (): boolean => {
    if (finder === undefined) {
      finder = 'asked';
      void askForFinder();
    }
    return finder === 'ready';
  };

  const runNext = () => {
    if (!worker || status.phase !== 'ready' || running) return;
    const [request] = queue;
    if (!request || (request.kind === 'look' && !hasFinder())) return;
    queue = queue.slice(1);
    request.runs++;
    const id = ++lastId;
    running = { id, request };
    request.run(worker, id);
  };

  /** Hears the answer to a run, unless that was taken back, or the worker is gone and another runs it. */
  const hearRun = async <T>(
    id: number,
    asked: Promise<Result<T, NoAnswer>>,
    hear: (answer: Result<T, NoAnswer>) => void,
  ) => {
    const answer = await asked;
    if (running?.id !== id) return;
    losses = 0;
    takeRunning();
    hear(answer);
    runNext();
  };

  /** Into its place: first the scores, which the reader waits for, then the looks. */
  const line = (request: Request, place: 'first' | 'last') => {
    const isBefore = (other: Request) =>
      request.kind === other.kind ? place === 'first' : request.kind === 'score';
    const at = queue.findIndex(isBefore);
    queue = queue.toSpliced(at < 0 ? queue.length : at, 0, request);
  };

  /** The measurements follow when they are there. */
  const sendMeasured = (engine: EngineWorker, id: number, measured: Batch['measured']) =>
    measured.then(
      (vectors) => running?.id === id && engine.tell('measured', [id, vectors]),
      (error: Error) => {
        if (running?.id !== id) return;
        engine.tell('measured', [id, undefined]);
        takeRunning()?.reject(error);
        runNext();
      },
    );

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
  };

  const start = () => {
    stopWorker();
    backend = undefined;
    setStatus({ phase: 'starting', step: message('engine.step.start'), fraction: 0 });
    worker = begin(standstills === 0 ? wasmLanes() : 1, {
      onProgress: (step, fraction) => setStatus({ phase: 'starting', step, fraction }),
      onChosen: (name) => {
        backend = name;
      },
      onStarted,
      onLoss,
      onStandstill,
    });
  };

  const begin = (
    lanes: number,
    hearing: Omit<EngineWorkerOptions, 'start' | 'createWorker' | 'createLane'>,
  ): EngineWorker => {
    const { packUrl, manifestSha256, createLane } = options;
    const asked = { packUrl, manifestSha256, requested, excluded, lanes };
    return startEngineWorker({ start: asked, createWorker, createLane, ...hearing });
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

  const toReady = ({ info, reference }: Ready) => {
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
    const own: EngineWorker = begin(wasmLanes(), {
      onChosen: (name) => {
        if (name !== 'webgpu') abandon(message('backend.no-longer-offered'));
      },
      onStarted: (end) => (end.kind === 'ready' ? takeOver(own, end, info) : abandon(end.reason)),
      onLoss: (reason) => (own === worker ? onLoss(reason) : abandon(reason)),
      onStandstill: (step) => abandon(message('engine.standstill', { step })),
    });
    successor = own;
  };

  /** A run that is under way is run again: its score would be of an engine that is no longer in use. */
  const takeOver = (next: EngineWorker, ready: Ready, before: EngineInfo) => {
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

  const onStarted = (end: Started) => {
    if (end.kind === 'ready') return toReady(end);
    if (end.kind !== 'backend-failed') return giveUp(end.kind, end.reason);
    const { reason } = end;
    if (!backend) return giveUp('failed', message('engine.not-started', { reason }));
    exclude(backend, message('backend.not-started', { reason }));
    start();
  };

  /** Until somebody asks again, and it is tried again. */
  const refuseLooks = (reason: Message) => {
    finder = undefined;
    const looks = queue.filter(({ kind }) => kind === 'look');
    queue = queue.filter(({ kind }) => kind !== 'look');
    for (const request of looks) request.reject(new Failure(message('look.refused', { reason })));
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
    batch.measured.catch(() => undefined);
    return enqueue<BatchAnswer>(({ resolve, reject }) => ({
      kind: 'score',
      key,
      run: (engine, id) => {
        const asked = engine.ask('score', [id, batch.sets, batch.origins], {
          patience: RUN_LIMIT_MS,
        });
        void sendMeasured(engine, id, batch.measured);
        void hearRun(id, asked, (answer) => {
          if (!answer.ok)
            reject(new Failure(message('engine.not-scored', { reason: answer.error.reason })));
          else if (answer.value && status.phase === 'ready')
            resolve({ ...answer.value, info: status.info });
        });
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
      run: (engine, id) =>
        void hearRun(id, engine.ask('look', [view], { patience: RUN_LIMIT_MS }), (answer) =>
          answer.ok
            ? resolve(answer.value)
            : reject(new Failure(message('look.not-looked', { reason: answer.error.reason }))),
        ),
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
    score: async (key, patches, origins, measured) => {
      const whole = measured.then((vectors) => [vectors]);
      const answer = await scoreSets({ key, sets: [patches], origins, measured: whole });
      if (!answer) return undefined;
      const { scores, ...rest } = answer;
      return { score: scores[0] as LesionScore, ...rest };
    },
    scoreEach: async (key, sets, origins, measured) =>
      (await scoreSets({ key, sets, origins, measured }))?.scores,
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
    forgetPatches: () => worker?.tell('forget-patches', []),
    memory: async () => {
      const answer = await worker?.ask('memory', []);
      return answer?.ok ? answer.value : 0;
    },
    simulateLoss: () => worker?.tell('simulate-loss', []),
    dispose: () => giveUp('failed', message('engine.closed')),
  };
};
