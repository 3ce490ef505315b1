import type { ReferenceFile } from '../pack/reference-file.ts';
import { quantile } from '../stats/bootstrap.ts';

type Reference = Pick<ReferenceFile, 'lesions'>;

/** Median and robust standard deviation (interquartile range / 1.349) of one feature. */
interface Scale {
  readonly median: number;
  readonly spread: number;
}

const scalesIn = (reference: Reference, length: number): readonly Scale[] => {
  const lesions = reference.lesions.filter((l) => l.described?.length === length);
  return Array.from({ length: lesions.length > 0 ? length : 0 }, (_, f) => {
    const values = lesions.map((l) => l.described?.[f] as number).sort((a, b) => a - b);
    const width = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
    return { median: quantile(values, 0.5), spread: width > 0 ? width : 1 };
  });
};

const known = new WeakMap<Reference, Map<number, readonly Scale[]>>();

/** Sorted once a reference, not with every score that is held against it. */
const scalesOf = (reference: Reference, length: number): readonly Scale[] => {
  const ofLength = known.get(reference) ?? new Map<number, readonly Scale[]>();
  known.set(reference, ofLength);
  const scales = ofLength.get(length) ?? scalesIn(reference, length);
  ofLength.set(length, scales);
  return scales;
};

/** A feature this many robust standard deviations from the median is unlike the reference lesions. */
const FAR = 4;

/**
 * Places of the described features that lie outside the reference distribution, by robust z (median
 * and interquartile range). Empty where there is no reference to hold them against.
 */
export const unusualFeatures = (reference: Reference, described: readonly number[]): number[] => {
  const scales = scalesOf(reference, described.length);
  return described.flatMap((v, f) => {
    const s = scales[f];
    return s && Math.abs(v - s.median) > FAR * s.spread ? [f] : [];
  });
};
