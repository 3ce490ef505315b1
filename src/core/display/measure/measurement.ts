import type { PixelIdentity } from '../../image/pixel-identity.ts';
import type { ImagePoint } from '../../geometry/point.ts';

/**
 * What was drawn, in stored image pixels with (0, 0) the outer corner of the first pixel. The ellipse
 * fills the box between two opposite corners; the angle lies at the middle one of three points.
 */
export type MeasuredShape =
  | { readonly kind: 'distance'; readonly points: readonly [ImagePoint, ImagePoint] }
  | { readonly kind: 'ellipse'; readonly points: readonly [ImagePoint, ImagePoint] }
  | { readonly kind: 'angle'; readonly points: readonly [ImagePoint, ImagePoint, ImagePoint] };

export type MeasurementKind = MeasuredShape['kind'];

/** A measurement; it belongs to its image. */
export interface Measurement {
  readonly id: string;
  readonly sopInstanceUid: string;
  readonly shape: MeasuredShape;
  /** Of a volume, the slice that it was made on, from 0. */
  readonly slice?: number | undefined;
  /** The pixels that it was made on, where that was kept. */
  readonly pixels?: PixelIdentity | undefined;
}

/** A place by which a shape is changed; the number says which. */
export interface ShapeHandle {
  readonly index: number;
  readonly at: ImagePoint;
}

const middle = (a: ImagePoint, b: ImagePoint): ImagePoint => ({
  x: (a.x + b.x) / 2,
  y: (a.y + b.y) / 2,
});

/** The points of a line or angle; of an ellipse the ends of its two axes (left, right, top, bottom). */
export const shapeHandles = (shape: MeasuredShape): readonly ShapeHandle[] => {
  const at = (points: readonly ImagePoint[]) => points.map((p, index) => ({ index, at: p }));
  if (shape.kind !== 'ellipse') return at(shape.points);
  const [a, b] = shape.points;
  const { x, y } = middle(a, b);
  return at([
    { x: a.x, y },
    { x: b.x, y },
    { x, y: a.y },
    { x, y: b.y },
  ]);
};

const ellipseWith = (points: readonly [ImagePoint, ImagePoint], index: number, to: ImagePoint) => {
  const [a, b] = points;
  const x = { x: to.x };
  const y = { y: to.y };
  const change = [
    [{ ...a, ...x }, b],
    [a, { ...b, ...x }],
    [{ ...a, ...y }, b],
    [a, { ...b, ...y }],
  ] as const;
  return { kind: 'ellipse', points: change[index] ?? points } as const;
};

/** The shape with one handle moved. Never mutates. */
export const withHandle = (shape: MeasuredShape, index: number, to: ImagePoint): MeasuredShape => {
  if (shape.kind === 'ellipse') return ellipseWith(shape.points, index, to);
  const points = shape.points.map((p, i) => (i === index ? to : p));
  return { ...shape, points } as unknown as MeasuredShape;
};

/** The shape moved as a whole. */
export const movedShape = (shape: MeasuredShape, dx: number, dy: number): MeasuredShape => {
  const points = shape.points.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
  return { ...shape, points } as unknown as MeasuredShape;
};

const apart = (a: ImagePoint, b: ImagePoint): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Whether there is anything to measure: lines of a pixel or more, an ellipse of a pixel's width. */
export const isMeasurable = ({ kind, points }: MeasuredShape): boolean => {
  const [a, b, c] = points;
  if (kind === 'ellipse') return Math.min(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) >= 1;
  return apart(a, b) >= 1 && (kind === 'distance' || apart(b, c as ImagePoint) >= 1);
};

/** The shape a reader without a pointer starts from: about a centre, `size` image pixels across. */
export const startingShape = (
  kind: MeasurementKind,
  { x, y }: ImagePoint,
  size: number,
): MeasuredShape => {
  const half = size / 2;
  if (kind === 'distance')
    return {
      kind,
      points: [
        { x: x - half, y },
        { x: x + half, y },
      ],
    };
  const corner = { x: x + half, y: y + half };
  if (kind === 'ellipse') return { kind, points: [{ x: x - half, y: y - half }, corner] };
  return { kind, points: [{ x: x + half, y: y - half }, { x, y }, corner] };
};
