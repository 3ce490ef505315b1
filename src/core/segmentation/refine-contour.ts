import { bilinear, type Raster } from '../image/resample.ts';
import type { WorkingImage } from '../image/working-image.ts';
import { closedPath } from './closed-path.ts';
import { direction, geometricRadii, RAYS } from './polar-grid.ts';
import { cutRegion } from './region-of-interest.ts';
import { gaussianSmooth } from './smooth.ts';
import { ordered } from '../stats/order.ts';
import { logarithm } from '../units/portable-math.ts';

/** How an outline found by thresholds is moved onto edges. Lengths are shares, so size does not matter. */
const RULE = {
  /** Cells of the square that is looked at. */
  cells: 128,
  /** Smoothing before grey is read, cells. */
  sigma: 1,
  /** Radii looked at, as shares of the mean initial radius, and their number. */
  nearest: 0.3,
  farthest: 2,
  steps: 54,
  /** Steps inside and outside that an edge's contrast is measured over: 4 are 15 % of the radius. */
  band: 4,
  /** Most steps between neighbouring rays, and the cost of one. */
  jump: 2,
  stiffness: 0.3,
  /** Cost of a radius that is e times the initial one. */
  loyalty: 0.9,
} as const;

/** A start for the refinement: centre and radii in working pixels, one radius a ray. */
export interface StarOutline {
  readonly x: number;
  readonly y: number;
  readonly radii: Float64Array;
}

const mean = (values: Float64Array): number => values.reduce((s, v) => s + v, 0) / values.length;

/** Inner less outer mean grey about each radius: RAYS x steps. 0 too near to either end. */
const contrastTable = (raster: Raster, cx: number, cy: number, radii: Float64Array) => {
  const { steps, band } = RULE;
  const table = new Float64Array(RAYS * steps);
  const sums = new Float64Array(steps + 1);
  for (let a = 0; a < RAYS; a++) {
    const [c, s] = direction(a);
    radii.forEach((r, k) => {
      sums[k + 1] = (sums[k] as number) + bilinear(raster, cx + r * c, cy + r * s);
    });
    for (let k = band; k + band < steps; k++) {
      const inner = (sums[k] as number) - (sums[k - band] as number);
      const outer = (sums[k + band + 1] as number) - (sums[k + 1] as number);
      table[a * steps + k] = (inner - outer) / band;
    }
  }
  return table;
};

/** The 90th percentile of the positive contrasts, so that faint lesions are treated like bright ones. */
const typicalContrast = (table: Float64Array): number => {
  const positive = table.filter((v) => v > 0);
  const [typical = 0] = ordered(positive, [Math.floor(0.9 * positive.length)]);
  return Math.max(typical, 1e-6);
};

/**
 * Moves a star-shaped outline to the closed path of strongest inward contrast, near its start and
 * smooth (dynamic programming in polar coordinates: Timp & Karssemeijer, Med Phys 31, 2004). No
 * radius exceeds its entry in `limit` (working pixels). Returns the new radii.
 */
export const refineOutline = (
  image: WorkingImage,
  { x, y, radii }: StarOutline,
  limit: Float64Array,
): Float64Array => {
  const size = Math.max(mean(radii), 2);
  const { cells, sigma, steps, nearest, farthest, loyalty } = RULE;
  const roi = cutRegion(image, x, y, 2 * size * farthest, cells);
  const smooth = gaussianSmooth(roi, sigma);
  const ladder = geometricRadii(nearest * size, farthest * size, steps);
  const table = contrastTable(
    smooth,
    (x - roi.x) / roi.step,
    (y - roi.y) / roi.step,
    ladder.map((r) => r / roi.step),
  );
  const scale = typicalContrast(table);
  const cost = table.map((v, i) => {
    const a = Math.floor(i / steps);
    const r = ladder[i % steps] as number;
    const away = logarithm(r / Math.max(radii[a] as number, 1));
    const beyond = r > (limit[a] as number) ? 1e3 : 0;
    return -Math.min(v / scale, 1.5) + loyalty * away * away + beyond;
  });
  const path = closedPath(cost, RAYS, steps, RULE.jump, RULE.stiffness);
  return Float64Array.from(path, (k, a) => Math.min(ladder[k] as number, limit[a] as number));
};
