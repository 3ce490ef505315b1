import { Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import { finderInput } from '../../core/finder/finder-input.ts';
import { candidatesInView } from '../../core/finder/look-at-view.ts';
import { cutLesion } from '../../core/features/analytic/lesion-cut.ts';
import { breastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import { patchProblem } from '../../core/lesion/judge-patch.ts';
import { measurePart } from '../../core/lesion/measures.ts';
import { measureView, type ViewRule } from '../../core/lesion/view-input.ts';
import { boxCentre, type Box } from '../../core/geometry/box.ts';
import { goldenView } from '../../core/pack/golden-view.ts';
import { extractPatch } from '../../core/features/extract-patch.ts';
import { segmentLesion } from '../../core/segmentation/segment-lesion.ts';
import { handingOver, type Handlers } from '../../workers/protocol.ts';
import type { Analysis } from './messages.ts';

/** After so many the browser has compiled what measuring takes. */
const WARM_UP_RUNS = 2;

const keyOf = ({ x, y, width, height }: Box, ...more: unknown[]): string =>
  [x, y, width, height, ...more].join();

/** `make` of what a key stands for, unless it is the key of the last time. */
const rememberLast = <V>() => {
  let last: { readonly key: string; readonly value: V } | undefined;
  return (key: string, make: () => V): V => {
    if (last?.key !== key) last = { key, value: make() };
    return last.value;
  };
};

/** An image and what was made of the last box in it: a view is measured in several steps. */
const keepImage = (working: WorkingImage) => {
  const patches = rememberLast<Float32Array>();
  const cuts = rememberLast<ReturnType<typeof cutLesion>>();
  const contours = rememberLast<ReturnType<typeof segmentLesion>>();
  return {
    working,
    patch: (box: Box, { patch }: ViewRule) =>
      patches(keyOf(box, patch.size, patch.context), () => extractPatch(working, box, patch)),
    cut: (box: Box) => cuts(keyOf(box), () => cutLesion(working, box)),
    contour: (box: Box) => contours(keyOf(box), () => segmentLesion(working, boxCentre(box), box)),
  };
};

/** Keeps the working images and answers what is asked of them. */
export const createAnswerer = () => {
  const images = new Map<string, ReturnType<typeof keepImage>>();
  const imageOf = (sop: string) => {
    const image = images.get(sop);
    if (!image) throw new Failure(message('image.closed'));
    return image;
  };
  return {
    'warm-up': (rule) => {
      for (let i = 0; i < WARM_UP_RUNS; i++) goldenView(1, rule);
    },
    keep: (sop, working) => void images.set(sop, keepImage(working)),
    drop: (sop) => void images.delete(sop),
    part: (part, cut, box, contour) => measurePart(part, cut, box, contour),
    patch: (sop, box, rule) => imageOf(sop).patch(box, rule),
    measure: (sop, box, rule) => {
      const { working, patch } = imageOf(sop);
      return measureView(working, box, rule, patch(box, rule));
    },
    cut: (sop, box) => imageOf(sop).cut(box),
    'outline-in': (sop, box) => imageOf(sop).contour(box),
    'own-part': (sop, box, rule, part) => {
      const { working, patch, cut, contour } = imageOf(sop);
      const problem = patchProblem(working, box, rule.patch, patch(box, rule));
      return { values: measurePart(part, cut(box), box, contour(box)), problem };
    },
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
