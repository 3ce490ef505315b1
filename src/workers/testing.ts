import type { Handlers, Said, Tells, WorkerLike, WorkerScope } from './protocol.ts';
import { serve, type Tell } from './serve.ts';

/** A worker for tests that runs in the same thread and can be made to crash. */
export interface TestWorker extends WorkerLike {
  /** Whether it was ended from outside. */
  readonly ended: () => boolean;
  /** Dies as a worker does, with the browser's message. */
  crash(message?: string): void;
}

const testWorker = (take: (message: Parameters<WorkerLike['postMessage']>[0]) => void) => {
  let ended = false;
  const worker: TestWorker = {
    postMessage: (message, transfer) => take(structuredClone(message, { transfer })),
    terminate: () => void (ended = true),
    ended: () => ended,
    crash: (message = '') => worker.onerror?.({ message } as ErrorEvent),
    onmessage: null,
    onmessageerror: null,
    onerror: null,
  };
  return worker;
};

/** Answers by the functions of a contract, copying and handing over memory as a real worker does. */
export const answeringWorker = <A extends object, T extends Tells = object>(
  makeHandlers: (tell: Tell<T>) => Handlers<A>,
): TestWorker => {
  const scope: WorkerScope = {
    onmessage: null,
    postMessage: (said, transfer) => {
      const data: Said = structuredClone(said, { transfer });
      queueMicrotask(() => {
        if (!worker.ended()) worker.onmessage?.({ data } as MessageEvent<Said>);
      });
    },
  };
  const worker = testWorker((data) => scope.onmessage?.({ data } as MessageEvent));
  serve<A, T>(makeHandlers, scope);
  return worker;
};

/** Takes questions and never answers. */
export const silentWorker = (): TestWorker => testWorker(() => undefined);
