import { restated } from '../classifier/site-calibration.ts';
import type { Likelihood } from '../units/units.ts';
import type { ReportScore } from './report-lesion.ts';

const rule = (score: ReportScore) => ({
  training: score.trainingPrevalence,
  assumed: score.assumedPrevalence,
});

/**
 * A fused likelihood of the score as the reader saw it: through the site's calibration where there is
 * one, and moved from the training prevalence to the assumed one.
 */
export const asAssumed = (score: ReportScore, likelihood: number): number =>
  restated(likelihood as Likelihood, { ...rule(score), site: score.siteCalibration });

/**
 * The likelihood of one view alone, as the reader saw it; undefined where the view was not scored. A
 * site's calibration is of lesions and leaves single views alone.
 */
export const viewAsAssumed = (score: ReportScore, sopInstanceUid: string): number | undefined => {
  const likelihood = score.viewLikelihoods[score.views.indexOf(sopInstanceUid)];
  return likelihood === undefined ? undefined : restated(likelihood as Likelihood, rule(score));
};
