import { resample } from '../image/resample.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { Turn } from '../geometry/screen-axes.ts';

/** A small grey picture of an image, 0 black to 255 white, row-major, with square pixels. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8ClampedArray;
}

/** Longer side in pixels: twice what a study browser gives it, for screens of two pixels a dot. */
const LONGEST = 192;

/**
 * The picture of an image as stored (see orientThumbnail), in the grey that is scored, so that no
 * stored window can hide the breast; averaged over the area of each small pixel. Does not mutate.
 */
export const toThumbnail = (working: WorkingImage, longest = LONGEST): Thumbnail => {
  const { width, height } = working;
  const scale = Math.min(longest / Math.max(width, height), 1);
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = resample(working, w as number, h as number);
  const grey = Uint8ClampedArray.from(small.data, (p) => p * 255);
  return { width: small.width, height: small.height, grey };
};
/** The picture as it hangs: transposed first, then flipped, like the views themselves. */
export const orientThumbnail = (thumbnail: Thumbnail, turn: Turn): Thumbnail => {
  const { transpose, flipHorizontal, flipVertical } = turn;
  const [width, height] = transpose
    ? [thumbnail.height, thumbnail.width]
    : [thumbnail.width, thumbnail.height];
  const grey = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const fromX = flipHorizontal ? width - 1 - x : x;
      const fromY = flipVertical ? height - 1 - y : y;
      const from = transpose ? fromX * thumbnail.width + fromY : fromY * thumbnail.width + fromX;
      grey[y * width + x] = thumbnail.grey[from] as number;
    }
  return { width, height, grey };
};
