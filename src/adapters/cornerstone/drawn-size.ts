import { sampleStored, type StoredRaster } from '../../core/display/grey/sample-stored.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Share of an image's pixels along a side that a texture of at most `limit` a side holds: 1 where it holds
 * them all.
 */
export const drawnShare = ({ width, height }: Size, limit: number): number =>
  Math.min(1, limit / Math.max(width, height));

/** The size of that texture. */
export const drawnSize = ({ width, height }: Size, limit: number): Size => {
  const share = drawnShare({ width, height }, limit);
  return {
    width: Math.max(1, Math.round(width * share)),
    height: Math.max(1, Math.round(height * share)),
  };
};

/**
 * Rows [top, top + count) of an image that is made smaller to `size`: each value the mean of the stored
 * ones under it.
 */
export const drawnRows = (
  image: StoredRaster,
  { width, height }: Size,
  top: number,
  count: number,
): Float32Array => {
  const [across, down] = [image.columns / width, image.rows / height];
  return sampleStored(image, {
    width,
    height: count,
    transpose: false,
    across: { at: across / 2, step: across },
    down: { at: (top + 0.5) * down, step: down },
  });
};
