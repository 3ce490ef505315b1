import { calibrate } from '../classifier/calibration.ts';
import { decisionValue } from '../classifier/svm.ts';
import type { SvmFile } from '../pack/svm-file.ts';
import { quantile } from '../stats/bootstrap.ts';
import type { Likelihood, SvmScore } from '../units.ts';
import type { Arm, ArmScore, LesionScore, LikelihoodEstimate } from './types.ts';

/** What of a pack's manifest says how its scores are to be read. */
export interface ScoreRule {
  /** Share of malignant lesions in the data that calibration was fitted on. */
  readonly prevalence: { readonly training: number };
}

/** The SVMs of a pack, one an arm. */
export interface PackSvms {
  readonly cnn: SvmFile;
  readonly analytic?: SvmFile;
}

/** Feature vectors of one view, one an arm, in the order that the pack's feature schema names. */
export interface ViewFeatures {
  readonly cnn: ArrayLike<number>;
  readonly analytic?: ArrayLike<number>;
}

interface ArmParts {
  readonly score: ArmScore;
  readonly viewLikelihoods: readonly Likelihood[];
  /** The likelihood under each bootstrap refit of the calibration, unsorted. */
  readonly refits: readonly number[];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / values.length;

/** 95 % percentile interval; without refits the interval is the value itself. */
const estimate = (value: number, refits: readonly number[]): LikelihoodEstimate => {
  const sorted = [...refits, ...(refits.length ? [] : [value])].sort((x, y) => x - y);
  return {
    value: value as Likelihood,
    low: Math.min(quantile(sorted, 0.025), value) as Likelihood,
    high: Math.max(quantile(sorted, 0.975), value) as Likelihood,
  };
};

const scoreArm = (arm: Arm, svm: SvmFile, views: readonly ArrayLike<number>[]): ArmParts => {
  const viewScores = views.map((features) => decisionValue(svm, features));
  const score = mean(viewScores) as SvmScore;
  const refits = svm.calibrationBootstrap.map((refit) => calibrate(refit, score));
  const likelihood = estimate(calibrate(svm.calibration, score), refits);
  const viewLikelihoods = viewScores.map((s) => calibrate(svm.calibration, s));
  return { score: { arm, viewScores, score, likelihood }, viewLikelihoods, refits };
};

const scoreArms = (svms: PackSvms, views: readonly ViewFeatures[]): ArmParts[] => {
  const cnn = scoreArm(
    'cnn',
    svms.cnn,
    views.map((view) => view.cnn),
  );
  if (!svms.analytic) return [cnn];
  const analytic = views.map((view) => {
    if (!view.analytic) throw new Error('the pack has an analytic arm but a view has no features');
    return view.analytic;
  });
  return [cnn, scoreArm('analytic', svms.analytic, analytic)];
};

/** Soft vote: the mean of the arms, entry by entry; refits beyond the shorter list are left out. */
const meanOfArms = (lists: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.min(...lists.map((l) => l.length)) }, (_, i) =>
    mean(lists.map((list) => list[i] as number)),
  );

/**
 * The fused answer for one lesion from the feature vectors of its views (at least one, any order):
 * mean decision value over the views in each arm, calibrated, then the mean of the arms' likelihoods
 * (soft voting; Huynh, Li, Giger 2016). At the pack's training prevalence. The interval is the 95 %
 * percentile interval over the bootstrap refits of the calibration: it says how well the
 * calibration is known, not how the classifier would vary. Throws on no views, on a vector of the
 * wrong length and on a missing arm.
 */
export const scoreLesion = (
  rule: ScoreRule,
  svms: PackSvms,
  views: readonly ViewFeatures[],
): LesionScore => {
  if (views.length === 0) throw new Error('a lesion needs at least one view to be scored');
  const parts = scoreArms(svms, views);
  const value = mean(parts.map((part) => part.score.likelihood.value));
  return {
    arms: parts.map((part) => part.score),
    viewLikelihoods: meanOfArms(parts.map((part) => part.viewLikelihoods)) as Likelihood[],
    likelihood: estimate(value, meanOfArms(parts.map((part) => part.refits))),
    trainingPrevalence: rule.prevalence.training,
  };
};
