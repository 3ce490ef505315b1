import { readAt, readingsAlong, resample, type Raster } from '../image/resample.ts';
import type { WorkingImage } from '../image/working-image.ts';
import { boxCentre, type Box } from '../geometry/box.ts';

/** How a lesion's box becomes the network's input. Part of the pack's manifest. */
export interface PatchRule {
  /** Side of the network input, pixels. */
  readonly size: number;
  /** Patch side divided by the longer side of the box (in square working pixels). */
  readonly context: number;
}

/**
 * The square that a box's patch is cut from, in stored pixels: square in space, so it has fewer rows
 * than columns where a pixel is taller than wide (`pixelAspect` is height over width). It may reach
 * beyond the image.
 */
export const patchBox = (box: Box, rule: PatchRule, pixelAspect: number): Box => {
  const centre = boxCentre(box);
  const width = rule.context * Math.max(box.width, box.height * pixelAspect);
  const height = width / pixelAspect;
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
};

/** Samples a square of side `side` (working pixels) centred at (cx, cy) on an n x n grid, bilinear. */
const sampleSquare = (raster: Raster, cx: number, cy: number, side: number, n: number): Raster => {
  const step = side / n;
  const { width, height, data: grey } = raster;
  const along = (centre: number, count: number) =>
    readingsAlong(n, count, (i) => centre - side / 2 + (i + 0.5) * step - 0.5);
  const [across, down] = [along(cx, width), along(cy, height)];
  const data = new Float32Array(n * n);
  for (let row = 0, i = 0; row < n; row++)
    for (let column = 0; column < n; column++, i++)
      data[i] = readAt(grey, width, across, column, down, row);
  return { width: n, height: n, data };
};

/**
 * Cuts the square, lesion-centred patch of one box: longer box side times `rule.context`, resampled
 * to `rule.size`. Shrinking goes through an area filter (sampled at a whole multiple of the output
 * and averaged), growing is bilinear; beyond the image the edge pixels repeat. `box` is in stored
 * pixels of the image that `image` was made from. Returns `size * size` values in [0, 1], row-major.
 */
export const extractPatch = (image: WorkingImage, box: Box, rule: PatchRule): Float32Array => {
  const centre = boxCentre(box);
  const side =
    rule.context * Math.max(box.width / image.columnsPerPixel, box.height / image.rowsPerPixel);
  const fold = Math.max(1, Math.ceil(side / rule.size));
  const grid = sampleSquare(
    image,
    centre.x / image.columnsPerPixel,
    centre.y / image.rowsPerPixel,
    side,
    rule.size * fold,
  );
  if (fold === 1) return grid.data;
  return resample(grid, rule.size, rule.size).data;
};
