import { errorOf, Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { FinderInput, FinderRule } from '../../core/finder/finder-input.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { PlacedView } from '../../core/finder/look-at-view.ts';
import type { ViewCandidate } from '../../core/finder/view-cues.ts';
import type { BreastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import { divideView, putTogether, type ViewPart } from '../../core/lesion/measure-together.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/geometry/box.ts';
import type { LesionContour } from '../../core/segmentation/types.ts';
import { type Asker, createAsker } from '../../workers/ask.ts';
import type { AnswerOf, AskedOf, WorkerLike } from '../../workers/protocol.ts';
import { measuringCount, workerCount } from '../../workers/worker-count.ts';
import type { Analysis } from './messages.ts';
import type { Mark } from '../../ports/analysis.ts';
import { rememberViews } from './remember-views.ts';
import { type Busy, shareHelp, whileBusy } from './with-help.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

/**
 * The page's side of the workers that outline and measure lesions. They alone keep the working images,
 * each image in one of them: the page never touches them, so nothing here can freeze it. The views of a
 * lesion are measured side by side, and where workers are idle then, they measure parts of a view.
 */
export interface AnalysisClient {
  /**
   * Hands a working image over; the caller's copy is empty afterwards. Images of one `group`, such as
   * those of a breast, are spread over the workers before all else.
   */
  keep(sop: string, working: WorkingImage, group?: string): void;
  drop(sop: string): void;
  /** Measures a reference picture, so that the first lesion does not wait for the compiler. */
  warmUp(rule: ViewRule): void;
  /** What the network sees of one marked view. Rejects with a Failure. */
  patch(sop: string, box: Box, rule: ViewRule): Promise<Float32Array>;
  /** The outline and the features of marked views, in turn; takes longer. Rejects like `patch`. */
  measure(marks: readonly Mark[], rule: ViewRule): Promise<readonly MeasuredView[]>;
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
  /** Workers to share the images, at least one. */
  readonly workers?: number;
  /** How many of them may measure at a time for a view to be shared among them. */
  readonly atOnce?: number;
}

type OfImage = Exclude<keyof Analysis, 'warm-up' | 'keep' | 'drop' | 'part'>;

/** Where an image is measured, for as long as it is open. */
interface Place {
  readonly shard: Shard;
  readonly group: string | undefined;
}

/** One worker, which is started when it is first needed, and again after it was lost. */
interface Shard extends Busy {
  readonly asker: Asker<Analysis>;
  /** The images that the worker of now has. */
  readonly kept: Set<string>;
}

const startShard = (start: () => WorkerLike, patience: number): Shard => {
  const kept = new Set<string>();
  return {
    load: 0,
    kept,
    asker: createAsker<Analysis>({ start, patience, onGone: () => kept.clear() }),
  };
};

export const createAnalysisClient = (options: AnalysisOptions): AnalysisClient => {
  const { workingImage, start = startWorker, patience = PATIENCE } = options;
  const { workers = workerCount(), atOnce = measuringCount() } = options;
  const shards = Array.from({ length: workers }, () => startShard(start, patience));
  const places = new Map<string, Place>();

  /** The worker with the fewest images of the group, and of those the one with the fewest at all. */
  const choose = (group: string | undefined): Shard => {
    const all = [...places.values()];
    const weight = (shard: Shard) => {
      const own = all.filter((place) => place.shard === shard);
      const alike = group === undefined ? [] : own.filter((place) => place.group === group);
      return [alike.length, own.length] as const;
    };
    const [first, ...others] = shards.map((shard) => ({ shard, weight: weight(shard) }));
    if (!first) throw new Error('there is no worker to measure with');
    return others.reduce((least, other) => {
      const [a, b] = [least.weight, other.weight];
      return b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? other : least;
    }, first).shard;
  };
  const placeOf = (sop: string, group?: string): Shard => {
    const place = places.get(sop) ?? { shard: choose(group), group };
    places.set(sop, place);
    return place.shard;
  };
  const keep = (sop: string, working: WorkingImage, group?: string) => {
    const transfer = [working.data.buffer as ArrayBuffer, working.breast.buffer as ArrayBuffer];
    const { asker, kept } = placeOf(sop, group);
    asker.tell('keep', [sop, working], transfer);
    kept.add(sop);
  };
  const askOf = async <N extends keyof Analysis>(
    shard: Shard,
    name: N,
    asked: AskedOf<Analysis, N>,
  ): Promise<AnswerOf<Analysis, N>> => {
    const answer = await whileBusy([shard], () => shard.asker.ask(name, asked));
    if (answer.ok) return answer.value;
    const { why, reason } = answer.error;
    throw why === 'refused'
      ? errorOf(reason)
      : new Failure(message('engine.not-measured', { reason }));
  };
  /** Asks about an image, which a worker that was started anew gets first. */
  const ask = async <N extends OfImage>(
    name: N,
    ...asked: AskedOf<Analysis, N>
  ): Promise<AnswerOf<Analysis, N>> => {
    const [sop] = asked;
    if (!places.get(sop)?.shard.kept.has(sop)) {
      const again = workingImage(sop);
      if (!again) throw new Failure(message('image.closed'));
      keep(sop, again);
    }
    return askOf(placeOf(sop), name, asked);
  };
  /** The first part is of the worker that has the image, and the others of the helpers, in turn. */
  const measureInParts = async (
    sop: string,
    box: Box,
    rule: ViewRule,
    [first, ...others]: readonly [ViewPart, ...ViewPart[]],
    helpers: readonly Shard[],
  ): Promise<MeasuredView> => {
    // The worker goes from one to the next without waiting for the page.
    const cutting = ask('cut', sop, box);
    const outlining = ask('outline-in', sop, box);
    const measuring = ask('own-part', sop, box, rule, first);
    const helping = others.map(async (part, i) => {
      const [cut, contour] = await Promise.all([cutting, outlining]);
      return askOf(helpers[i] as Shard, 'part', [part, cut, box, contour]);
    });
    const [contour, own, ...values] = await Promise.all([outlining, measuring, ...helping]);
    return {
      contour,
      ...(own.problem ? { problem: own.problem } : {}),
      ...putTogether(rule.features, [first, ...others], [own.values, ...values]),
    };
  };
  const measureOne = (
    [sop, box]: Mark,
    rule: ViewRule,
    helpers: readonly Shard[],
  ): Promise<MeasuredView> => {
    const [first, ...others] = divideView(rule.features, helpers.length + 1);
    return first && others.length > 0
      ? whileBusy(helpers, () => measureInParts(sop, box, rule, [first, ...others], helpers))
      : ask('measure', sop, box, rule);
  };
  // Asked of the workers before this returns: what waits for the page's turn to end would wait for its drawing.
  const views = rememberViews((marks, rule) => {
    const owners = marks.flatMap(([sop]) => places.get(sop)?.shard ?? []);
    const helpers = shareHelp(shards, owners, atOnce);
    return marks.map((mark, i) => measureOne(mark, rule, helpers[i] ?? []));
  });

  return {
    keep: (sop, working, group) => {
      views.forget(sop);
      keep(sop, working, group);
    },
    drop: (sop) => {
      views.forget(sop);
      const shard = places.get(sop)?.shard;
      places.delete(sop);
      if (shard?.kept.delete(sop)) shard.asker.tell('drop', [sop]);
    },
    warmUp: (rule) => {
      for (const { asker } of shards) asker.tell('warm-up', [rule]);
    },
    patch: (sop, box, rule) => ask('patch', sop, box, rule),
    measure: views.measure,
    outline: (sop, seed) => ask('outline', sop, seed),
    landmarks: (sop) => ask('landmarks', sop),
    finderInput: (sop, rule) => ask('finder-input', sop, rule),
    candidates: (sop, maps, view) => ask('candidates', sop, maps, view),
  };
};
