import type { ByMeasuredArm } from '../classifier/arms.ts';
import type { WorkingImage } from '../image/working-image.ts';
import { boxCentre, type Box } from '../geometry/box.ts';
import { extractPatch, type PatchRule } from '../features/extract-patch.ts';
import { type PatchProblem, patchProblem } from './judge-patch.ts';
import { extractorsFor, namesOf, shareOut } from './measured-arms.ts';
import { measureOf } from './measures.ts';
import { segmentLesion } from '../segmentation/segment-lesion.ts';
import type { LesionContour } from '../segmentation/types.ts';

/** What of a pack says how a marked view is prepared. */
export interface ViewRule {
  readonly patch: PatchRule;
  readonly features: {
    readonly cnn: { readonly schemaId: string; readonly length: number };
    /** The features of an arm that measures by name, in its order; absent where there is no such arm. */
  } & ByMeasuredArm<{ readonly schemaId: string; readonly names: readonly string[] } | undefined>;
}

/**
 * What is found out about the lesion of one marked view besides the network's answer: under the name of
 * each arm that measures its vector, in the order of the pack's names; absent where it has no such arm.
 */
export interface MeasuredView extends ByMeasuredArm<Float32Array> {
  /** What a reader is told of the lesion, in the order of DESCRIBED_FEATURES; absent without that arm. */
  readonly described?: Float32Array;
  /** The lesion's outline inside the box. */
  readonly contour: LesionContour;
  /** Why the place holds nothing to judge; a lesion with such a view has no score. */
  readonly problem?: PatchProblem;
}

/** The vectors of the arms that measure, of each view of a lesion. */
export type MeasuredVectors = readonly ByMeasuredArm<Float32Array>[];

/** What one marked view gives to the arms. */
export interface ViewInput extends MeasuredView {
  /** The network's input: `size * size` values in [0, 1], row-major. */
  readonly patch: Float32Array;
}

/**
 * The vectors of a pack's arms, and what a reader is told. Each extractor measures once, for all arms that
 * name it; a feature has the same digits whichever others are measured with it.
 */
const measureArms = (
  features: ViewRule['features'],
  image: WorkingImage,
  box: Box,
  contour: LesionContour,
) =>
  Object.assign(
    {},
    ...extractorsFor(features).map((asked) => {
      const { whole } = measureOf(asked.extractor.schemaId);
      return shareOut(asked, whole(image, box, contour, namesOf(asked)));
    }),
  ) as ReturnType<typeof shareOut>;

/**
 * Outlines and measures the lesion of one box (stored pixels, inside the image). `patch` is what
 * extractPatch cuts of it, where that is at hand. Does not mutate.
 */
export const measureView = (
  image: WorkingImage,
  box: Box,
  rule: ViewRule,
  patch?: Float32Array,
): MeasuredView => {
  const contour = segmentLesion(image, boxCentre(box), box);
  const problem = patchProblem(image, box, rule.patch, patch);
  const measured = measureArms(rule.features, image, box, contour);
  return { contour, ...(problem ? { problem } : {}), ...measured };
};

/** Cuts, outlines and measures the lesion of one box (stored pixels, inside the image). Does not mutate. */
export const viewInput = (image: WorkingImage, box: Box, rule: ViewRule): ViewInput => {
  const patch = extractPatch(image, box, rule.patch);
  return { patch, ...measureView(image, box, rule, patch) };
};
