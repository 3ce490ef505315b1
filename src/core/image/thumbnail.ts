import type { DisplayOrientation } from '../dicom/hanging.ts';
import type { MammogramImage } from './mammogram-image.ts';
import { presentationRows } from './presentation-values.ts';
import { resampleRows } from './resample.ts';

/** A small grey picture of an image, 0 black to 255 white, row-major, with square pixels. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8ClampedArray;
}

/** Longer side in pixels: twice what a study browser gives it, for screens of two pixels a dot. */
const LONGEST = 192;

/**
 * The picture of an image as stored (see orientThumbnail), through the DICOM grey pipeline with the
 * file's first preset, averaged over the area of each small pixel. Does not mutate.
 */
export const toThumbnail = (image: MammogramImage, longest = LONGEST): Thumbnail => {
  const heightInColumns = image.rows * image.pixelAspect;
  const scale = Math.min(longest / Math.max(image.columns, heightInColumns), 1);
  const width = Math.max(1, Math.round(image.columns * scale));
  const height = Math.max(1, Math.round(heightInColumns * scale));
  const { data } = resampleRows(presentationRows(image), image.columns, image.rows, width, height);
  return { width, height, grey: Uint8ClampedArray.from(data, (p) => p * 255) };
};

type Turn = Pick<DisplayOrientation, 'transpose' | 'flipHorizontal' | 'flipVertical'>;

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
