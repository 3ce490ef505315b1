import type { MeasuredArm } from '../classifier/arms.ts';
import { DESCRIBED_NAMES } from '../features/analytic/described.ts';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';
import type { Box } from '../geometry/box.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { LesionContour } from '../segmentation/types.ts';
import { measureLesion } from './measure-lesion.ts';

interface Measuring {
  /** What a pack's features must be called, so that it was trained on what is measured here. */
  readonly schemaId: string;
  /** The features that a pack may name. */
  readonly names: readonly string[];
  /** Further ones that a reader is told of, measured with them. */
  readonly described: readonly string[];
  /** The named features of the lesion of one box (stored pixels, inside the image), in their order. */
  readonly measure: (
    image: WorkingImage,
    box: Box,
    contour: LesionContour,
    names: readonly string[],
  ) => Float32Array;
}

/** How each arm that measures does so. */
export const MEASURING: Readonly<Record<MeasuredArm, Measuring>> = {
  analytic: {
    schemaId: ANALYTIC_SCHEMA_ID,
    names: ANALYTIC_FEATURES.map(({ name }) => name),
    described: DESCRIBED_NAMES,
    measure: measureLesion,
  },
};
