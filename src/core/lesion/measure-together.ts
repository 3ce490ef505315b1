import { type Asked, extractorsFor, namesOf, shareOut } from './measured-arms.ts';
import type { MeasuredView, ViewRule } from './view-input.ts';

/** Some features of one view of a lesion, which one worker measures. */
export interface ViewPart {
  readonly schemaId: string;
  readonly names: readonly string[];
}

/** The one way of measuring that a pack asks for, where several workers can share it. */
const sharedBy = (features: ViewRule['features']): Asked | undefined => {
  const [asked, ...others] = extractorsFor(features);
  return others.length === 0 && asked?.extractor.divide ? asked : undefined;
};

/**
 * What a pack measures of a view in at most `count` parts, each feature in one of them: fewer than two
 * where it is not to be shared.
 */
export const divideView = (features: ViewRule['features'], count: number): readonly ViewPart[] => {
  const asked = sharedBy(features);
  if (!asked || count < 2) return [];
  const { schemaId, divide } = asked.extractor;
  const names = [...new Set(namesOf(asked))];
  return (divide?.(names, count) ?? []).map((part) => ({ schemaId, names: part }));
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
