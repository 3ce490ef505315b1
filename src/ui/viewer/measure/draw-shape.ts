import type { MeasuredShape, MeasurementKind } from '../../../core/display/measure/measurement.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';

/**
 * A shape that is being drawn: the points set so far, and where the pointer is. Points are set by
 * dragging from one to the next or by single clicks, in any mixture.
 */
export interface Draft {
  readonly kind: MeasurementKind;
  readonly set: readonly ImagePoint[];
  readonly at: ImagePoint;
  /** Whether the press that began the draft is still on. */
  readonly fresh: boolean;
}

const pointsOf = (kind: MeasurementKind): number => (kind === 'angle' ? 3 : 2);

/** The pointer goes down. */
export const press = (draft: Draft | null, kind: MeasurementKind, at: ImagePoint): Draft =>
  draft?.kind === kind ? { ...draft, at } : { kind, set: [at], at, fresh: true };

export const follow = (draft: Draft, at: ImagePoint): Draft => ({ ...draft, at });

/** The pointer goes up: the next draft, or the shape when all its points are set. */
export const letGo = (
  draft: Draft,
  at: ImagePoint,
  moved: boolean,
): { readonly draft: Draft } | { readonly shape: MeasuredShape } => {
  if (draft.fresh && !moved) return { draft: { ...draft, at, fresh: false } };
  const set = [...draft.set, at];
  if (set.length < pointsOf(draft.kind)) return { draft: { ...draft, set, at, fresh: false } };
  return { shape: { kind: draft.kind, points: set } as unknown as MeasuredShape };
};

/** What the draft looks like now: of an angle the first arm alone, as long as it has no second. */
export const draftShape = ({ kind, set, at }: Draft): MeasuredShape => {
  const points = [...set, at];
  const isArm = kind === 'angle' && points.length === 2;
  return { kind: isArm ? 'distance' : kind, points } as unknown as MeasuredShape;
};
