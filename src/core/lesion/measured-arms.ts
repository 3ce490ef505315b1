import { type ByMeasuredArm, type MeasuredArm, measuredArms } from '../classifier/arms.ts';
import { DESCRIBED_NAMES } from '../features/analytic/described.ts';
import { divideFeatures } from '../features/analytic/divide-features.ts';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';

/**
 * What can be measured of a lesion in one way; an arm of a pack names it by its schema. How it is done stands
 * in measures.ts, which the page does without.
 */
export interface Extractor {
  /** What a pack's features must be called, so that it was trained on what is measured here. */
  readonly schemaId: string;
  /** The features that a pack may name. */
  readonly names: readonly string[];
  /** Further ones that a reader is told of, measured with them. */
  readonly described: readonly string[];
  /** The names in at most so many parts, none empty, that workers can measure together; absent where one must. */
  readonly divide?: (names: readonly string[], count: number) => readonly (readonly string[])[];
}

const ANALYTIC: Extractor = {
  schemaId: ANALYTIC_SCHEMA_ID,
  names: ANALYTIC_FEATURES.map(({ name }) => name),
  described: DESCRIBED_NAMES,
  divide: divideFeatures,
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

/** What the arms of one extractor get, and a reader is told (`described`), of the values of all that is asked of it (`namesOf`). */
export const shareOut = (
  { extractor, arms }: Asked,
  all: Float32Array,
): ByMeasuredArm<Float32Array> & { readonly described?: Float32Array } => {
  const vectors: { [A in MeasuredArm]?: Float32Array } = {};
  let at = 0;
  for (const { arm, names } of arms) vectors[arm] = all.slice(at, (at += names.length));
  return {
    ...(vectors as ByMeasuredArm<Float32Array>),
    ...(extractor.described.length > 0 ? { described: all.slice(at) } : {}),
  };
};
