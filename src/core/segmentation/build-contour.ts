import type { WorkingImage } from '../image/working-image.ts';
import { clipBox, MIN_BOX_SIDE, type Box } from '../geometry/box.ts';
import type { Rectangle } from './candidates.ts';
import { outlineIndex } from './contour-quality.ts';
import { direction } from './polar-grid.ts';
import { rasterise } from '../geometry/polygon.ts';
import type { StarOutline } from './refine-contour.ts';
import { cutRegion } from './region-of-interest.ts';
import { gaussianSmooth, gradientOf } from './smooth.ts';
import type { LesionContour } from './types.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** A reader's box is this much wider than the outline (median over the training boxes). */
const BOX_MARGIN = 1.1;
/** Cells of the mask that is handed out, and of the smoothing before its edge is judged. */
const MASK_CELLS = 128;
const SIGMA = 1.5;

/** The box a reader would draw about an outline that spans `rect` (working pixels). */
const boxAround = (image: WorkingImage, [left, top, right, bottom]: Rectangle): Box => {
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  const [columns, rows] = [image.width * sx, image.height * sy];
  const width = Math.min(Math.max((right - left) * sx * BOX_MARGIN, MIN_BOX_SIDE), columns);
  const height = Math.min(Math.max((bottom - top) * sy * BOX_MARGIN, MIN_BOX_SIDE), rows);
  const x = ((left + right) * sx - width) / 2;
  const y = ((top + bottom) * sy - height) / 2;
  const box = clipBox({ x, y, width, height }, columns, rows);
  // What the edge cut off a small box is made up for on its other side.
  const moved = (at: number, size: number, all: number) =>
    Math.min(at, Math.max(all - Math.max(size, MIN_BOX_SIDE), 0));
  return {
    x: moved(box.x, box.width, columns),
    y: moved(box.y, box.height, rows),
    width: Math.max(box.width, MIN_BOX_SIDE),
    height: Math.max(box.height, MIN_BOX_SIDE),
  };
};

/** The contour of radii about (x, y), working pixels, with its mask, quality and box. */
export const contourOf = (
  image: WorkingImage,
  { x, y, radii }: StarOutline,
  segmented: boolean,
): LesionContour => {
  const working = Array.from(radii, (r, a) => {
    const [c, s] = direction(a);
    return { x: x + r * c, y: y + r * s };
  });
  const [xs, ys] = [working.map((p) => p.x), working.map((p) => p.y)];
  const rect: Rectangle = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const middle = { x: (rect[0] + rect[2]) / 2, y: (rect[1] + rect[3]) / 2 };
  const side = 1.3 * Math.max(rect[2] - rect[0], rect[3] - rect[1], 4);
  const roi = cutRegion(image, middle.x, middle.y, side, MASK_CELLS);
  const inCells = working.map((p) => ({
    x: (p.x - roi.x) / roi.step,
    y: (p.y - roi.y) / roi.step,
  }));
  const index = segmented ? outlineIndex(inCells, roi, gradientOf(gaussianSmooth(roi, SIGMA))) : 0;
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  return {
    polygon: working.map((p): ImagePoint => ({ x: p.x * sx, y: p.y * sy })),
    grid: {
      x: roi.x * sx,
      y: roi.y * sy,
      columnStep: roi.step * sx,
      rowStep: roi.step * sy,
      width: roi.width,
      height: roi.height,
    },
    mask: rasterise(inCells, roi.width, roi.height),
    quality: Math.min(Math.max(index, 0), 1),
    box: boxAround(image, rect),
  };
};
