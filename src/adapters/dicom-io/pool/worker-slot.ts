import { message } from '../../../core/message/message.ts';
import { createAsker } from '../../../workers/ask.ts';
import type { WorkerLike } from '../../../workers/protocol.ts';
import type { FileOpening, OpenRequest, OpenResponse } from './worker-protocol.ts';

const CRASHED = message('file.decoder-crashed');
const TOO_SLOW = message('file.too-slow');

/**
 * One place of the pool: a worker that is started when first needed, thrown away when it crashes
 * or does not answer, and started afresh for the next file.
 */
export const createWorkerSlot = (start: () => WorkerLike, patienceMs: number) => {
  const worker = createAsker<FileOpening>({ start, patience: patienceMs });
  return {
    /** Never rejects: a worker that gives no answer is a file that was not opened. */
    ask: async (request: OpenRequest): Promise<OpenResponse> => {
      const answer = await worker.ask('open', [request]);
      if (answer.ok) return answer.value;
      const reason = answer.error.why === 'silent' ? TOO_SLOW : CRASHED;
      return { ok: false, failure: { fileName: request.path, reason } };
    },
    /** Ends the worker; a question still open is answered as a failure. */
    close: () => worker.end(),
  };
};

export type WorkerSlot = ReturnType<typeof createWorkerSlot>;
