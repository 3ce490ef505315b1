import { type Box, boxFromCorners } from '../geometry/box.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** What another program drew on an image, in stored pixels; (0, 0) is the outer corner of the first. */
export interface Shape {
  readonly kind: 'point' | 'line' | 'outline';
  /** The vertices; an outline is closed, its last vertex is joined to the first. */
  readonly points: readonly ImagePoint[];
}

/** Vertices that stand for a curve. */
const CURVE = 64;
/** More vertices than this are thinned out: no screen shows them apart. */
const MOST_VERTICES = 2000;

const turnsOf = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count);

/** Centre and a point of the rim (PS3.3 C.10.5.1.2, C.18.6.1.2). */
const circle = (centre: ImagePoint, rim: ImagePoint): Shape => {
  const radius = Math.hypot(rim.x - centre.x, rim.y - centre.y);
  const points = turnsOf(CURVE).map((angle) => ({
    x: centre.x + radius * Math.cos(angle),
    y: centre.y + radius * Math.sin(angle),
  }));
  return { kind: 'outline', points };
};

/** The ends of one axis, then those of the other. */
const ellipse = (a: ImagePoint, b: ImagePoint, c: ImagePoint, d: ImagePoint): Shape => {
  const centre = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const [u, v] = [
    { x: (b.x - a.x) / 2, y: (b.y - a.y) / 2 },
    { x: (d.x - c.x) / 2, y: (d.y - c.y) / 2 },
  ];
  const points = turnsOf(CURVE).map((angle) => ({
    x: centre.x + u.x * Math.cos(angle) + v.x * Math.sin(angle),
    y: centre.y + u.y * Math.cos(angle) + v.y * Math.sin(angle),
  }));
  return { kind: 'outline', points };
};

const thinned = (points: readonly ImagePoint[]): readonly ImagePoint[] => {
  const step = Math.ceil(points.length / MOST_VERTICES);
  return step > 1 ? points.filter((_, i) => i % step === 0) : points;
};

const isSame = (a: ImagePoint, b: ImagePoint): boolean => a.x === b.x && a.y === b.y;

const polyline = (points: readonly ImagePoint[]): Shape => {
  const [first, last] = [points[0], points.at(-1)];
  const closed = points.length > 3 && first && last && isSame(first, last);
  return closed
    ? { kind: 'outline', points: thinned(points.slice(0, -1)) }
    : { kind: 'line', points: thinned(points) };
};

/**
 * The shapes of a Graphic Type with its data: POINT, MULTIPOINT, POLYLINE, POLYGON, INTERPOLATED, CIRCLE
 * and ELLIPSE (PS3.3 C.10.5.1.2 and C.18.6.1.2). What is none of these, or has too few points, gives
 * none. An interpolated curve is drawn through its points by straight lines.
 */
export const shapesOf = (type: string, points: readonly ImagePoint[]): readonly Shape[] => {
  const [a, b, c, d] = points;
  if (!a) return [];
  switch (type) {
    case 'POINT':
    case 'MULTIPOINT':
      return thinned(points).map((point) => ({ kind: 'point', points: [point] }));
    case 'CIRCLE':
      return b ? [circle(a, b)] : [];
    case 'ELLIPSE':
      return b && c && d ? [ellipse(a, b, c, d)] : [];
    case 'POLYGON':
      return points.length > 2 ? [{ kind: 'outline', points: thinned(points) }] : [];
    case 'POLYLINE':
    case 'INTERPOLATED':
      return b ? [polyline(points)] : [{ kind: 'point', points: [a] }];
    default:
      return [];
  }
};

/** The smallest box around some points. */
export const boundsOf = (points: readonly ImagePoint[]): Box => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return boxFromCorners(left, top, right, bottom);
};
