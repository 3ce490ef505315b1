import { message, type Message, type Value } from '../../core/message/message.ts';
import { startPageLanes, type PageLanes } from './page-lanes.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import type { BackendName } from '../../ports/inference.ts';

/** Longest silence of a start, ms. Loading tells of every piece, checking of every patch. */
const SILENCE_MS: Readonly<Record<BackendName | 'loading', number>> = {
  loading: 60_000,
  wasm: 45_000,
  // Compiling shaders is one silent step, and slow where a processor plays the graphics card.
  webgl: 180_000,
  webgpu: 180_000,
};

export type StartMessage = ToWorker & { readonly type: 'start' };

export interface EngineWorkerOptions {
  readonly start: StartMessage;
  readonly createWorker: () => Worker;
  /** The worker of a lane; unless told, the browser's. */
  readonly createLane?: (() => Worker) | undefined;
  readonly onMessage: (message: FromWorker) => void;
  readonly onCrash: (reason: Value) => void;
  /** The start came to a standstill; `step` says at what. */
  readonly onStandstill: (step: Message) => void;
}

/** One inference worker with its lanes. Nothing is heard of it after `end`. */
export interface EngineWorker {
  send(message: ToWorker): void;
  end(): void;
}

/** Starts an inference worker, gives it the lanes that it needs, and watches over its start. */
export const startEngineWorker = (options: EngineWorkerOptions): EngineWorker => {
  const { start, onMessage, onCrash, onStandstill } = options;
  const worker = options.createWorker();
  let lanes: PageLanes | undefined;
  let isOver = false;
  let patience = SILENCE_MS.loading;
  let step: Message = message('engine.step.start');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (asked: ToWorker, transfer: Transferable[] = []) =>
    worker.postMessage(asked, transfer);
  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(() => onStandstill(step), patience);
  };
  const giveLanes = (backend: BackendName) => {
    const count = backend === 'wasm' ? start.lanes - 1 : 0;
    lanes = startPageLanes(
      count,
      (lane, reason) => {
        if (!isOver) send({ type: 'lane-gone', lane, reason });
      },
      options.createLane,
    );
    send({ type: 'lanes', ports: lanes.ports }, lanes.ports);
  };
  /** A start is over with the first message that is neither progress nor the choice of a backend. */
  const note = (told: FromWorker) => {
    if (told.type === 'chosen') {
      patience = SILENCE_MS[told.backend];
      giveLanes(told.backend);
    } else if (told.type === 'progress') step = told.step;
    else return clearTimeout(timer);
    waitOn();
  };

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (isOver) return;
    if (data.type !== 'memory') note(data);
    onMessage(data);
  };
  worker.onerror = (event) => {
    event.preventDefault?.();
    clearTimeout(timer);
    if (!isOver) onCrash(event.message || message('engine.worker-stopped'));
  };
  waitOn();
  send(start);
  return {
    send,
    end: () => {
      isOver = true;
      clearTimeout(timer);
      worker.terminate();
      lanes?.end();
    },
  };
};
