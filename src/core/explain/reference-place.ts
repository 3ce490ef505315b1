import type { ReferenceFile } from '../pack/reference-file.ts';

/** Where a likelihood stands among the reference lesions of a pack. */
export interface ReferencePlace {
  readonly benign: number;
  readonly malignant: number;
  /** Shares of each outcome's lesions that score higher; NaN where an outcome has none. */
  readonly higher: Readonly<Record<'benign' | 'malignant', number>>;
}

/**
 * Holds a fused likelihood (at training prevalence) against the out-of-fold likelihoods of the
 * reference lesions.
 */
export const referencePlace = (
  { lesions }: Pick<ReferenceFile, 'lesions'>,
  likelihood: number,
): ReferencePlace => {
  const of = (pathology: 'benign' | 'malignant') => {
    const own = lesions.filter((l) => l.pathology === pathology);
    const higher = own.filter((l) => l.likelihood > likelihood).length;
    return { count: own.length, higher: higher / own.length };
  };
  const [benign, malignant] = [of('benign'), of('malignant')];
  return {
    benign: benign.count,
    malignant: malignant.count,
    higher: { benign: benign.higher, malignant: malignant.higher },
  };
};

/** What a model cannot know: likelihoods beyond count as these on the axis of decision values. */
const [LEAST, MOST] = [0.001, 0.999];

/**
 * The decision value of a fused likelihood: its log odds at training prevalence. Restating the
 * likelihood for another prevalence moves all decision values alike, so that no plot over them
 * changes its shape.
 */
export const decisionOf = (likelihood: number): number => {
  const p = Math.min(Math.max(likelihood, LEAST), MOST);
  return Math.log(p / (1 - p));
};

/** The likelihood at training prevalence of a decision value. */
export const likelihoodOf = (decision: number): number => 1 / (1 + Math.exp(-decision));

/** From the lowest to the highest decision value of the reference lesions and of `likelihood`. */
export const decisionRange = (
  { lesions }: Pick<ReferenceFile, 'lesions'>,
  likelihood: number,
): { readonly low: number; readonly high: number } => {
  let [low, high] = [decisionOf(likelihood), decisionOf(likelihood)];
  for (const lesion of lesions) {
    const decision = decisionOf(lesion.likelihood);
    [low, high] = [Math.min(low, decision), Math.max(high, decision)];
  }
  return { low: low - 0.1, high: high + 0.1 };
};

/** Lesions of each outcome in `bins` equal bins of a value in [0, 1]. */
export const outcomeHistogram = (
  { lesions }: Pick<ReferenceFile, 'lesions'>,
  bins: number,
  valueOf: (likelihood: number) => number = (p) => p,
): { readonly benign: readonly number[]; readonly malignant: readonly number[] } => {
  const count = (pathology: 'benign' | 'malignant') => {
    const counts = new Array<number>(bins).fill(0);
    for (const lesion of lesions) {
      if (lesion.pathology !== pathology) continue;
      const bin = Math.min(Math.max(Math.floor(valueOf(lesion.likelihood) * bins), 0), bins - 1);
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counts;
  };
  return { benign: count('benign'), malignant: count('malignant') };
};
