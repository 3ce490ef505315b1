import { type BitMask, toBytes } from './bit-mask.ts';
import { fillHoles } from './fill-holes.ts';
import { growRegions } from './growing-regions.ts';
import {
  describeRegion,
  radialGradientIndex,
  type Extent,
  type GradientField,
  type Region,
} from './radial-gradient-index.ts';
import type { RegionOfInterest } from './region-of-interest.ts';
import { ordered } from '../stats/order.ts';
import { exponential, hypotenuse } from '../units/portable-math.ts';

/** What the search is told about one region of interest; lengths in its cells. */
export interface SearchSpace {
  readonly roi: RegionOfInterest;
  readonly gradient: GradientField;
  /** Grey below which everything is background (backgroundOf). */
  readonly background: number;
  /** Centre of the Gaussian constraint. */
  readonly seedX: number;
  readonly seedY: number;
  readonly sigmaX: number;
  readonly sigmaY: number;
  /** 1 where the lesion may be: inside the image and the reader's box. */
  readonly allowed: Uint8Array;
  /** Factor on a region's index for what is known of its extent. */
  readonly prior: (region: Region) => number;
}

export interface Candidate {
  readonly roi: RegionOfInterest;
  readonly mask: Uint8Array;
  readonly region: Region;
  /** Radial gradient index of the region's outline, -1 to 1. */
  readonly index: number;
  /** Index times prior: what candidates are compared by. */
  readonly merit: number;
}

/** Share of the region of interest's cells below which grey counts as background. */
const BACKGROUND = 0.1;
/** A region is judged each time it has grown by this share. */
const GROWTH = 0.08;
/** Fewest cells of a region (12 across): smaller ones are blurred here and judged on a smaller square. */
const LEAST_AREA = 110;
/** Cells about the seed that the region must hang together with: a lesion may be mottled. */
const SEED_RADIUS = 1.6;

/** Grey of a region of interest below which it counts as background. */
export const backgroundOf = ({ data, inside }: RegionOfInterest): number => {
  const kept = data.filter((_, i) => inside[i]);
  return ordered(kept, [Math.floor(BACKGROUND * (kept.length - 1))])[0] ?? 0;
};

/** Grey above background times an isotropic Gaussian at the seed (Kupinski & Giger 1998, eq. 1-2). */
const constrained = (space: SearchSpace): Float32Array => {
  const { roi, background, seedX, seedY, sigmaX, sigmaY } = space;
  const bell = (count: number, centre: number, sigma: number) =>
    Float64Array.from({ length: count }, (_, i) => {
      const away = (i + 0.5 - centre) / sigma;
      return exponential((-away * away) / 2);
    });
  const gx = bell(roi.width, seedX, sigmaX);
  const gy = bell(roi.height, seedY, sigmaY);
  const values = new Float32Array(roi.data.length);
  for (let y = 0, i = 0; y < roi.height; y++)
    for (let x = 0; x < roi.width; x++, i++) {
      const bellHere = (gx[x] as number) * (gy[y] as number);
      values[i] = Math.max((roi.data[i] as number) - background, 0) * bellHere;
    }
  return values;
};

const cellsAround = ({ roi, seedX, seedY }: SearchSpace): number[] => {
  const cells: number[] = [];
  const near = (seed: number, count: number) =>
    [
      Math.max(Math.floor(seed - SEED_RADIUS - 1), 0),
      Math.min(Math.ceil(seed + SEED_RADIUS + 1), count),
    ] as const;
  const [left, right] = near(seedX, roi.width);
  const [top, bottom] = near(seedY, roi.height);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      if (hypotenuse(x + 0.5 - seedX, y + 0.5 - seedY) <= SEED_RADIUS)
        cells.push(y * roi.width + x);
  return cells;
};

/** Whether the region leaves the region of interest other than over the image's edge. */
const leaks = (
  { x0, y0, x1, y1 }: Extent,
  { width, height, inside }: RegionOfInterest,
): boolean => {
  const open = (x: number, y: number) => inside[y * width + x] === 1;
  const [mx, my] = [(x0 + x1) >> 1, (y0 + y1) >> 1];
  return (
    (x0 === 0 && open(0, my)) ||
    (y0 === 0 && open(mx, 0)) ||
    (x1 === width && open(width - 1, my)) ||
    (y1 === height && open(mx, height - 1))
  );
};

/**
 * The hole-free region about the seed whose outline has the largest radial gradient index, over all
 * thresholds of the constrained image (Kupinski & Giger 1998). Undefined when no threshold makes a
 * region.
 */
export const bestRegion = (space: SearchSpace): Candidate | undefined => {
  const { roi, gradient, allowed, prior } = space;
  const { width } = roi;
  let best: (Omit<Candidate, 'mask'> & { readonly filled: BitMask }) | undefined;
  const seeds = cellsAround(space);
  growRegions(constrained(space), allowed, width, seeds, GROWTH, (grown, area, extent) => {
    if (area < LEAST_AREA) return true;
    if (leaks(extent, roi)) return false;
    const filled = fillHoles(grown, extent);
    const region = describeRegion(filled, extent);
    const index = radialGradientIndex(filled, roi.inside, gradient, region);
    const merit = index * prior(region);
    if (index > 0 && merit > (best?.merit ?? 0)) best = { roi, filled, region, index, merit };
    return true;
  });
  return best && { ...best, mask: toBytes(best.filled) };
};
