import { calibrate, type Calibration } from '../classifier/calibration.ts';
import { logit } from './logistic.ts';
import type { FoundMass } from './rescore.ts';

/** What the found masses of a breast say together. */
export interface BreastScore {
  readonly breast: string;
  /**
   * Likelihood of a malignant mass among breasts that were recalled or biopsied for one, as in the
   * archive. It says nothing of how many healthy breasts would score as high.
   */
  readonly likelihood: number;
  readonly masses: readonly FoundMass[];
}

/** At least one of independent events. */
const any = (chances: readonly number[]): number =>
  1 - chances.reduce((none, p) => none * (1 - p), 1);

/** A breast's masses as one number before calibration: a logit. */
export const breastEvidence = (masses: readonly FoundMass[]): number =>
  logit(any(masses.map((mass) => mass.malignant)));

/**
 * Score of each breast, and of the exam: at least one of its breasts. `masses` are those of one exam
 * (see linkMasses). An exam without any mark has no breasts here: nothing found is not called normal.
 */
export const examScore = (
  masses: readonly FoundMass[],
  calibration: Calibration,
): { readonly breasts: readonly BreastScore[]; readonly exam: number | undefined } => {
  const names = [...new Set(masses.map((mass) => mass.breast))];
  const breasts = names.map((breast) => {
    const own = masses.filter((mass) => mass.breast === breast);
    return { breast, likelihood: calibrate(calibration, breastEvidence(own)), masses: own };
  });
  const exam = breasts.length ? any(breasts.map((b) => b.likelihood)) : undefined;
  return { breasts, exam };
};
