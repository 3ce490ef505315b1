import type { WorkingImage } from '../../core/image/working-image.ts';
import type { ViewInput, ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/roi/box.ts';
import type { ImagePoint, LesionContour } from '../../core/segmentation/types.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/**
 * The page's side of the worker that outlines and measures lesions. The worker alone keeps the
 * working images: the page never touches them, so nothing here can freeze it.
 */
export interface AnalysisClient {
  /** Hands a working image over; the caller's copy is empty afterwards. */
  keep(sop: string, working: WorkingImage): void;
  drop(sop: string): void;
  /** What one marked view gives to the arms. Rejects with an Error whose message can be shown. */
  view(sop: string, box: Box, rule: ViewRule): Promise<ViewInput>;
  /** The outline of the lesion at a point (stored pixels): what a click alone proposes. */
  outline(sop: string, seed: ImagePoint): Promise<LesionContour>;
}

/** The part of a Worker that is used. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });

interface Waiter {
  readonly resolve: (answer: FromWorker) => void;
  readonly reject: (error: Error) => void;
}

export const createAnalysisClient = (start: () => WorkerLike = startWorker): AnalysisClient => {
  const waiting = new Map<number, Waiter>();
  let worker: WorkerLike | undefined;
  let lastId = 0;

  const settle = (answer: FromWorker) => {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.type === 'failed') waiter?.reject(new Error(answer.reason));
    else waiter?.resolve(answer);
  };
  const own = (): WorkerLike => {
    if (worker) return worker;
    worker = start();
    worker.onmessage = ({ data }) => settle(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      const reason = `The lesion could not be measured: ${event.message || 'the worker stopped'}`;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    };
    return worker;
  };
  const send = (message: ToWorker, transfer: Transferable[] = []) =>
    own().postMessage(message, transfer);
  const ask = (message: (id: number) => ToWorker): Promise<FromWorker> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      send(message(id));
    });

  return {
    keep: (sop, working) =>
      send({ type: 'keep', sop, working }, [
        working.data.buffer as ArrayBuffer,
        working.breast.buffer as ArrayBuffer,
      ]),
    drop: (sop) => send({ type: 'drop', sop }),
    view: async (sop, box, rule) => {
      const answer = await ask((id) => ({ type: 'view', id, sop, box, rule }));
      return (answer as FromWorker & { type: 'view' }).input;
    },
    outline: async (sop, seed) => {
      const answer = await ask((id) => ({ type: 'outline', id, sop, seed }));
      return (answer as FromWorker & { type: 'outline' }).contour;
    },
  };
};
