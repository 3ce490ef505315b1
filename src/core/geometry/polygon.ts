import { hypotenuse } from '../units/portable-math.ts';
import type { Point } from './point.ts';

const pairs = <T>(points: readonly T[], each: (a: T, b: T) => void): void => {
  for (let i = 0; i < points.length; i++)
    each(points[i] as T, points[(i + 1) % points.length] as T);
};

/** Where a side crosses a height; undefined where it does not. */
const crossing = (a: Point, b: Point, y: number): number | undefined =>
  a.y > y !== b.y > y ? a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x) : undefined;

/** Area of a closed polygon that does not cross itself, in the square of its unit (shoelace). */
export const polygonArea = (points: readonly Point[]): number => {
  let twice = 0;
  pairs(points, (a, b) => (twice += a.x * b.y - b.x * a.y));
  return Math.abs(twice) / 2;
};

export const polygonPerimeter = (points: readonly Point[]): number => {
  let sum = 0;
  pairs(points, (a, b) => (sum += hypotenuse(b.x - a.x, b.y - a.y)));
  return sum;
};

/** Convex hull in order (Andrew's monotone chain). */
export const convexHull = <T extends Point>(points: readonly T[]): T[] => {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: readonly T[]): T[] => {
    const chain: T[] = [];
    for (const p of list) {
      while (chain.length >= 2) {
        const [a, b] = [chain.at(-2) as T, chain.at(-1) as T];
        if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
};

/** Whether points are inside a polygon by the even-odd rule; its sides are sorted by height once. */
export const insideOf = (points: readonly Point[]): ((x: number, y: number) => boolean) => {
  const heights = points.map(({ y }) => y);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const bandOf = (y: number): number =>
    Math.min(Math.floor(((y - top) / (bottom - top || 1)) * points.length), points.length - 1);
  /** In each of as many bands as there are sides, those that reach into it. */
  const bands = points.map((): (readonly [Point, Point])[] => []);
  pairs(points, (a, b) => {
    const last = bandOf(Math.max(a.y, b.y));
    for (let band = bandOf(Math.min(a.y, b.y)); band <= last; band++) bands[band]?.push([a, b]);
  });
  return (x, y) => {
    if (!(y >= top && y <= bottom)) return false;
    let inside = false;
    for (const [a, b] of bands[bandOf(y)] ?? []) {
      const at = crossing(a, b, y);
      if (at !== undefined && x < at) inside = !inside;
    }
    return inside;
  };
};

/**
 * Cells of a width x height raster whose centres lie inside the polygon (even-odd), 1 inside,
 * row-major. The polygon is in cells, (0, 0) the outer corner of the first.
 */
export const rasterise = (points: readonly Point[], width: number, height: number): Uint8Array => {
  const mask = new Uint8Array(width * height);
  const crossed = Array.from({ length: height }, (): number[] => []);
  pairs(points, (a, b) => {
    const last = Math.min(Math.ceil(Math.max(a.y, b.y)), height - 1);
    for (let row = Math.max(Math.floor(Math.min(a.y, b.y)) - 1, 0); row <= last; row++) {
      const at = crossing(a, b, row + 0.5);
      if (at !== undefined) crossed[row]?.push(at);
    }
  });
  for (let row = 0; row < height; row++) {
    const crossings = crossed[row] as number[];
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil((crossings[i] as number) - 0.5));
      const to = Math.min(width - 1, Math.ceil((crossings[i + 1] as number) - 0.5) - 1);
      for (let x = from; x <= to; x++) mask[row * width + x] = 1;
    }
  }
  return mask;
};
