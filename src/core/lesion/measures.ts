import type { LesionCut } from '../features/analytic/lesion-cut.ts';
import { measureCut } from '../features/analytic/measure-cut.ts';
import { ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';
import type { Box } from '../geometry/box.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { LesionContour } from '../segmentation/types.ts';
import { measureLesion } from './measure-lesion.ts';
import type { ViewPart } from './measure-together.ts';

/** How the features of one extractor (measured-arms.ts) are measured. */
export interface Measure {
  /** The named features of the lesion of one box (stored pixels, inside the image), in their order. */
  readonly whole: (
    image: WorkingImage,
    box: Box,
    contour: LesionContour,
    names: readonly string[],
  ) => Float32Array;
  /** The same of what cutLesion cut for the box, where several workers can measure it together. */
  readonly part?: (
    cut: LesionCut,
    box: Box,
    contour: LesionContour,
    names: readonly string[],
  ) => Float32Array;
}

/** By the schema of the extractor. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  [ANALYTIC_SCHEMA_ID]: {
    whole: measureLesion,
    part: (cut, box, contour, names) => Float32Array.from(measureCut(cut, box, contour, names)),
  },
};

/** Throws where nothing measures so. */
export const measureOf = (schemaId: string): Measure => {
  const measure = MEASURES[schemaId];
  if (!measure) throw new Error(`nothing measures ${schemaId}`);
  return measure;
};

/** The values of a part's names, in their order, of what cutLesion cut for the box (stored pixels). */
export const measurePart = (
  { schemaId, names }: ViewPart,
  cut: LesionCut,
  box: Box,
  contour: LesionContour,
): Float32Array => {
  const { part } = measureOf(schemaId);
  if (!part) throw new Error(`nothing measures ${schemaId} in parts`);
  return part(cut, box, contour, names);
};
