import { errorOf, Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { FinderInput, FinderRule } from '../../core/finder/finder-input.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { PlacedView } from '../../core/finder/look-at-view.ts';
import type { ViewCandidate } from '../../core/finder/view-cues.ts';
import type { BreastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/geometry/box.ts';
import type { LesionContour } from '../../core/segmentation/types.ts';
import { createAsker } from '../../workers/ask.ts';
import type { AnswerOf, AskedOf, WorkerLike } from '../../workers/protocol.ts';
import type { Analysis } from './messages.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

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
  /** What the network sees of one marked view. Rejects with a Failure. */
  patch(sop: string, box: Box, rule: ViewRule): Promise<Float32Array>;
  /** The outline and the features of one marked view; takes longer. Rejects like `patch`. */
  measure(sop: string, box: Box, rule: ViewRule): Promise<MeasuredView>;
  /** The outline of the lesion at a point (stored pixels): what a click alone proposes. */
  outline(sop: string, seed: ImagePoint): Promise<LesionContour>;
  /** Outline of the breast and where its nipple probably is. */
  landmarks(sop: string): Promise<BreastLandmarks>;
  /** What the finder's network is given of an image. Rejects like `patch`. */
  finderInput(sop: string, rule: FinderRule): Promise<FinderInput>;
  /** What its maps come to. Rejects like `patch`. */
  candidates(
    sop: string,
    maps: FinderMaps,
    view: Omit<PlacedView, 'working'>,
  ): Promise<ViewCandidate[]>;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./analysis-worker.ts', import.meta.url), { type: 'module' });

/** A lesion takes tenths of a second; a worker silent for so long is taken for dead, ms. */
const PATIENCE = 60_000;

export interface AnalysisOptions {
  /** Makes a working image again after the worker that had it is gone; undefined if it is not open. */
  readonly workingImage: (sop: string) => WorkingImage | undefined;
  readonly start?: () => WorkerLike;
  readonly patience?: number;
}

type OfImage = Exclude<keyof Analysis, 'warm-up' | 'keep' | 'drop'>;

export const createAnalysisClient = (options: AnalysisOptions): AnalysisClient => {
  const { workingImage, start = startWorker, patience = PATIENCE } = options;
  /** The images that the worker of now has. */
  const kept = new Set<string>();
  const worker = createAsker<Analysis>({ start, patience, onGone: () => kept.clear() });
  const keep = (sop: string, working: WorkingImage) => {
    const transfer = [working.data.buffer as ArrayBuffer, working.breast.buffer as ArrayBuffer];
    worker.tell('keep', [sop, working], transfer);
    kept.add(sop);
  };
  /** Asks about an image, which a worker that was started anew gets first. */
  const ask = async <N extends OfImage>(
    name: N,
    ...asked: AskedOf<Analysis, N>
  ): Promise<AnswerOf<Analysis, N>> => {
    const [sop] = asked;
    const again = kept.has(sop) ? undefined : workingImage(sop);
    if (again) keep(sop, again);
    const answer = await worker.ask(name, asked);
    if (answer.ok) return answer.value;
    const { why, reason } = answer.error;
    throw why === 'refused'
      ? errorOf(reason)
      : new Failure(message('engine.not-measured', { reason }));
  };

  return {
    keep,
    drop: (sop) => {
      if (kept.delete(sop)) worker.tell('drop', [sop]);
    },
    warmUp: (rule) => worker.tell('warm-up', [rule]),
    patch: (sop, box, rule) => ask('patch', sop, box, rule),
    measure: (sop, box, rule) => ask('measure', sop, box, rule),
    outline: (sop, seed) => ask('outline', sop, seed),
    landmarks: (sop) => ask('landmarks', sop),
    finderInput: (sop, rule) => ask('finder-input', sop, rule),
    candidates: (sop, maps, view) => ask('candidates', sop, maps, view),
  };
};
