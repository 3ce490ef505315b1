import { bilinear, type Raster } from '../../image/resample.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { hypotenuse } from '../../units/portable-math.ts';

/** Normals of an outline are taken from neighbours this many points apart on either side. */
const SPAN = 2;

/** Points of the outline with unit outward normals. */
const normals = ({ polygon, cx, cy }: Pick<LesionFrame, 'polygon' | 'cx' | 'cy'>) =>
  polygon.map((p, i) => {
    const n = polygon.length;
    const a = polygon[(i - SPAN + n) % n] as typeof p;
    const b = polygon[(i + SPAN) % n] as typeof p;
    const size = hypotenuse(b.x - a.x, b.y - a.y) || 1;
    const [nx, ny] = [(b.y - a.y) / size, -(b.x - a.x) / size];
    const outward = nx * (p.x - cx) + ny * (p.y - cy) < 0 ? -1 : 1;
    return { x: p.x, y: p.y, nx: outward * nx, ny: outward * ny };
  });

const insideRaster = ({ width, height }: Raster, x: number, y: number) =>
  x >= 0 && y >= 0 && x <= width && y <= height;

/**
 * Grey across the outline: entry [k][i] is the grey at signed distance `at[k]` (effective radii,
 * negative inside) along the normal of outline point i; undefined off the breast.
 */
export const profiles = (frame: LesionFrame, raster: Raster, at: readonly number[]) => {
  const { radius, valid } = frame;
  const points = normals(frame);
  return at.map((d) =>
    points.map(({ x, y, nx, ny }) => {
      const [px, py] = [x + d * radius * nx, y + d * radius * ny];
      if (!insideRaster(raster, px, py)) return undefined;
      const cell =
        Math.min(Math.floor(py), raster.height - 1) * raster.width +
        Math.min(Math.floor(px), raster.width - 1);
      return valid[cell] ? bilinear(raster, px, py) : undefined;
    }),
  );
};

const STEPS = Array.from({ length: 13 }, (_, i) => (i - 6) * 0.05);

const meanAndSd = (values: readonly number[]) => {
  const mean = values.reduce((s, v) => s + v, 0) / Math.max(values.length, 1);
  const square =
    values.reduce((s, v) => s + (v - mean) * (v - mean), 0) / Math.max(values.length, 1);
  return { mean, sd: Math.sqrt(square) };
};

/**
 * Sharpness of the margin: at each outline point the steepest fall of grey across it (over 0.1
 * effective radii, searched from 0.3 inside to 0.3 outside), as grey a radius. Mean and variance
 * over the outline (Gilhuijs, Giger, Bick, Med Phys 25, 1998), and the share of the outline where
 * the fall is less than half of the mean (blurred or obscured margin).
 */
export const marginSharpness = (frame: LesionFrame, raster: Raster) => {
  const table = profiles(frame, raster, STEPS);
  const falls = frame.polygon.flatMap((_, i) => {
    let steepest: number | undefined;
    for (let k = 0; k + 2 < STEPS.length; k++) {
      const [inner, outer] = [table[k]?.[i], table[k + 2]?.[i]];
      if (inner === undefined || outer === undefined) continue;
      steepest = Math.max(steepest ?? Number.NEGATIVE_INFINITY, (inner - outer) / 0.1);
    }
    return steepest === undefined ? [] : [steepest];
  });
  const { mean, sd } = meanAndSd(falls);
  const blurred = falls.filter((v) => v < mean / 2).length / Math.max(falls.length, 1);
  return { mean, variance: sd * sd, blurred };
};

/** Mean and standard deviation over the outline of grey at signed distances (effective radii). */
export const marginProfile = (frame: LesionFrame, raster: Raster, at: readonly number[]) =>
  profiles(frame, raster, at).map((row) => meanAndSd(row.filter((v) => v !== undefined)));
