import { Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import { finderInput } from '../../core/finder/finder-input.ts';
import { candidatesInView } from '../../core/finder/look-at-view.ts';
import { breastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import { type MeasuredView, measureView, type ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/geometry/box.ts';
import { goldenView } from '../../core/pack/golden-view.ts';
import { extractPatch } from '../../core/features/extract-patch.ts';
import { segmentLesion } from '../../core/segmentation/segment-lesion.ts';
import { handingOver, type Handlers } from '../../workers/protocol.ts';
import type { Analysis } from './messages.ts';

/** Marks of one image whose measurements are kept: a lesion's other views stand when one is moved. */
const MOST_KEPT = 4;

/** After so many the browser has compiled what measuring takes. */
const WARM_UP_RUNS = 2;

const keyOf = ({ x, y, width, height }: Box, ...more: unknown[]): string =>
  [x, y, width, height, ...more].join();

/** Measures each box of one image once, as long as it is among the last few asked for. */
const rememberViews = (image: WorkingImage) => {
  const kept = new Map<string, MeasuredView>();
  let cut: { readonly key: string; readonly patch: Float32Array } | undefined;
  /** A box is measured right after its patch was cut. */
  const patch = (box: Box, rule: ViewRule): Float32Array => {
    const key = keyOf(box, rule.patch.size, rule.patch.context);
    if (cut?.key !== key) cut = { key, patch: extractPatch(image, box, rule.patch) };
    return cut.patch;
  };
  const view = (box: Box, rule: ViewRule): MeasuredView => {
    const key = keyOf(box, JSON.stringify(rule.features));
    const measured = kept.get(key) ?? measureView(image, box, rule, patch(box, rule));
    kept.delete(key);
    kept.set(key, measured);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
    return measured;
  };
  return { patch, view };
};

/** Keeps the working images and answers what is asked of them. */
export const createAnswerer = () => {
  const images = new Map<string, { working: WorkingImage } & ReturnType<typeof rememberViews>>();
  const imageOf = (sop: string) => {
    const image = images.get(sop);
    if (!image) throw new Failure(message('image.closed'));
    return image;
  };
  return {
    'warm-up': (rule) => {
      for (let i = 0; i < WARM_UP_RUNS; i++) goldenView(1, rule);
    },
    keep: (sop, working) => void images.set(sop, { working, ...rememberViews(working) }),
    drop: (sop) => void images.delete(sop),
    patch: (sop, box, rule) => imageOf(sop).patch(box, rule),
    measure: (sop, box, rule) => imageOf(sop).view(box, rule),
    outline: (sop, seed) => segmentLesion(imageOf(sop).working, seed),
    landmarks: (sop) => breastLandmarks(imageOf(sop).working),
    'finder-input': (sop, rule) => {
      const input = finderInput(imageOf(sop).working, rule);
      return handingOver(input, [input.data.buffer as ArrayBuffer]);
    },
    candidates: (sop, maps, view) =>
      candidatesInView(maps, { ...view, working: imageOf(sop).working }),
  } satisfies Handlers<Analysis>;
};
