import { quantile } from '../stats/bootstrap.ts';
import { onceAReference, type Reference } from './once-a-reference.ts';

/** Median and robust standard deviation (interquartile range / 1.349) of one feature. */
interface Scale {
  readonly median: number;
  readonly spread: number;
}

const scalesOf = onceAReference((lesions, length): readonly Scale[] =>
  Array.from({ length: lesions.length > 0 ? length : 0 }, (_, f) => {
    const values = lesions.map((l) => l.described?.[f] as number).sort((a, b) => a - b);
    const width = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
    return { median: quantile(values, 0.5), spread: width > 0 ? width : 1 };
  }),
);

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
