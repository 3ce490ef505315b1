import {
  fromImage,
  toImage,
  type BreastFrame,
  type BreastPoint,
} from '../../../core/display/hanging/breast-frame.ts';
import type { Pose } from '../../../ports/display.ts';
import type { Links } from '../../../ports/storage.ts';

/** What a reader did to one view, in terms that hold for another one, mirrored for the other side. */
export interface Movement {
  /** Factor on the scale. */
  readonly ratio: number;
  /** How far the middle moved outwards and down over the breast, CSS pixels. */
  readonly shift: BreastPoint;
}

export const movementOf = (frame: BreastFrame, before: Pose, after: Pose): Movement => {
  const [from, to] = [fromImage(frame, before.center), fromImage(frame, after.center)];
  return {
    ratio: after.scale / before.scale,
    shift: {
      depth: (to.depth - from.depth) * after.scale,
      below: (to.below - from.below) * after.scale,
    },
  };
};

/** A zoom about the pointer moves the middle, too; that is no pan. */
export const isZoom = ({ ratio }: Movement): boolean => Math.abs(ratio - 1) > 1e-9;

/**
 * Where another view goes when one was moved. All views on show zoom together, because they are to
 * keep one scale. Only views of the same projection move together, in mirror image for the other
 * breast: what a CC view shows at some height an MLO view shows elsewhere.
 */
export const followed = (
  frame: BreastFrame,
  pose: Pose,
  movement: Movement,
  links: Pick<Links, 'zoom' | 'pan'>,
  sameProjection: boolean,
): Pose => {
  if (isZoom(movement) && !links.zoom) return pose;
  const scale = links.zoom ? pose.scale * movement.ratio : pose.scale;
  if (!links.pan || !sameProjection) return { center: pose.center, scale };
  const at = fromImage(frame, pose.center);
  const center = toImage(frame, {
    depth: at.depth + movement.shift.depth / scale,
    below: at.below + movement.shift.below / scale,
  });
  return { center, scale };
};
