import { atPrevalence } from '../classifier/calibration.ts';
import type { Likelihood } from '../units/units.ts';
import type { ReportScore } from './report-lesion.ts';

/**
 * A likelihood of the score as the reader saw it: moved from the training prevalence to the assumed
 * one. Untouched, to the last digit, where both are the same.
 */
export const asAssumed = (score: ReportScore, likelihood: number): number =>
  score.assumedPrevalence === score.trainingPrevalence
    ? likelihood
    : atPrevalence(likelihood as Likelihood, score.trainingPrevalence, score.assumedPrevalence);

/** The likelihood of one view alone, as the reader saw it; undefined where the view was not scored. */
export const viewAsAssumed = (score: ReportScore, sopInstanceUid: string): number | undefined => {
  const likelihood = score.viewLikelihoods[score.views.indexOf(sopInstanceUid)];
  return likelihood === undefined ? undefined : asAssumed(score, likelihood);
};
