import type { BreastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
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
  /** Measures a reference picture, so that the first lesion does not wait for the compiler. */
  warmUp(rule: ViewRule): void;
  /** What the network sees of one marked view. Rejects with an Error whose message can be shown. */
  patch(sop: string, box: Box, rule: ViewRule): Promise<Float32Array>;
  /** The outline and the features of one marked view; takes longer. Rejects like `patch`. */
  measure(sop: string, box: Box, rule: ViewRule): Promise<MeasuredView>;
  /** The outline of the lesion at a point (stored pixels): what a click alone proposes. */
  outline(sop: string, seed: ImagePoint): Promise<LesionContour>;
  /** Outline of the breast and where its nipple probably is. */
  landmarks(sop: string): Promise<BreastLandmarks>;
}

/** The part of a Worker that is used. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });

interface Waiter {
  readonly resolve: (answer: FromWorker) => void;
  readonly reject: (error: Error) => void;
}

/** A lesion takes tenths of a second; a worker silent for so long is taken for dead, ms. */
const PATIENCE = 60_000;

export interface AnalysisOptions {
  /** Makes a working image again after the worker that had it is gone; undefined if it is not open. */
  readonly workingImage: (sop: string) => WorkingImage | undefined;
  readonly start?: () => WorkerLike;
  readonly patience?: number;
}

export const createAnalysisClient = (options: AnalysisOptions): AnalysisClient => {
  const { workingImage, start = startWorker, patience = PATIENCE } = options;
  const waiting = new Map<number, Waiter>();
  /** The images that the worker of now has. */
  const kept = new Set<string>();
  let worker: WorkerLike | undefined;
  let lastId = 0;

  const settle = (answer: FromWorker) => {
    const waiter = waiting.get(answer.id);
    if (answer.type === 'failed') waiter?.reject(new Error(answer.reason));
    else waiter?.resolve(answer);
  };
  /** Ends the worker; the next question starts another and brings it the image it is about. */
  const giveUp = (why: string) => {
    worker?.terminate();
    worker = undefined;
    kept.clear();
    const reason = `The lesion could not be measured: ${why}`;
    for (const { reject } of waiting.values()) reject(new Error(reason));
  };
  const own = (): WorkerLike => {
    if (worker) return worker;
    worker = start();
    worker.onmessage = ({ data }) => settle(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      giveUp(event.message || 'the worker stopped');
    };
    return worker;
  };
  const send = (message: ToWorker, transfer: Transferable[] = []) =>
    own().postMessage(message, transfer);
  const keep = (sop: string, working: WorkingImage) => {
    send({ type: 'keep', sop, working }, [
      working.data.buffer as ArrayBuffer,
      working.breast.buffer as ArrayBuffer,
    ]);
    kept.add(sop);
  };
  const ask = (sop: string, message: (id: number) => ToWorker): Promise<FromWorker> => {
    const again = kept.has(sop) ? undefined : workingImage(sop);
    if (again) keep(sop, again);
    const id = ++lastId;
    let timer: ReturnType<typeof setTimeout> | undefined;
    return new Promise<FromWorker>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      timer = setTimeout(() => giveUp('no answer came'), patience);
      send(message(id));
    }).finally(() => {
      waiting.delete(id);
      clearTimeout(timer);
    });
  };

  return {
    keep,
    drop: (sop) => {
      kept.delete(sop);
      send({ type: 'drop', sop });
    },
    warmUp: (rule) => send({ type: 'warm-up', rule }),
    patch: async (sop, box, rule) => {
      const answer = await ask(sop, (id) => ({ type: 'patch', id, sop, box, rule }));
      return (answer as FromWorker & { type: 'patch' }).patch;
    },
    measure: async (sop, box, rule) => {
      const answer = await ask(sop, (id) => ({ type: 'measure', id, sop, box, rule }));
      return (answer as FromWorker & { type: 'measure' }).view;
    },
    outline: async (sop, seed) => {
      const answer = await ask(sop, (id) => ({ type: 'outline', id, sop, seed }));
      return (answer as FromWorker & { type: 'outline' }).contour;
    },
    landmarks: async (sop) => {
      const answer = await ask(sop, (id) => ({ type: 'landmarks', id, sop }));
      return (answer as FromWorker & { type: 'landmarks' }).landmarks;
    },
  };
};
