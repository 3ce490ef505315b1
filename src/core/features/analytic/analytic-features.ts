import type { WorkingImage } from '../../image/working-image.ts';
import { boxCentre, type Box } from '../../geometry/box.ts';
import { segmentLesion } from '../../segmentation/segment-lesion.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { cutLesion } from './lesion-cut.ts';
import { measureCut } from './measure-cut.ts';
import { ANALYTIC_FEATURES } from './schema.ts';

/** Every feature, in the order of ANALYTIC_FEATURES. */
export const ALL_ANALYTIC: readonly string[] = ANALYTIC_FEATURES.map(({ name }) => name);

/**
 * Analytic (radiomic) features of one lesion in one view by name, in the order of `names` and the units
 * of ANALYTIC_FEATURES; unless told, all of them. A feature has the same digits whichever others are
 * asked for. `box` is the reader's box in stored pixels, inside the image; `contour` its outline, by
 * default the segmentation inside the box. All finite, also on an empty image. Throws on a name that
 * this program does not measure. Does not mutate.
 */
export const analyticFeatures = (
  image: WorkingImage,
  box: Box,
  contour: LesionContour = segmentLesion(image, boxCentre(box), box),
  names: readonly string[] = ALL_ANALYTIC,
): Float64Array => measureCut(cutLesion(image, box), box, contour, names);
