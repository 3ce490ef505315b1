import { message, type Message, type Value } from '../../core/message/message.ts';
import type { BackendName } from '../../ports/inference.ts';
import { type Asker, createAsker } from '../../workers/ask.ts';
import type { WorkerLike } from '../../workers/protocol.ts';
import { startPageLanes, type PageLanes } from './page-lanes.ts';
import type { Inference, InferenceTells, Started, StartRequest } from './worker-messages.ts';

/** Longest silence of a start, ms. Loading tells of every piece, checking of every patch. */
const SILENCE_MS: Readonly<Record<BackendName | 'loading', number>> = {
  loading: 60_000,
  wasm: 45_000,
  // Compiling shaders is one silent step, and slow where a processor plays the graphics card.
  webgl: 180_000,
  webgpu: 180_000,
};

export interface EngineWorkerOptions {
  readonly start: StartRequest;
  readonly createWorker: () => WorkerLike;
  /** The worker of a lane; unless told, the browser's. */
  readonly createLane?: (() => Worker) | undefined;
  readonly onProgress?: (step: Message, fraction: number) => void;
  readonly onChosen: (backend: BackendName) => void;
  readonly onStarted: (end: Started) => void;
  /** The device was lost, or the worker crashed or fell silent. */
  readonly onLoss: (reason: Value) => void;
  /** The start came to a standstill; `step` says at what. */
  readonly onStandstill: (step: Message) => void;
}

/** One inference worker with its lanes. Nothing is heard of it after `end`. */
export type EngineWorker = Pick<Asker<Inference>, 'ask' | 'tell' | 'end'>;

/** Starts an inference worker, gives it the lanes that it needs, and watches over its start. */
export const startEngineWorker = (options: EngineWorkerOptions): EngineWorker => {
  const { start } = options;
  let lanes: PageLanes | undefined;
  let isOver = false;
  let patience = SILENCE_MS.loading;
  let step: Message = message('engine.step.start');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(() => options.onStandstill(step), patience);
  };
  const lose = (reason: Value) => {
    clearTimeout(timer);
    if (!isOver) options.onLoss(reason);
  };
  const worker = createAsker<Inference, InferenceTells>({
    start: () => {
      if (isOver) throw new Error('the engine was ended');
      return options.createWorker();
    },
    listen: {
      progress: (at, fraction) => {
        step = at;
        waitOn();
        options.onProgress?.(at, fraction);
      },
      chosen: (backend) => {
        patience = SILENCE_MS[backend];
        giveLanes(backend);
        waitOn();
        options.onChosen(backend);
      },
      lost: lose,
    },
    onGone: ({ why, reason }) => lose(why === 'silent' ? message('engine.silent') : reason),
  });
  const tell: EngineWorker['tell'] = (...said) => {
    if (!isOver) worker.tell(...said);
  };
  const giveLanes = (backend: BackendName) => {
    const count = backend === 'wasm' ? start.lanes - 1 : 0;
    lanes = startPageLanes(
      count,
      (lane, reason) => tell('lane-gone', [lane, reason]),
      options.createLane,
    );
    tell('lanes', [lanes.ports], lanes.ports);
  };

  waitOn();
  void worker.ask('start', [start]).then((end) => {
    // A worker that is gone before has said so by then.
    if (isOver || (!end.ok && end.error.why !== 'refused')) return;
    clearTimeout(timer);
    if (end.ok) options.onStarted(end.value);
    else options.onStarted({ kind: 'backend-failed', reason: end.error.reason });
  });
  return {
    ask: worker.ask,
    tell,
    end: (reason) => {
      isOver = true;
      clearTimeout(timer);
      worker.end(reason);
      lanes?.end();
    },
  };
};
