import { resample, type Raster } from '../../src/core/image/resample.ts';
import type { WorkingImage } from '../../src/core/image/working-image.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import { cutRegion } from '../../src/core/segmentation/region-of-interest.ts';
import { gaussianSmooth } from '../../src/core/segmentation/smooth.ts';
import type { ImagePoint } from '../../src/core/geometry/point.ts';

/** Side of the picture in its own pixels, and the square it shows over the longer side of the box. */
export const PICTURE = { side: 560, context: 1.6 } as const;

/** A lesion as it is shown to whoever draws: grey 0 to 1, stretched between percentiles of its own. */
export interface Picture {
  readonly data: Float32Array;
  /** From picture pixels to stored pixels of the image, and back. */
  readonly toImage: (p: ImagePoint) => ImagePoint;
  readonly toPicture: (p: ImagePoint) => ImagePoint;
}

/** Share of the cells that turn black, and as many white. */
const CLIPPED = 0.005;
/** Grey is stretched by this inner part of the square, so that film edge and labels do not count. */
const INNER = 0.85;

/** Grey far above the median is film edge: white begins at the latest this many times as far above
 * the median as black lies below it. */
const SKEW = 2.5;
/** Sigma of what a flat picture is freed of, share of the square's side. */
const WIDE = 0.15;

const flattened = (raster: Raster): Float32Array => {
  const wide = gaussianSmooth(raster, WIDE * raster.width).data;
  return raster.data.map((v, i) => v - (wide[i] as number));
};

/**
 * The square about a box (stored pixels), true to shape, upscaled and stretched in contrast; `flat`
 * takes the slow change of grey away, for faint lesions beside bright tissue.
 */
export const pictureOf = (image: WorkingImage, box: Box, flat = false): Picture => {
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  const side = Math.round(PICTURE.context * Math.max(box.width / sx, box.height / sy));
  const [cx, cy] = [(box.x + box.width / 2) / sx, (box.y + box.height / 2) / sy];
  const roi = cutRegion(image, cx, cy, side, side);
  const grey = flat ? flattened(roi) : roi.data;
  const { data } = resample({ width: side, height: side, data: grey }, PICTURE.side, PICTURE.side);
  const edge = ((1 - INNER) / 2) * side;
  const within = (v: number) => v > edge && v < side - edge;
  const sorted = grey
    .filter((_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      const breast = image.breast[(roi.y + y) * image.width + roi.x + x];
      return roi.inside[i] && breast && within(x) && within(y);
    })
    .sort();
  const at = (q: number) => sorted[Math.round(q * (sorted.length - 1))] ?? 0;
  const low = at(CLIPPED);
  const high = Math.min(at(1 - CLIPPED), at(0.5) + SKEW * (at(0.5) - low));
  const scale = PICTURE.side / side;
  return {
    data: data.map((v) => Math.min(Math.max((v - low) / Math.max(high - low, 1e-3), 0), 1)),
    toImage: (p) => ({ x: (roi.x + p.x / scale) * sx, y: (roi.y + p.y / scale) * sy }),
    toPicture: (p) => ({ x: (p.x / sx - roi.x) * scale, y: (p.y / sy - roi.y) * scale }),
  };
};
