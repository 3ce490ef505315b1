import type { WorkingImage } from '../../image/working-image.ts';
import { boxCentre, type Box } from '../../geometry/box.ts';
import { segmentLesion } from '../../segmentation/segment-lesion.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import type { Values } from './definition.ts';
import { layFrame, FRAME_CONTEXT, type LesionFrame } from './lesion-frame.ts';
import { measureDensity } from './measure-density.ts';
import { measureGradients } from './measure-gradients.ts';
import { measureMargin } from './measure-margin.ts';
import { measurePatterns } from './measure-patterns.ts';
import { measureShape } from './measure-shape.ts';
import { measureSpicules } from './measure-spicules.ts';
import { measureTexture } from './measure-texture.ts';
import { ANALYTIC_FEATURES } from './schema.ts';

/** Cells of the frame that goes by the lesion's size: 160 / 2.2 = 72.7 to the longer box side. */
export const SIZE_CELLS = 160;
/** Cells of the frame that goes by millimetres: one a working pixel, within these bounds. */
const MM_CELLS = { least: 64, most: 400 };

const longerSide = (image: WorkingImage, box: Box): number =>
  Math.max(box.width / image.columnsPerPixel, box.height / image.rowsPerPixel);

export const physicalFrame = (
  image: WorkingImage,
  box: Box,
  contour: LesionContour,
): LesionFrame => {
  const cells = 2 * Math.round((FRAME_CONTEXT * longerSide(image, box)) / 2);
  return layFrame(image, box, contour, Math.min(Math.max(cells, MM_CELLS.least), MM_CELLS.most));
};

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
): Float64Array => {
  const wanted = new Set(names);
  const frame = layFrame(image, box, contour, SIZE_CELLS);
  const physical = physicalFrame(image, box, contour);
  const pixelsPerCell = (FRAME_CONTEXT * longerSide(image, box)) / SIZE_CELLS;
  const values: Values = {
    ...measureShape(frame, image, box, contour),
    ...measureGradients(frame, wanted),
    ...measureMargin(frame),
    ...measureDensity(frame, image, pixelsPerCell),
    ...measureTexture(frame, physical, wanted),
    ...measureSpicules(frame, physical, wanted),
    ...measurePatterns(frame, wanted),
  };
  return Float64Array.from(names, (name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the feature ${name} is not measured here`);
    return value;
  });
};
