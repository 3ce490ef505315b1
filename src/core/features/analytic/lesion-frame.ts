import type { Raster } from '../../image/resample.ts';
import type { WorkingImage } from '../../image/working-image.ts';
import type { Box } from '../../roi/box.ts';
import { polygonArea, rasterise } from '../../segmentation/polygon.ts';
import { cutRegion } from '../../segmentation/region-of-interest.ts';
import { pitchOf } from '../../segmentation/nominal-pitch.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { signedDistance } from './distance-map.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

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

const select = (valid: Uint8Array, test: (i: number) => boolean): Uint8Array =>
  valid.map((ok, i) => (ok && test(i) ? 1 : 0));

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
  const distance = signedDistance(rasterise(polygon, cells, cells), cells).map((d) => d / radius);
  const valid = roi.inside.map((inside, i) => {
    const column = Math.floor(roi.x + ((i % cells) + 0.5) * roi.step);
    const row = Math.floor(roi.y + (Math.floor(i / cells) + 0.5) * roi.step);
    return inside ? (image.breast[row * image.width + column] as number) : 0;
  });
  const [low, high] = [toCells({ x, y }), toCells({ x: x + width, y: y + height })];
  const inBox = (i: number) => {
    const [u, v] = [(i % cells) + 0.5, Math.floor(i / cells) + 0.5];
    return u >= low.x && u < high.x && v >= low.y && v < high.y;
  };
  const at = (i: number) => distance[i] as number;
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
      lesion: select(valid, (i) => at(i) < 0),
      margin: select(valid, (i) => Math.abs(at(i)) <= MARGIN),
      surround: select(valid, (i) => at(i) > MARGIN && at(i) <= REACH),
      box: select(valid, inBox),
    },
  };
};

/** Cells between two signed distances (effective radii), breast only. */
export const ringOf = ({ valid, distance }: LesionFrame, from: number, to: number): Uint8Array =>
  select(valid, (i) => (distance[i] as number) > from && (distance[i] as number) <= to);
