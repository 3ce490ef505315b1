import type { LesionCut } from '../features/analytic/lesion-cut.ts';
import type { Box } from '../geometry/box.ts';
import type { LesionContour } from '../segmentation/types.ts';
import { type Asked, extractorOf, extractorsFor, namesOf } from './measured-arms.ts';
import { type MeasuredView, shareOut, type ViewRule } from './view-input.ts';

/** Some features of one view of a lesion, which one worker measures. */
export interface ViewPart {
  readonly schemaId: string;
  readonly names: readonly string[];
}

/** The one way of measuring that a pack asks for, where several workers can share it. */
const sharedBy = (features: ViewRule['features']): Asked | undefined => {
  const [asked, ...others] = extractorsFor(features);
  return others.length === 0 && asked?.extractor.together ? asked : undefined;
};

/**
 * What a pack measures of a view in at most `count` parts, each feature in one of them: fewer than two
 * where it is not to be shared.
 */
export const divideView = (features: ViewRule['features'], count: number): readonly ViewPart[] => {
  const asked = sharedBy(features);
  if (!asked || count < 2) return [];
  const { schemaId, together } = asked.extractor;
  const names = [...new Set(namesOf(asked))];
  return (together?.divide(names, count) ?? []).map((part) => ({ schemaId, names: part }));
};

/** The values of a part's names, in their order, of what cutLesion cut for the box (stored pixels). */
export const measurePart = (
  { schemaId, names }: ViewPart,
  cut: LesionCut,
  box: Box,
  contour: LesionContour,
): Float32Array => {
  const together = extractorOf(schemaId)?.together;
  if (!together) throw new Error(`nothing measures ${schemaId} in parts`);
  return together.measure(cut, box, contour, names);
};

/**
 * What the parts of `divideView` come to: the same, digit for digit, as measured in one go. `values` are
 * those of each part's names, in their order. Throws where a value is missing.
 */
export const putTogether = (
  features: ViewRule['features'],
  parts: readonly ViewPart[],
  values: readonly Float32Array[],
): Omit<MeasuredView, 'contour' | 'problem'> => {
  const asked = sharedBy(features);
  if (!asked) throw new Error('this is not measured in parts');
  const found = new Map(
    parts.flatMap(({ names }, p) => names.map((name, i) => [name, values[p]?.[i]] as const)),
  );
  const all = Float32Array.from(namesOf(asked), (name) => {
    const value = found.get(name);
    if (value === undefined) throw new Error(`no part has measured ${name}`);
    return value;
  });
  return shareOut(asked, all);
};
