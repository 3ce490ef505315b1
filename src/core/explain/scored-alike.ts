import { logit } from '../classifier/calibration.ts';
import type { ArmScore } from '../lesion/types.ts';
import type { ReferenceFile } from '../pack/reference-file.ts';

type Reference = Pick<ReferenceFile, 'lesions'>;
type Lesion = ReferenceFile['lesions'][number];

export interface ScoredAlike {
  readonly lesion: Lesion;
  /** Euclidean distance of the models' calibrated decision values, in logits. */
  readonly distance: number;
}

type JudgedArm = Pick<ArmScore, 'arm' | 'likelihood'>;

const away = (lesion: Lesion, arms: readonly JudgedArm[]): number | undefined => {
  const distances = arms.map(({ arm, likelihood }) => {
    const own = lesion[arm];
    return own && logit(own.likelihood) - logit(likelihood.value);
  });
  return distances.every((d) => d !== undefined) ? Math.hypot(...distances) : undefined;
};

/**
 * The reference lesions that the classifier itself takes for most alike, nearest first: by the
 * calibrated decision values of its models (out of fold for the reference lesions), which are all of
 * a lesion that its likelihood comes from. Lesions that lack a model's answer are left out.
 */
export const scoredAlike = (
  reference: Reference,
  arms: readonly JudgedArm[],
  count: number,
): readonly ScoredAlike[] =>
  reference.lesions
    .flatMap((lesion) => {
      const distance = away(lesion, arms);
      return distance === undefined ? [] : [{ lesion, distance }];
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);

/** Chance of at least `from` of `count` at `p` each. */
const upperTail = (from: number, count: number, p: number): number => {
  let [sum, term] = [0, (1 - p) ** count];
  for (let k = 0; k <= count; k++) {
    if (k >= from) sum += term;
    term *= ((count - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
};

/** Outcomes that chance gives less often than this do not go with the likelihood. */
const RARE = 0.05;

/**
 * Whether the outcomes of like lesions contradict a likelihood (both at training prevalence): so many
 * malignant among them, or so few, as `likelihood` gives by chance in less than one of twenty times.
 */
export const contradicts = (alike: readonly ScoredAlike[], likelihood: number): boolean => {
  const malignant = alike.filter(({ lesion }) => lesion.pathology === 'malignant').length;
  const p = Math.min(Math.max(likelihood, 1e-6), 1 - 1e-6);
  return (
    alike.length > 0 &&
    (upperTail(malignant, alike.length, p) < RARE ||
      upperTail(alike.length - malignant, alike.length, 1 - p) < RARE)
  );
};
