import { analyticFeatures } from '../features/analytic/analytic-features.ts';
import { boxCentre, type Box } from '../geometry/box.ts';
import type { WorkingImage } from '../image/working-image.ts';
import { segmentLesion } from '../segmentation/segment-lesion.ts';
import type { LesionContour } from '../segmentation/types.ts';

/**
 * Analytic features of a box by name, in the order of `names` (unless told that of ANALYTIC_FEATURES),
 * as 32-bit floats: the one way that page and pipeline measure, so that a machine sees the digits it was
 * trained on.
 */
export const measureLesion = (
  image: WorkingImage,
  box: Box,
  contour: LesionContour = segmentLesion(image, boxCentre(box), box),
  names?: readonly string[],
): Float32Array => Float32Array.from(analyticFeatures(image, box, contour, names));
