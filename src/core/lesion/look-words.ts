import { samePixels } from '../image/pixel-identity.ts';
import type { Lesion } from './lesion.ts';
import type { LookDone, SeenImage } from './second-reading.ts';

/** Whether an image is among these, with the same pixels. */
export const isAmong = (image: SeenImage, images: readonly SeenImage[]): boolean =>
  images.some(
    ({ sopInstanceUid, pixels }) =>
      sopInstanceUid === image.sopInstanceUid && samePixels(pixels, image.pixels),
  );

/**
 * Two words on one exam. The first stands; the later adds the images that were not open then, and the lesions
 * that are marked on none of those that were. It is the first itself where the later adds no image.
 */
export const joinedWords = (one: LookDone | undefined, other: LookDone): LookDone => {
  if (!one) return other;
  const [first, later] = Date.parse(other.at) < Date.parse(one.at) ? [other, one] : [one, other];
  const added = later.images.filter((image) => !isAmong(image, first.images));
  if (added.length === 0) return first;
  const isNew = ({ marks }: Lesion) =>
    first.images.every(({ sopInstanceUid }) => !(sopInstanceUid in marks));
  return {
    ...first,
    before: [...first.before, ...later.before.filter(isNew)],
    images: [...first.images, ...added],
  };
};
