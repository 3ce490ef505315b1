import type { WorkingImage } from '../../src/core/image/working-image.ts';
import { contourOf } from '../../src/core/segmentation/build-contour.ts';
import { direction, RAYS } from '../../src/core/segmentation/polar-grid.ts';
import type { LesionContour } from '../../src/core/segmentation/types.ts';
import type { ImagePoint } from '../../src/core/geometry/point.ts';

/** Mean of the area of a polygon. */
const centroid = (points: readonly ImagePoint[]): ImagePoint => {
  let [area, x, y] = [0, 0, 0];
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as ImagePoint;
    const cross = a.x * b.y - b.x * a.y;
    area += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  });
  return { x: x / (3 * area), y: y / (3 * area) };
};

/** Farthest crossing of a ray from `c` with the polygon; undefined where it crosses nothing. */
const farthest = (
  points: readonly ImagePoint[],
  c: ImagePoint,
  [dx, dy]: readonly [number, number],
): number | undefined => {
  const hits = points.flatMap((a, i) => {
    const b = points[(i + 1) % points.length] as ImagePoint;
    const [ex, ey] = [b.x - a.x, b.y - a.y];
    const det = dx * ey - dy * ex;
    if (Math.abs(det) < 1e-12) return [];
    const [ax, ay] = [a.x - c.x, a.y - c.y];
    const t = (ax * ey - ay * ex) / det;
    const u = (ax * dy - ay * dx) / det;
    return t > 0 && u >= 0 && u <= 1 ? [t] : [];
  });
  return hits.length ? Math.max(...hits) : undefined;
};

/**
 * A drawn polygon (stored pixels) as a contour of the product's kind, so that the same features can
 * be measured on it: a closed line of as many rays about its centroid. Folds that the rays cannot
 * follow are bridged.
 */
export const handContour = (image: WorkingImage, polygon: readonly ImagePoint[]): LesionContour => {
  const working = polygon.map(({ x, y }) => ({
    x: x / image.columnsPerPixel,
    y: y / image.rowsPerPixel,
  }));
  const c = centroid(working);
  const radii = Float64Array.from({ length: RAYS }, (_, a) =>
    Math.max(farthest(working, c, direction(a)) ?? 0, 0.5),
  );
  return contourOf(image, { ...c, radii }, true);
};
