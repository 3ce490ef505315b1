import type { Raster } from '../../image/resample.ts';
import type { WorkingImage } from '../../image/working-image.ts';
import type { Box } from '../../geometry/box.ts';
import { polygonArea, rasterise } from '../../geometry/polygon.ts';
import { cutRegion, type RegionOfInterest } from '../../segmentation/region-of-interest.ts';
import { pitchOf } from '../../segmentation/nominal-pitch.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { signedDistance } from './distance-map.ts';
import type { Point } from '../../geometry/point.ts';

/**
 * Where a feature is measured, by signed distance from the outline in effective radii: the lesion
 * (inside), its margin (0.2 either side), its surround (0.2 to 1 outside); and the reader's box.
 */
export const NEIGHBOURHOODS = ['lesion', 'margin', 'surround', 'box'] as const;
export type Neighbourhood = (typeof NEIGHBOURHOODS)[number];
const MARGIN = 0.2;
const REACH = 1;

/** A square about the lesion's box with everything that is measured from. Lengths in its cells. */
export interface LesionFrame {
  readonly raster: Raster;
  readonly mmPerCell: number;
  /** The outline. */
  readonly polygon: readonly Point[];
  /** Mean of the outline's points, and radius of the disc of its area. */
  readonly cx: number;
  readonly cy: number;
  readonly radius: number;
  /** Signed distance to the outline in effective radii, negative inside. */
  readonly distance: Float64Array;
  /** 1 where the image shows breast: nothing else is measured. */
  readonly valid: Uint8Array;
  /** Cells of each neighbourhood, 1 inside, breast only. */
  readonly cells: Readonly<Record<Neighbourhood, Uint8Array>>;
}

/** Side of the frame over the longer side of the box. */
export const FRAME_CONTEXT = 2.2;

const mean = (points: readonly Point[], pick: (p: Point) => number): number =>
  points.reduce((sum, p) => sum + pick(p), 0) / points.length;

/** Breast cells with a signed distance above `from` and at most `to`, 1 inside. */
const between = (
  valid: Uint8Array,
  distance: Float64Array,
  from: number,
  to: number,
): Uint8Array => {
  const mask = new Uint8Array(valid.length);
  for (let i = 0; i < mask.length; i++) {
    const d = distance[i] as number;
    if (valid[i] && d > from && d <= to) mask[i] = 1;
  }
  return mask;
};

/** Breast cells whose centre lies in a box given by two of its corners, 1 inside. */
const inBox = (valid: Uint8Array, cells: number, low: Point, high: Point): Uint8Array => {
  const mask = new Uint8Array(valid.length);
  for (let y = 0; y < cells; y++) {
    if (y + 0.5 < low.y || y + 0.5 >= high.y) continue;
    for (let x = 0; x < cells; x++)
      if (x + 0.5 >= low.x && x + 0.5 < high.x && valid[y * cells + x]) mask[y * cells + x] = 1;
  }
  return mask;
};

/** 1 where a region's cell shows breast. */
const breastIn = (image: WorkingImage, roi: RegionOfInterest): Uint8Array => {
  const column = Int32Array.from({ length: roi.width }, (_, x) =>
    Math.floor(roi.x + (x + 0.5) * roi.step),
  );
  const mask = new Uint8Array(roi.inside.length);
  for (let y = 0, i = 0; y < roi.height; y++) {
    const row = Math.floor(roi.y + (y + 0.5) * roi.step) * image.width;
    for (let x = 0; x < roi.width; x++, i++)
      if (roi.inside[i] && image.breast[row + (column[x] as number)]) mask[i] = 1;
  }
  return mask;
};

/**
 * Lays a square of FRAME_CONTEXT box sides over the working image, on `cells` x `cells` cells.
 * `box` and `contour` are in stored pixels of the image. Millimetres are those of the image, or
 * NOMINAL_MM a working pixel where its spacing is unknown.
 */
export const layFrame = (
  image: WorkingImage,
  box: Box,
  contour: LesionContour,
  cells: number,
): LesionFrame => {
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  const [x, y, width, height] = [box.x / sx, box.y / sy, box.width / sx, box.height / sy];
  const side = FRAME_CONTEXT * Math.max(width, height);
  const roi = cutRegion(image, x + width / 2, y + height / 2, side, cells);
  const toCells = (p: Point): Point => ({
    x: (p.x - roi.x) / roi.step,
    y: (p.y - roi.y) / roi.step,
  });
  const polygon = contour.polygon.map((p) => toCells({ x: p.x / sx, y: p.y / sy }));
  const radius = Math.max(Math.sqrt(polygonArea(polygon) / Math.PI), 1);
  const distance = signedDistance(rasterise(polygon, cells, cells), cells);
  for (let i = 0; i < distance.length; i++) distance[i] = (distance[i] as number) / radius;
  const valid = breastIn(image, roi);
  return {
    raster: roi,
    mmPerCell: pitchOf(image) * roi.step,
    polygon,
    cx: mean(polygon, (p) => p.x),
    cy: mean(polygon, (p) => p.y),
    radius,
    distance,
    valid,
    cells: {
      lesion: between(valid, distance, Number.NEGATIVE_INFINITY, 0),
      margin: between(valid, distance, -MARGIN, MARGIN),
      surround: between(valid, distance, MARGIN, REACH),
      box: inBox(valid, cells, toCells({ x, y }), toCells({ x: x + width, y: y + height })),
    },
  };
};

/** Cells between two signed distances (effective radii), breast only. */
export const ringOf = ({ valid, distance }: LesionFrame, from: number, to: number): Uint8Array =>
  between(valid, distance, from, to);
