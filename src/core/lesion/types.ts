import type { Arm } from '../classifier/arms.ts';
import type { Likelihood, SvmScore } from '../units/units.ts';

/** A likelihood with its 95 % interval (bootstrap of the calibration). */
export interface LikelihoodEstimate {
  readonly value: Likelihood;
  readonly low: Likelihood;
  readonly high: Likelihood;
}

/** One arm's answer: decision value per view in input order, their mean, and its calibrated likelihood. */
export interface ArmScore {
  readonly arm: Arm;
  readonly viewScores: readonly SvmScore[];
  readonly score: SvmScore;
  readonly likelihood: LikelihoodEstimate;
}

/** The fused answer for one lesion, at the pack's training prevalence. */
export interface LesionScore {
  readonly arms: readonly ArmScore[];
  /** Likelihood of each view alone (same calibration), in input order: to see views disagree. */
  readonly viewLikelihoods: readonly Likelihood[];
  readonly likelihood: LikelihoodEstimate;
  readonly trainingPrevalence: number;
}
