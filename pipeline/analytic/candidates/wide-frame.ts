import type { Raster } from '../../../src/core/image/resample.ts';
import type { WorkingImage } from '../../../src/core/image/working-image.ts';
import { signedDistance } from '../../../src/core/features/analytic/distance-map.ts';
import { boxCentre, type Box } from '../../../src/core/geometry/box.ts';
import { polygonArea, rasterise } from '../../../src/core/geometry/polygon.ts';
import { cutRegion } from '../../../src/core/segmentation/region-of-interest.ts';
import type { LesionContour } from '../../../src/core/segmentation/types.ts';

/** Side of the frame over the longer side of the box, and its cells. */
const CONTEXT = 3;
const CELLS = 200;

/** Signed distances from the outline, effective radii: two rings inside, four outside. */
export const RINGS = [
  [Number.NEGATIVE_INFINITY, -0.3],
  [-0.3, 0],
  [0, 0.3],
  [0.3, 0.8],
  [0.8, 1.4],
  [1.4, 2.2],
] as const;

/** A wider square about the box than the product's, for features that were tried and left out. */
export interface WideFrame {
  readonly raster: Raster;
  /** Centre of the outline, and of the box, cells. */
  readonly cx: number;
  readonly cy: number;
  readonly boxX: number;
  readonly boxY: number;
  /** Half the longer side of the box, cells. */
  readonly half: number;
  /** 1 where breast. */
  readonly valid: Uint8Array;
  /** Number of the ring that a cell lies in, -1 where none or no breast. */
  readonly ring: Int8Array;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;

export const layWideFrame = (image: WorkingImage, box: Box, contour: LesionContour): WideFrame => {
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  const longer = Math.max(box.width / sx, box.height / sy);
  const centre = boxCentre(box);
  const [bx, by] = [centre.x / sx, centre.y / sy];
  const roi = cutRegion(image, bx, by, CONTEXT * longer, CELLS);
  const polygon = contour.polygon.map((p) => ({
    x: (p.x / sx - roi.x) / roi.step,
    y: (p.y / sy - roi.y) / roi.step,
  }));
  const radius = Math.max(Math.sqrt(polygonArea(polygon) / Math.PI), 1);
  const distance = signedDistance(rasterise(polygon, CELLS, CELLS), CELLS);
  const valid = roi.inside.map((inside, i) => {
    const column = Math.floor(roi.x + ((i % CELLS) + 0.5) * roi.step);
    const row = Math.floor(roi.y + (Math.floor(i / CELLS) + 0.5) * roi.step);
    return inside ? (image.breast[row * image.width + column] as number) : 0;
  });
  const ring = Int8Array.from(valid, (ok, i) => {
    const d = (distance[i] as number) / radius;
    return ok ? RINGS.findIndex(([from, to]) => d > from && d <= to) : -1;
  });
  return {
    raster: roi,
    cx: mean(polygon.map((p) => p.x)),
    cy: mean(polygon.map((p) => p.y)),
    boxX: (bx - roi.x) / roi.step,
    boxY: (by - roi.y) / roi.step,
    half: longer / 2 / roi.step,
    valid,
    ring,
  };
};
