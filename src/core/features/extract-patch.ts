import { resample, type Raster } from '../image/resample.ts';
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

/** Where `bilinear` reads along an axis of `count` pixels at n places, `step` apart, and the second's share. */
const neighbours = (from: number, step: number, n: number, count: number) => {
  const [first, second] = [new Int32Array(n), new Int32Array(n)];
  const share = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = Math.min(Math.max(from + (i + 0.5) * step - 0.5, 0), count - 1);
    first[i] = Math.floor(at);
    second[i] = Math.min(Math.floor(at) + 1, count - 1);
    share[i] = at - Math.floor(at);
  }
  return { first, second, share };
};

/** Samples a square of side `side` (working pixels) centred at (cx, cy) on an n x n grid, bilinear. */
const sampleSquare = (raster: Raster, cx: number, cy: number, side: number, n: number): Raster => {
  const step = side / n;
  const { width, height, data: grey } = raster;
  const across = neighbours(cx - side / 2, step, n, width);
  const down = neighbours(cy - side / 2, step, n, height);
  const data = new Float32Array(n * n);
  for (let row = 0, i = 0; row < n; row++) {
    const upper = (down.first[row] as number) * width;
    const lower = (down.second[row] as number) * width;
    const fy = down.share[row] as number;
    for (let column = 0; column < n; column++, i++) {
      const left = across.first[column] as number;
      const right = across.second[column] as number;
      const fx = across.share[column] as number;
      const top = (grey[upper + left] as number) * (1 - fx) + (grey[upper + right] as number) * fx;
      const low = (grey[lower + left] as number) * (1 - fx) + (grey[lower + right] as number) * fx;
      data[i] = top * (1 - fy) + low * fy;
    }
  }
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
  return resample((i) => grid.data[i] as number, grid.width, grid.height, rule.size, rule.size)
    .data;
};
