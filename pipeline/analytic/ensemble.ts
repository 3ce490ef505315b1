import { aucDelong, pairedDelong, type Interval } from '../../src/core/stats/delong.ts';
import { holm } from '../../src/core/stats/holm.ts';
import { crossFittedLikelihoods } from '../cv/calibrate.ts';

/** A lesion with the out-of-fold mean decision value of each arm. */
export interface TwoArmLesion {
  readonly patient: string;
  readonly malignant: boolean;
  readonly fold: number;
  readonly cnn: number;
  readonly analytic: number;
}

export interface Comparison {
  readonly against: 'cnn' | 'analytic';
  readonly difference: number;
  readonly interval: Interval;
  readonly p: number;
  readonly holm: number;
}

/** Likelihoods of each lesion by arm, calibrated on the other folds, and their mean (soft vote). */
export const vote = (lesions: readonly TwoArmLesion[]) => {
  const likelihoods = (arm: 'cnn' | 'analytic') => {
    const cases = lesions.map((l) => ({ ...l, score: l[arm] }));
    return crossFittedLikelihoods(cases, (c) => (c as (typeof cases)[number]).fold);
  };
  const [cnn, analytic] = [likelihoods('cnn'), likelihoods('analytic')];
  const ensemble = cnn.map((p, i) => (p + (analytic[i] as number)) / 2);
  return { cnn, analytic, ensemble };
};

/** AUC of both arms and the ensemble, and the ensemble against each arm (paired DeLong, Holm). */
export const compareEnsemble = (lesions: readonly TwoArmLesion[]) => {
  const malignant = lesions.map((l) => l.malignant);
  const votes = vote(lesions);
  const area = (scores: readonly number[]) => aucDelong({ scores, malignant });
  const tests = (['cnn', 'analytic'] as const).map((against) => ({
    against,
    ...pairedDelong(votes.ensemble, votes[against], malignant),
  }));
  const adjusted = holm(tests.map((t) => t.p));
  const comparisons: Comparison[] = tests.map((t, i) => ({ ...t, holm: adjusted[i] as number }));
  return {
    cnn: area(votes.cnn),
    analytic: area(votes.analytic),
    ensemble: area(votes.ensemble),
    comparisons,
    votes,
  };
};
