import { analyticFeatures } from '../features/analytic/analytic-features.ts';
import { ANALYTIC_FEATURES } from '../features/analytic/schema.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { PackManifest } from '../pack/manifest.ts';
import { boxCentre, type Box } from '../roi/box.ts';
import { extractPatch } from '../roi/extract-patch.ts';
import { segmentLesion } from '../segmentation/segment-lesion.ts';
import type { LesionContour } from '../segmentation/types.ts';

/** What of a pack says how a marked view is prepared. */
export type ViewRule = Pick<PackManifest, 'patch' | 'features'>;

/** What one marked view gives to the arms. */
export interface ViewInput {
  /** The network's input: `size * size` values in [0, 1], row-major. */
  readonly patch: Float32Array;
  /** The analytic arm's vector in the order of the pack's names; absent where it has no such arm. */
  readonly analytic?: Float32Array;
  /** All analytic features in the order of ANALYTIC_FEATURES; absent where the pack has no such arm. */
  readonly measured?: Float32Array;
  /** The lesion's outline inside the box. */
  readonly contour: LesionContour;
}

/**
 * All analytic features of a box in the order of ANALYTIC_FEATURES, as 32-bit floats: the one way
 * that page and pipeline measure, so that a machine sees the digits it was trained on.
 */
export const measureLesion = (
  image: WorkingImage,
  box: Box,
  contour: LesionContour = segmentLesion(image, boxCentre(box), box),
): Float32Array => Float32Array.from(analyticFeatures(image, box, contour));

/** The vector of an arm: the measured features that a pack names, in its order. Throws on an unknown name. */
export const pickFeatures = (measured: ArrayLike<number>, names: readonly string[]): Float32Array =>
  Float32Array.from(names, (name) => {
    const index = ANALYTIC_FEATURES.findIndex((feature) => feature.name === name);
    if (index < 0) throw new Error(`there is no analytic feature ${name}`);
    return measured[index] as number;
  });

/** Cuts, outlines and measures the lesion of one box (stored pixels, inside the image). Does not mutate. */
export const viewInput = (image: WorkingImage, box: Box, rule: ViewRule): ViewInput => {
  const patch = extractPatch(image, box, rule.patch);
  const contour = segmentLesion(image, boxCentre(box), box);
  const { analytic } = rule.features;
  if (!analytic) return { patch, contour };
  const measured = measureLesion(image, box, contour);
  return { patch, contour, measured, analytic: pickFeatures(measured, analytic.names) };
};
