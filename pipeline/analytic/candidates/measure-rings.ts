import { allCells, cellsOf } from '../../../src/core/features/analytic/cells.ts';
import type { Values } from '../../../src/core/features/analytic/definition.ts';
import {
  PATTERNS,
  uniformPatterns,
} from '../../../src/core/features/analytic/local-binary-pattern.ts';
import { momentsIn } from '../../../src/core/features/analytic/moments.ts';
import { ridgesOf } from '../../../src/core/features/analytic/ridge.ts';
import { sobelGradient } from '../../../src/core/features/analytic/sobel.ts';
import {
  radialFieldAt,
  radialLines,
  spiculesIn,
} from '../../../src/core/features/analytic/spicules.ts';
import { gaussianSmooth } from '../../../src/core/segmentation/smooth.ts';
import { RINGS, type WideFrame } from './wide-frame.ts';

/** Quarters of 0 to 180 degrees that an angle to the radius is counted in. */
const QUARTERS = 4;
const LINE_SIGMAS = [1.2, 2, 3.2, 5];
/** Dark lines are looked for at the three narrower widths. */
const DARK_SIGMAS = 3;
const EDGE_SIGMAS = [1, 2, 4];
/** Rings about the centre of the box, half box sides. */
const BOX_RINGS = [
  ['in', 0.25, 0.8],
  ['edge', 0.6, 1.2],
  ['out', 1, 1.7],
  ['wide', 0.4, 1.5],
] as const;
/** The finest pattern: the product takes radii of 2 and 4 cells. */
const PATTERN_RADIUS = 1;
const ZONES = [[0, 1], [2], [3, 4]];
const FAINTEST = 1e-5;

const quarterOf = (cosine: number): number => {
  const angle = Math.acos(Math.min(Math.max(cosine, -1), 1)) / Math.PI;
  return Math.min(QUARTERS - 1, Math.floor(QUARTERS * angle));
};

/** Shares of a weight by ring and quarter; all alike where a ring has none. */
const shares = (
  { raster, ring, cx, cy }: WideFrame,
  weightAndCosine: (i: number, dx: number, dy: number) => readonly [number, number],
): number[][] => {
  const sums = RINGS.map(() => new Array<number>(QUARTERS).fill(0));
  for (let i = 0; i < ring.length; i++) {
    const sum = sums[ring[i] as number];
    if (!sum) continue;
    const [dx, dy] = [(i % raster.width) + 0.5 - cx, Math.floor(i / raster.width) + 0.5 - cy];
    const [weight, cosine] = weightAndCosine(i, dx, dy);
    if (weight > 0) sum[quarterOf(cosine)] = (sum[quarterOf(cosine)] as number) + weight;
  }
  return sums.map((sum) => {
    const total = sum.reduce((s, v) => s + v, 0);
    return sum.map((v) => (total > 0 ? v / total : 1 / QUARTERS));
  });
};

/** How lines lie to the radius: `orient`, shares of four quarters of twice the angle, by ring. */
export const measureLines = (frame: WideFrame): Values => {
  const values: Values = {};
  const { raster } = frame;
  const negative = { ...raster, data: raster.data.map((v) => -v) };
  LINE_SIGMAS.forEach((sigma, k) => {
    const bright = ridgesOf(raster, sigma);
    const fields = k < DARK_SIGMAS ? { bright, dark: ridgesOf(negative, sigma) } : { bright };
    for (const [name, { strength, cos2, sin2 }] of Object.entries(fields))
      shares(frame, (i, dx, dy) => {
        const square = dx * dx + dy * dy || 1;
        const along = (dx * dx - dy * dy) * (cos2[i] as number) + 2 * dx * dy * (sin2[i] as number);
        return [strength[i] as number, along / square];
      }).forEach((row, q) => row.forEach((v, b) => (values[`orient.${name}.${k}.${q}.${b}`] = v)));
    const { boxX: x, boxY: y, half } = frame;
    const lines = radialLines(radialFieldAt(allCells(raster), raster.width, x, y), bright);
    for (const [name, from, to] of BOX_RINGS) {
      const mask = frame.valid.map((ok, i) => {
        const [dx, dy] = [(i % raster.width) + 0.5 - x, Math.floor(i / raster.width) + 0.5 - y];
        const r = Math.hypot(dx, dy) / half;
        return ok && r > from && r <= to ? 1 : 0;
      });
      const found = spiculesIn(lines, cellsOf(mask));
      values[`boxLines.alignment.${name}.${k}`] = found.alignment;
      values[`boxLines.excess.${name}.${k}`] = found.excess;
      values[`boxLines.sectors.${name}.${k}`] = found.sectors;
    }
  });
  return values;
};

/** How edges lie to the radius: shares of four quarters of the angle and mean strength, by ring. */
export const measureEdges = (frame: WideFrame): Values => {
  const values: Values = {};
  EDGE_SIGMAS.forEach((sigma, k) => {
    const { gx, gy } = sobelGradient(gaussianSmooth(frame.raster, sigma));
    const size = gx.map((a, i) => Math.hypot(a, gy[i] as number));
    shares(frame, (i, dx, dy) => {
      const inward = -((gx[i] as number) * dx + (gy[i] as number) * dy);
      return [size[i] as number, inward / ((size[i] as number) * Math.hypot(dx, dy) || 1)];
    }).forEach((row, q) => row.forEach((v, b) => (values[`edges.angle.${k}.${q}.${b}`] = v)));
    RINGS.forEach((_, q) => {
      const mask = Uint8Array.from(frame.ring, (r) => (r === q ? 1 : 0));
      values[`edges.strength.${k}.${q}`] = Math.log(momentsIn(size, mask).mean + FAINTEST);
    });
  });
  return values;
};

export const measureFinePatterns = ({ raster, ring }: WideFrame): Values => {
  const values: Values = {};
  const smooth = gaussianSmooth(raster, PATTERN_RADIUS / 2);
  const codes = uniformPatterns(smooth, PATTERN_RADIUS, allCells(raster));
  ZONES.forEach((rings, z) => {
    const counts = new Array<number>(PATTERNS).fill(0);
    codes.forEach((c, i) => {
      if (rings.includes(ring[i] as number)) counts[c] = (counts[c] as number) + 1;
    });
    const total = Math.max(
      1,
      counts.reduce((s, v) => s + v, 0),
    );
    counts.forEach((v, c) => (values[`finePattern.${z}.${c}`] = v / total));
  });
  return values;
};

export const measureGrey = ({ raster, ring }: WideFrame): Values => {
  const values: Values = {};
  RINGS.forEach((_, q) => {
    const mask = Uint8Array.from(ring, (r) => (r === q ? 1 : 0));
    const { mean, sd } = momentsIn(raster.data, mask);
    values[`ring.mean.${q}`] = mean;
    values[`ring.sd.${q}`] = sd;
  });
  return values;
};

/** Lines, edges, the finest local patterns and grey in rings about the lesion, and about the box. */
export const measureRings = (frame: WideFrame): Values => ({
  ...measureLines(frame),
  ...measureEdges(frame),
  ...measureFinePatterns(frame),
  ...measureGrey(frame),
});
