import type { ReferenceFile } from '../pack/reference-file.ts';
import { quantile } from '../stats/bootstrap.ts';

type Lesion = ReferenceFile['lesions'][number];

export interface Neighbour {
  readonly lesion: Lesion;
  /** Euclidean distance in features scaled by their robust spread. */
  readonly distance: number;
}

type Reference = Pick<ReferenceFile, 'lesions'>;

interface Described {
  /** The lesions that bear the described features. */
  readonly lesions: readonly Lesion[];
  /** Median and robust standard deviation (interquartile range / 1.349) of each feature. */
  readonly scale: readonly { readonly median: number; readonly spread: number }[];
}

const describedIn = (reference: Reference, length: number): Described => {
  const lesions = reference.lesions.filter((l) => l.described?.length === length);
  const scale = Array.from({ length: lesions.length > 0 ? length : 0 }, (_, f) => {
    const values = lesions.map((l) => l.described?.[f] as number).sort((a, b) => a - b);
    const width = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
    return { median: quantile(values, 0.5), spread: width > 0 ? width : 1 };
  });
  return { lesions, scale };
};

const known = new WeakMap<Reference, Map<number, Described>>();

/** Sorted once a reference, not with every score that is held against it. */
const describedOf = (reference: Reference, length: number): Described => {
  const ofLength = known.get(reference) ?? new Map<number, Described>();
  known.set(reference, ofLength);
  const described = ofLength.get(length) ?? describedIn(reference, length);
  ofLength.set(length, described);
  return described;
};

/** The reference lesions that are most alike in the described features, nearest first. */
export const nearestLesions = (
  reference: Reference,
  described: readonly number[],
  count: number,
): Neighbour[] => {
  const { lesions, scale } = describedOf(reference, described.length);
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
export const unusualFeatures = (reference: Reference, described: readonly number[]): number[] => {
  const { scale } = describedOf(reference, described.length);
  return described.flatMap((v, f) => {
    const s = scale[f];
    return s && Math.abs(v - s.median) > FAR * s.spread ? [f] : [];
  });
};

/** Share of the reference lesions of one outcome whose feature is lower. NaN where there are none. */
export const shareBelow = (
  reference: Reference,
  pathology: Lesion['pathology'],
  feature: number,
  value: number,
): number => {
  const values = reference.lesions.flatMap((l) =>
    l.pathology === pathology && l.described ? [l.described[feature] as number] : [],
  );
  return values.filter((v) => v < value).length / values.length;
};
