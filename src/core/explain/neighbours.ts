import type { ReferenceFile } from '../pack/reference-file.ts';
import { quantile } from '../stats/bootstrap.ts';

type Lesion = ReferenceFile['lesions'][number];

export interface Neighbour {
  readonly lesion: Lesion;
  /** Euclidean distance in features scaled by their robust spread. */
  readonly distance: number;
}

/** Median and robust standard deviation (interquartile range / 1.349) of each described feature. */
const spreads = (lesions: readonly Lesion[]) => {
  const count = lesions[0]?.described?.length ?? 0;
  return Array.from({ length: count }, (_, f) => {
    const values = lesions.map((l) => l.described?.[f] as number).sort((a, b) => a - b);
    const width = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
    return { median: quantile(values, 0.5), spread: width > 0 ? width : 1 };
  });
};

const withFeatures = (reference: Pick<ReferenceFile, 'lesions'>, length: number) =>
  reference.lesions.filter((l) => l.described?.length === length);

/** The reference lesions that are most alike in the described features, nearest first. */
export const nearestLesions = (
  reference: Pick<ReferenceFile, 'lesions'>,
  described: readonly number[],
  count: number,
): Neighbour[] => {
  const lesions = withFeatures(reference, described.length);
  const scale = spreads(lesions);
  const distance = (lesion: Lesion): number =>
    Math.hypot(
      ...described.map(
        (v, f) => (v - (lesion.described?.[f] as number)) / (scale[f]?.spread as number),
      ),
    );
  return lesions
    .map((lesion) => ({ lesion, distance: distance(lesion) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
};

/** A feature this many robust standard deviations from the median is unlike the reference lesions. */
const FAR = 4;

/**
 * Places of the described features that lie outside the reference distribution, by robust z (median
 * and interquartile range). Empty where there is no reference to hold them against.
 */
export const unusualFeatures = (
  reference: Pick<ReferenceFile, 'lesions'>,
  described: readonly number[],
): number[] => {
  const scale = spreads(withFeatures(reference, described.length));
  return described.flatMap((v, f) => {
    const s = scale[f];
    return s && Math.abs(v - s.median) > FAR * s.spread ? [f] : [];
  });
};

/** Share of the reference lesions of one outcome whose feature is lower. NaN where there are none. */
export const shareBelow = (
  reference: Pick<ReferenceFile, 'lesions'>,
  pathology: Lesion['pathology'],
  feature: number,
  value: number,
): number => {
  const values = reference.lesions.flatMap((l) =>
    l.pathology === pathology && l.described ? [l.described[feature] as number] : [],
  );
  return values.filter((v) => v < value).length / values.length;
};
