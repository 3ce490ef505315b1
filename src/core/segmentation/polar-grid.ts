import type { Raster } from '../image/resample.ts';
import { exponential, logarithm, unitVector } from '../units/portable-math.ts';

/** Rays about a centre that an outline is made of. */
export const RAYS = 96;

const directions = Array.from({ length: RAYS }, (_, a) => unitVector(a, RAYS));

/** Unit vector of ray `a`, x to the right and y down. */
export const direction = (a: number): readonly [x: number, y: number] =>
  directions[a] as readonly [number, number];

/** Radii in geometric steps from `first`: the last is `last`. */
export const geometricRadii = (first: number, last: number, count: number): Float64Array => {
  const step = logarithm(last / first) / (count - 1);
  return Float64Array.from({ length: count }, (_, k) => first * exponential(k * step));
};

/** Distance from (x, y), inside the rectangle, to its side along ray `a`. */
export const rayToRectangle = (
  a: number,
  x: number,
  y: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
): number => {
  const [c, s] = direction(a);
  const along = (from: number, low: number, high: number, slope: number) =>
    Math.abs(slope) < 1e-9 ? Number.POSITIVE_INFINITY : ((slope > 0 ? high : low) - from) / slope;
  return Math.max(0, Math.min(along(x, left, right, c), along(y, top, bottom, s)));
};

/** Distance from (cx, cy) at which ray `a` is last inside a mask, in steps of half a cell. */
export const lastInside = (
  mask: Uint8Array,
  { width, height }: Pick<Raster, 'width' | 'height'>,
  cx: number,
  cy: number,
  a: number,
): number => {
  const [c, s] = direction(a);
  let last = 0;
  for (let r = 0; ; r += 0.5) {
    const [x, y] = [Math.floor(cx + r * c), Math.floor(cy + r * s)];
    if (x < 0 || y < 0 || x >= width || y >= height) return last;
    if (mask[y * width + x]) last = r;
  }
};

/** Mean of each entry of a ring and its `reach` neighbours on either side. */
export const smoothRing = (ring: Float64Array, reach: number): Float64Array =>
  ring.map((_, i) => {
    let sum = 0;
    for (let k = -reach; k <= reach; k++)
      sum += ring[(i + k + ring.length) % ring.length] as number;
    return sum / (2 * reach + 1);
  });
