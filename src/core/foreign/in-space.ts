import { halfStep, normalOf, type Planes } from '../dicom/planes.ts';
import { dot, type InSpace, minus } from '../geometry/in-space.ts';
import { boxCentre } from '../geometry/box.ts';
import type { ImagePoint } from '../geometry/point.ts';
import type { FindingMark } from './finding.ts';
import { boundsOf, shapesOf } from './shape.ts';

/** A region in the patient, not on an image: an SCOORD3D (PS3.3 C.18.9). */
export interface SpaceRegion {
  /** ReferencedFrameOfReferenceUID (3006,0024). */
  readonly frameOfReference: string;
  /** GraphicType (0070,0023): those of `shapesOf` are drawn; ELLIPSOID is not. */
  readonly type: string;
  readonly points: readonly InSpace[];
}

/** A place in the patient in stored pixels, (0, 0) the outer corner of the first. */
const onImage = (
  place: InSpace,
  { origin, alongRow, alongColumn, spacing }: Planes,
): ImagePoint => {
  const from = minus(place, origin);
  return {
    x: dot(from, alongRow) / spacing.column + 0.5,
    y: dot(from, alongColumn) / spacing.row + 0.5,
  };
};

/** Frames whose slice reaches into a range of depths, counted from 1. */
const framesWithin = (planes: Planes, low: number, high: number): readonly number[] => {
  // A place between two slices is on both.
  const half = halfStep(planes) * (1 + 1e-6);
  return planes.depths.flatMap((depth, i) =>
    depth >= low - half && depth <= high + half ? [i + 1] : [],
  );
};

/**
 * The mark of a region on an image whose frames lie in the same frame of reference: on the frames that
 * it reaches into, seen along their normal. Undefined where it lies on none, or is of a kind that is not
 * drawn.
 */
export const markInSpace = (
  { frameOfReference, type, points }: SpaceRegion,
  sopInstanceUid: string,
  planes: Planes | undefined,
): FindingMark | undefined => {
  if (!planes || planes.frameOfReference !== frameOfReference || points.length === 0)
    return undefined;
  const normal = normalOf(planes);
  let [low, high] = [Infinity, -Infinity];
  for (const place of points) {
    const depth = dot(minus(place, planes.origin), normal);
    [low, high] = [Math.min(low, depth), Math.max(high, depth)];
  }
  const frames = framesWithin(planes, low, high);
  const shapes = shapesOf(
    type,
    points.map((place) => onImage(place, planes)),
  );
  const vertices = shapes.flatMap((shape) => shape.points);
  if (frames.length === 0 || vertices.length === 0) return undefined;
  const centre = boxCentre(boundsOf(vertices));
  // A bare point is its own sign.
  const drawn = shapes.length === 1 && shapes[0]?.kind === 'point' ? [] : shapes;
  return { sopInstanceUid, frames, centre, shapes: drawn };
};
