import { rasterise } from '../../src/core/geometry/polygon.ts';
import type { ImagePoint } from '../../src/core/geometry/point.ts';

/** Cells along each side of the rectangle about both polygons. */
const CELLS = 512;

/**
 * Intersection over union of two closed polygons in the same plane, 0 to 1, over a fine raster of
 * the rectangle about both. Stretching an axis changes nothing, so stored pixels need not be square.
 */
export const overlap = (a: readonly ImagePoint[], b: readonly ImagePoint[]): number => {
  const all = [...a, ...b];
  const [xs, ys] = [all.map((p) => p.x), all.map((p) => p.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const cells = (points: readonly ImagePoint[]) =>
    rasterise(
      points.map(({ x, y }) => ({
        x: ((x - left) / width) * CELLS,
        y: ((y - top) / height) * CELLS,
      })),
      CELLS,
      CELLS,
    );
  const [first, second] = [cells(a), cells(b)];
  let [both, either] = [0, 0];
  first.forEach((v, i) => {
    if (v && second[i]) both++;
    if (v || second[i]) either++;
  });
  return either > 0 ? both / either : 0;
};
