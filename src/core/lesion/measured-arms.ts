import { type ByMeasuredArm, type MeasuredArm, measuredArms } from '../classifier/arms.ts';
import { DESCRIBED_NAMES } from '../features/analytic/described.ts';
import { divideFeatures } from '../features/analytic/divide-features.ts';
import type { LesionCut } from '../features/analytic/lesion-cut.ts';
import { measureCut } from '../features/analytic/measure-cut.ts';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';
import type { Box } from '../geometry/box.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { LesionContour } from '../segmentation/types.ts';
import { measureLesion } from './measure-lesion.ts';

/** A way of measuring a lesion; an arm of a pack names it by its schema. */
export interface Extractor {
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
  /** How several workers measure it together; absent where only one can. */
  readonly together?: {
    /** The names in at most so many parts, none empty. */
    readonly divide: (names: readonly string[], count: number) => readonly (readonly string[])[];
    /** As `measure`, of what cutLesion cut for the box. */
    readonly measure: (
      cut: LesionCut,
      box: Box,
      contour: LesionContour,
      names: readonly string[],
    ) => Float32Array;
  };
}

const ANALYTIC: Extractor = {
  schemaId: ANALYTIC_SCHEMA_ID,
  names: ANALYTIC_FEATURES.map(({ name }) => name),
  described: DESCRIBED_NAMES,
  measure: measureLesion,
  together: {
    divide: divideFeatures,
    measure: (cut, box, contour, names) => Float32Array.from(measureCut(cut, box, contour, names)),
  },
};

/** All ways of measuring. */
export const EXTRACTORS: readonly Extractor[] = [ANALYTIC];

export const extractorOf = (schemaId: string): Extractor | undefined =>
  EXTRACTORS.find((extractor) => extractor.schemaId === schemaId);

/** What a pack's arms ask of one extractor. */
export interface Asked {
  readonly extractor: Extractor;
  readonly arms: readonly { readonly arm: MeasuredArm; readonly names: readonly string[] }[];
}

/** The extractors that a pack's arms name, each once. Throws on a name of none, which parsePack refuses. */
export const extractorsFor = (
  features: ByMeasuredArm<
    { readonly schemaId: string; readonly names: readonly string[] } | undefined
  >,
): readonly Asked[] => {
  const asked = new Map<Extractor, Asked['arms']>();
  for (const arm of measuredArms(features)) {
    const named = features[arm];
    if (!named) continue;
    const extractor = extractorOf(named.schemaId);
    if (!extractor) throw new Error(`nothing measures ${named.schemaId}`);
    asked.set(extractor, [...(asked.get(extractor) ?? []), { arm, names: named.names }]);
  }
  return [...asked].map(([extractor, arms]) => ({ extractor, arms }));
};

/** All that is asked of an extractor: the features of each arm, then what a reader is told. */
export const namesOf = ({ extractor, arms }: Asked): readonly string[] => [
  ...arms.flatMap(({ names }) => names),
  ...extractor.described,
];
