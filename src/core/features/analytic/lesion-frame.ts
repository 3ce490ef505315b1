import type { Raster } from '../../image/resample.ts';
import type { Box } from '../../geometry/box.ts';
import { polygonArea, rasterise } from '../../geometry/polygon.ts';
import { gaussianSmooth, type ColumnSpans } from '../../segmentation/smooth.ts';
import { pitchOf } from '../../segmentation/nominal-pitch.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { signedDistance, type Window } from './distance-map.ts';
import type { FrameGrid, ImageScale } from './lesion-cut.ts';
import type { Point } from '../../geometry/point.ts';

/**
 * Where a feature is measured, by signed distance from the outline in effective radii: the lesion
 * (inside), its margin (0.2 either side), its surround (0.2 to 1 outside); and the reader's box.
 */
export const NEIGHBOURHOODS = ['lesion', 'margin', 'surround', 'box'] as const;
export type Neighbourhood = (typeof NEIGHBOURHOODS)[number];
const MARGIN = 0.2;
const REACH = 1;
/** Nothing is measured farther from the outline, effective radii; and read at most so many cells beyond. */
const FARTHEST = 1.4;
const BESIDE = 8;
const SPANS = {
  lesion: [Number.NEGATIVE_INFINITY, 0],
  margin: [-MARGIN, MARGIN],
  surround: [MARGIN, REACH],
} as const;

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
  /** 1 where the image shows breast: nothing else is measured. */
  readonly valid: Uint8Array;
  /** Places of the breast cells of a neighbourhood, in order. */
  readonly cellsIn: (where: Neighbourhood) => Int32Array;
  /**
   * Places of the breast cells with a signed distance (effective radii) above `from` and at most `to`, which is
   * at most FARTHEST, in order.
   */
  readonly ring: (from: number, to: number) => Int32Array;
  /**
   * The raster after a Gaussian of `sigma`, for all who ask in the digits of one smoothing. Cells count
   * up to the signed distance `reach` (effective radii) and `beside` cells beyond; others may be 0.
   */
  readonly smooth: (sigma: number, reach: number, beside: number) => Raster;
}

const mean = (points: readonly Point[], pick: (p: Point) => number): number =>
  points.reduce((sum, p) => sum + pick(p), 0) / points.length;

/** Breast cells not farther from the outline than anything is measured, in order. */
interface NearCells {
  readonly places: Int32Array;
  /** Signed distance, effective radii. */
  readonly distance: Float64Array;
}

const nearCells = (
  valid: Uint8Array,
  width: number,
  { columns, rows }: Window,
  distance: Float64Array,
): NearCells => {
  const places = new Int32Array(distance.length);
  const near = new Float64Array(distance.length);
  let n = 0;
  for (let y = rows[0], k = 0; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++, k++) {
      const d = distance[k] as number;
      if (d > FARTHEST || !valid[y * width + x]) continue;
      near[n] = d;
      places[n++] = y * width + x;
    }
  return { places: places.subarray(0, n), distance: near.subarray(0, n) };
};

/** Where places are gathered, as large as any raster so far. */
let found = new Int32Array(0);

/** Places of the cells with a signed distance above `from` and at most `to`. */
const between = ({ places, distance }: NearCells, from: number, to: number): Int32Array => {
  if (found.length < places.length) found = new Int32Array(places.length);
  const cells = found;
  let n = 0;
  for (let k = 0; k < places.length; k++) {
    const d = distance[k] as number;
    if (d > from && d <= to) cells[n++] = places[k] as number;
  }
  return cells.slice(0, n);
};

/** Places of the breast cells whose centre lies in a box given by two of its corners. */
const inBox = (valid: Uint8Array, width: number, low: Point, high: Point): Int32Array => {
  const cells: number[] = [];
  for (let y = 0; y < valid.length / width; y++) {
    if (y + 0.5 < low.y || y + 0.5 >= high.y) continue;
    for (let x = 0, i = y * width; x < width; x++, i++)
      if (x + 0.5 >= low.x && x + 0.5 < high.x && valid[i]) cells.push(i);
  }
  return Int32Array.from(cells);
};

