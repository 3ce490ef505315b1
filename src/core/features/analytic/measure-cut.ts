import type { Box } from '../../geometry/box.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { type FeatureDefinition, isByMm, type Values, type Wanted } from './definition.ts';
import { FRAME_CONTEXT, gridOf, type LesionCut, longerSide } from './lesion-cut.ts';
import { layFrame } from './lesion-frame.ts';
import { DENSITY_FEATURES, measureDensity } from './measure-density.ts';
import { measureGradients } from './measure-gradients.ts';
import { MARGIN_FEATURES, measureMargin } from './measure-margin.ts';
import { measurePatterns } from './measure-patterns.ts';
import { measureShape, SHAPE_FEATURES } from './measure-shape.ts';
import { measureSpicules } from './measure-spicules.ts';
import { measureBands, measureTexture } from './measure-texture.ts';

/** Cells of the frame that goes by the lesion's size: 160 / 2.2 = 72.7 to the longer box side. */
export const SIZE_CELLS = 160;
/** Cells of the frame that goes by millimetres: one a working pixel, within these bounds. */
const MM_CELLS = { least: 64, most: 400 };

const measureBySize = (
  cut: LesionCut,
  box: Box,
  contour: LesionContour,
  wanted: Wanted,
): Values => {
  const { scale, breastGrey } = cut;
  const frame = layFrame(scale, box, contour, gridOf(cut, SIZE_CELLS));
  const pixelsPerCell = (FRAME_CONTEXT * longerSide(scale, box)) / SIZE_CELLS;
  const asks = (features: readonly FeatureDefinition[]) =>
    features.some(({ name }) => wanted.has(name));
  return {
    ...(asks(SHAPE_FEATURES) ? measureShape(frame, scale, box, contour) : {}),
    ...measureGradients(frame, wanted),
    ...(asks(MARGIN_FEATURES) ? measureMargin(frame) : {}),
    ...(asks(DENSITY_FEATURES) ? measureDensity(frame, breastGrey, pixelsPerCell) : {}),
    ...measureTexture(frame, wanted),
    ...measureBands(frame, 'size', wanted),
    ...measureSpicules(frame, 'size', wanted),
    ...measurePatterns(frame, wanted),
  };
};

const measureByMm = (cut: LesionCut, box: Box, contour: LesionContour, wanted: Wanted): Values => {
  const cells = 2 * Math.round((FRAME_CONTEXT * longerSide(cut.scale, box)) / 2);
  const grid = gridOf(cut, Math.min(Math.max(cells, MM_CELLS.least), MM_CELLS.most));
  const frame = layFrame(cut.scale, box, contour, grid);
  return { ...measureBands(frame, 'mm', wanted), ...measureSpicules(frame, 'mm', wanted) };
};

/**
 * Features by name, in the order of `names`, of what cutLesion cut for a box; a frame that none of them
 * needs is not laid. `box` and `contour` are in stored pixels. Throws on a name that this program does not
 * measure. Does not mutate.
 */
export const measureCut = (
  cut: LesionCut,
  box: Box,
  contour: LesionContour,
  names: readonly string[],
): Float64Array => {
  const wanted = new Set(names);
  const values: Values = {
    ...(names.every(isByMm) ? {} : measureBySize(cut, box, contour, wanted)),
    ...(names.some(isByMm) ? measureByMm(cut, box, contour, wanted) : {}),
  };
  return Float64Array.from(names, (name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the feature ${name} is not measured here`);
    return value;
  });
};
