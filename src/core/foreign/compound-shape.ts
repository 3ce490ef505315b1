import type { ImagePoint } from '../geometry/point.ts';
import { type Shape, shapesOf } from './shape.ts';

/** A Compound Graphic (PS3.3 C.10.5.1.3) in stored pixels. */
export interface CompoundGraphic {
  /** CompoundGraphicType (0070,0294), upper case. */
  readonly type: string;
  readonly points: readonly ImagePoint[];
  /** Degrees, counterclockwise as seen, about `about`; absent: 0. */
  readonly rotation?: number;
  /** Absent: the middle of the points. */
  readonly about?: ImagePoint;
}

/** What is drawn of one, and whether that is all of it. */
export interface CompoundShapes {
  readonly shapes: readonly Shape[];
  /** False where ticks, labels, arrow heads or gaps are left out. */
  readonly whole: boolean;
}

/** Longer than any image, in pixels: what runs to the border of the view. */
const FAR = 1e5;

const middle = (points: readonly ImagePoint[]): ImagePoint => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** Rows run downwards: what is counterclockwise to the eye is clockwise in x and y. */
const turned = (points: readonly ImagePoint[], degrees: number, { x: cx, y: cy }: ImagePoint) => {
  const angle = (-degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return points.map(({ x, y }) => ({
    x: cx + (x - cx) * cos - (y - cy) * sin,
    y: cy + (x - cx) * sin + (y - cy) * cos,
  }));
};

const endless = (a: ImagePoint, b: ImagePoint): readonly ImagePoint[] => {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return [a, b];
  const [x, y] = [((b.x - a.x) / length) * FAR, ((b.y - a.y) / length) * FAR];
  return [
    { x: a.x - x, y: a.y - y },
    { x: b.x + x, y: b.y + y },
  ];
};

const corners = (a: ImagePoint, b: ImagePoint): readonly ImagePoint[] => [
  a,
  { x: b.x, y: a.y },
  b,
  { x: a.x, y: b.y },
];

/** The ends of the axes of the ellipse in a box between two corners. */
const axes = (a: ImagePoint, b: ImagePoint): readonly ImagePoint[] => {
  const { x, y } = middle([a, b]);
  return [
    { x: a.x, y },
    { x: b.x, y },
    { x, y: a.y },
    { x, y: b.y },
  ];
};

const pairs = (points: readonly ImagePoint[]): readonly (readonly ImagePoint[])[] =>
  Array.from({ length: Math.floor(points.length / 2) }, (_, i) => points.slice(2 * i, 2 * i + 2));

/**
 * The shapes of a compound graphic: RECTANGLE, ELLIPSE, POLYLINE and MULTILINE whole; of INFINITELINE
 * and CUTLINE the line to the borders, of RANGELINE, RULER, AXIS and ARROW the line, of CROSSHAIR its
 * place. None of another type, or with too few points.
 */
export const compoundShapes = (graphic: CompoundGraphic): CompoundShapes => {
  const { type, points, rotation = 0 } = graphic;
  const [a, b] = points;
  if (!a) return { shapes: [], whole: false };
  const about = graphic.about ?? middle(points);
  const drawn = (as: string, of: readonly ImagePoint[]): readonly Shape[] =>
    shapesOf(as, rotation === 0 ? of : turned(of, rotation, about));
  if (type === 'CROSSHAIR') return { shapes: drawn('POINT', [a]), whole: false };
  if (!b) return { shapes: [], whole: false };
  switch (type) {
    case 'RECTANGLE':
      return { shapes: drawn('POLYGON', corners(a, b)), whole: true };
    case 'ELLIPSE':
      return { shapes: drawn('ELLIPSE', axes(a, b)), whole: true };
    case 'POLYLINE':
      return { shapes: drawn('POLYLINE', points), whole: true };
    case 'MULTILINE':
      return { shapes: pairs(points).flatMap((pair) => drawn('POLYLINE', pair)), whole: true };
    case 'INFINITELINE':
    case 'CUTLINE':
      return { shapes: drawn('POLYLINE', endless(a, b)), whole: false };
    case 'RANGELINE':
    case 'RULER':
    case 'AXIS':
    case 'ARROW':
      return { shapes: drawn('POLYLINE', [a, b]), whole: false };
    default:
      return { shapes: [], whole: false };
  }
};
