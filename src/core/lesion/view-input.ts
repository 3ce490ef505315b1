import type { WorkingImage } from '../image/working-image.ts';
import type { PackManifest } from '../pack/manifest.ts';
import { boxCentre, type Box } from '../roi/box.ts';
import { extractPatch } from '../roi/extract-patch.ts';
import { segmentLesion } from '../segmentation/segment-lesion.ts';
import type { LesionContour } from '../segmentation/types.ts';

/** What of a pack says how a marked view is prepared. */
export type ViewRule = Pick<PackManifest, 'patch'>;

/** What one marked view gives to the arms. */
export interface ViewInput {
  /** The network's input: `size * size` values in [0, 1], row-major. */
  readonly patch: Float32Array;
  /** The lesion's outline inside the box. */
  readonly contour: LesionContour;
}

/** Cuts and outlines the lesion of one box (stored pixels, inside the image). Does not mutate. */
export const viewInput = (image: WorkingImage, box: Box, rule: ViewRule): ViewInput => ({
  patch: extractPatch(image, box, rule.patch),
  contour: segmentLesion(image, boxCentre(box), box),
});