/** The part of a square of `cells` x `cells` that is at most `reach` cells from a polygon, and a little beside it. */
const windowAbout = (polygon: readonly Point[], reach: number, cells: number): Window => {
  const along = (values: readonly number[]): Window['rows'] => {
    const clip = (at: number) => Math.min(Math.max(at, 0), cells);
    const from = clip(Math.floor(Math.min(...values) - reach) - 1);
    return [from, Math.max(clip(Math.ceil(Math.max(...values) + reach) + 1), from)];
  };
  return { columns: along(polygon.map(({ x }) => x)), rows: along(polygon.map(({ y }) => y)) };
};

/** Of each column of a raster `width` wide the rows that distances up to `reach`, all in a window, span. */
const spansWithin = (
  distance: Float64Array,
  width: number,
  { columns, rows }: Window,
  reach: number,
): ColumnSpans => {
  const first = new Int32Array(width);
  const last = new Int32Array(width);
  for (let y = rows[0], k = 0; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++, k++) {
      if ((distance[k] as number) > reach) continue;
      if (last[x] === 0) first[x] = y;
      last[x] = y + 1;
    }
  return { first, last };
};

/** `make` for each key once. */
const once = <K, V>(make: (key: K) => V) => {
  const made = new Map<K, V>();
  return (key: K): V => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
};

/**
 * Lays a frame over what was cut of an image of this scale for a box. `box` and `contour` are in stored
 * pixels of the image. Millimetres are those of the image, or NOMINAL_MM a working pixel where its spacing
 * is unknown.
 */
export const layFrame = (
  scale: ImageScale,
  box: Box,
  contour: LesionContour,
  { roi, valid }: FrameGrid,
): LesionFrame => {
  const cells = roi.width;
  const [sx, sy] = [scale.columnsPerPixel, scale.rowsPerPixel];
  const [x, y, width, height] = [box.x / sx, box.y / sy, box.width / sx, box.height / sy];
  const toCells = (p: Point): Point => ({
    x: (p.x - roi.x) / roi.step,
    y: (p.y - roi.y) / roi.step,
  });
  const polygon = contour.polygon.map((p) => toCells({ x: p.x / sx, y: p.y / sy }));
  const radius = Math.max(Math.sqrt(polygonArea(polygon) / Math.PI), 1);
  const farthest = FARTHEST * radius + BESIDE;
  const window = windowAbout(polygon, farthest, cells);
  const distance = signedDistance(rasterise(polygon, cells, cells), cells, radius, window);
  const smoothings = new Map<number, { readonly reach: number; readonly raster: Raster }>();
  const near = nearCells(valid, cells, window, distance);
  const spans = once((reach: number) => spansWithin(distance, cells, window, reach));
  const ringsFrom = once((from: number) => once((to: number) => between(near, from, to)));
  const ring = (from: number, to: number) => ringsFrom(from)(to);
  return {
    raster: roi,
    mmPerCell: pitchOf(scale) * roi.step,
    polygon,
    cx: mean(polygon, (p) => p.x),
    cy: mean(polygon, (p) => p.y),
    radius,
    valid,
    cellsIn: once((where: Neighbourhood) => {
      if (where === 'box')
        return inBox(valid, cells, toCells({ x, y }), toCells({ x: x + width, y: y + height }));
      const [from, to] = SPANS[where];
      return ring(from, to);
    }),
    ring,
    smooth: (sigma, upTo, beside) => {
      const reach = upTo + beside / radius;
      const known = smoothings.get(sigma);
      if (known && known.reach >= reach) return known.raster;
      const within = reach * radius > farthest ? undefined : spans(reach);
      const raster = gaussianSmooth(roi, sigma, within);
      smoothings.set(sigma, { reach, raster });
      return raster;
    },
  };
};
