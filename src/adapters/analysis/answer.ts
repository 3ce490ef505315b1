import { breastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import { type MeasuredView, measureView, type ViewRule } from '../../core/lesion/view-input.ts';
import type { Box } from '../../core/roi/box.ts';
import { goldenView } from '../../core/pack/golden-view.ts';
import { extractPatch } from '../../core/roi/extract-patch.ts';
import { segmentLesion } from '../../core/segmentation/segment-lesion.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Marks of one image whose measurements are kept: a lesion's other views stand when one is moved. */
const MOST_KEPT = 4;

/** After so many the browser has compiled what measuring takes. */
const WARM_UP_RUNS = 2;

/** Measures each box of one image once, as long as it is among the last few asked for. */
const rememberViews = (image: WorkingImage) => {
  const kept = new Map<string, MeasuredView>();
  return (box: Box, rule: ViewRule): MeasuredView => {
    const { x, y, width, height } = box;
    const key = [x, y, width, height, rule.features.analytic?.schemaId].join();
    const view = kept.get(key) ?? measureView(image, box, rule);
    kept.delete(key);
    kept.set(key, view);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
    return view;
  };
};

/** Keeps the working images and answers what is asked of them; undefined where nothing is asked. */
export const createAnswerer = () => {
  const images = new Map<
    string,
    { working: WorkingImage; view: ReturnType<typeof rememberViews> }
  >();
  const imageOf = (sop: string) => {
    const image = images.get(sop);
    if (!image) throw new Error('the image is not open');
    return image;
  };
  const answerFor = (message: ToWorker): FromWorker | undefined => {
    switch (message.type) {
      case 'warm-up':
        for (let i = 0; i < WARM_UP_RUNS; i++) goldenView(1, message.rule);
        return undefined;
      case 'keep':
        images.set(message.sop, {
          working: message.working,
          view: rememberViews(message.working),
        });
        return undefined;
      case 'drop':
        images.delete(message.sop);
        return undefined;
      case 'patch': {
        const { id, sop, box, rule } = message;
        return { type: 'patch', id, patch: extractPatch(imageOf(sop).working, box, rule.patch) };
      }
      case 'measure': {
        const { id, sop, box, rule } = message;
        return { type: 'measure', id, view: imageOf(sop).view(box, rule) };
      }
      case 'landmarks': {
        const { id, sop } = message;
        return { type: 'landmarks', id, landmarks: breastLandmarks(imageOf(sop).working) };
      }
      case 'outline': {
        const { id, sop, seed } = message;
        return { type: 'outline', id, contour: segmentLesion(imageOf(sop).working, seed) };
      }
    }
  };
  return (message: ToWorker): FromWorker | undefined => {
    try {
      return answerFor(message);
    } catch (error) {
      if (!('id' in message)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { type: 'failed', id: message.id, reason };
    }
  };
};
