import { message, type Message } from '../../../core/message/message.ts';
import type { OpenRequest, OpenResponse } from './worker-protocol.ts';

/** The part of a Worker that the pool uses. */
export interface WorkerLike {
  postMessage(message: OpenRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<OpenResponse>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const CRASHED = message('file.decoder-crashed');
const TOO_SLOW = message('file.too-slow');

/**
 * One place of the pool: a worker that is started when first needed, thrown away when it crashes
 * or does not answer, and started afresh for the next file.
 */
export const createWorkerSlot = (spawn: () => WorkerLike, patienceMs: number) => {
  let worker: WorkerLike | undefined;
  let giveUp: (() => void) | undefined;

  const discard = (): void => {
    worker?.terminate();
    worker = undefined;
  };

  const ask = (request: OpenRequest): Promise<OpenResponse> =>
    new Promise((resolve) => {
      const current = (worker ??= spawn());
      const settle = (response: OpenResponse): void => {
        clearTimeout(timer);
        giveUp = undefined;
        resolve(response);
      };
      const fail = (reason: Message): void => {
        discard();
        settle({ ok: false, failure: { fileName: request.path, reason } });
      };
      const timer = setTimeout(() => fail(TOO_SLOW), patienceMs);
      giveUp = () => fail(CRASHED);
      current.onmessage = (event) => settle(event.data);
      current.onmessageerror = () => fail(CRASHED);
      current.onerror = (event) => {
        event.preventDefault?.();
        fail(CRASHED);
      };
      current.postMessage(request);
    });

  return {
    ask,
    /** Ends the worker; a question still open is answered as a failure. */
    close: (): void => {
      giveUp?.();
      discard();
    },
  };
};

export type WorkerSlot = ReturnType<typeof createWorkerSlot>;
