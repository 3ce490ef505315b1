import { breastLandmarks } from '../../core/image/nipple.ts';
import type { WorkingImage } from '../../core/image/working-image.ts';
import { viewInput } from '../../core/lesion/view-input.ts';
import { segmentLesion } from '../../core/segmentation/segment-lesion.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Keeps the working images and answers what is asked of them; undefined where nothing is asked. */
export const createAnswerer = () => {
  const images = new Map<string, WorkingImage>();
  const imageOf = (sop: string): WorkingImage => {
    const image = images.get(sop);
    if (!image) throw new Error('the image is not open');
    return image;
  };
  const answerFor = (message: ToWorker): FromWorker | undefined => {
    switch (message.type) {
      case 'keep':
        images.set(message.sop, message.working);
        return undefined;
      case 'drop':
        images.delete(message.sop);
        return undefined;
      case 'view': {
        const { id, sop, box, rule } = message;
        return { type: 'view', id, input: viewInput(imageOf(sop), box, rule) };
      }
      case 'landmarks': {
        const { id, sop } = message;
        return { type: 'landmarks', id, landmarks: breastLandmarks(imageOf(sop)) };
      }
      case 'outline': {
        const { id, sop, seed } = message;
        return { type: 'outline', id, contour: segmentLesion(imageOf(sop), seed) };
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
