import { calibrate } from '../classifier/calibration.ts';
import { decisionValue } from '../classifier/svm.ts';
import type { SvmFile } from '../pack/svm-file.ts';
import { quantile } from '../stats/bootstrap.ts';
import type { Likelihood, SvmScore } from '../units.ts';
import { err, ok, type Result } from '../result.ts';
import { joinViews, type Projections, type Refusal, type ViewOrigin } from './joining.ts';
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
  /** What the view is of; may be left out of a score of one view alone. */
  readonly origin?: ViewOrigin;
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

const scoreArm = (
  arm: Arm,
  svm: SvmFile,
  views: readonly ArrayLike<number>[],
  projections: Projections,
): ArmParts => {
  const viewScores = views.map((features) => decisionValue(svm, features));
  const within = projections.map((group) => mean(group.map((i) => viewScores[i] as number)));
  const score = mean(within) as SvmScore;
  const refits = svm.calibrationBootstrap.map((refit) => calibrate(refit, score));
  const likelihood = estimate(calibrate(svm.calibration, score), refits);
  const viewLikelihoods = viewScores.map((s) => calibrate(svm.calibration, s));
  return { score: { arm, viewScores, score, likelihood }, viewLikelihoods, refits };
};

const scoreArms = (
  svms: PackSvms,
  views: readonly ViewFeatures[],
  projections: Projections,
): ArmParts[] => {
  const cnn = scoreArm(
    'cnn',
    svms.cnn,
    views.map((view) => view.cnn),
    projections,
  );
  if (!svms.analytic) return [cnn];
  const analytic = views.map((view) => {
    if (!view.analytic) throw new Error('the pack has an analytic arm but a view has no features');
    return view.analytic;
  });
  return [cnn, scoreArm('analytic', svms.analytic, analytic, projections)];
};

/** Soft vote: the mean of the arms, entry by entry; refits beyond the shorter list are left out. */
const meanOfArms = (lists: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.min(...lists.map((l) => l.length)) }, (_, i) =>
    mean(lists.map((list) => list[i] as number)),
  );

const UNKNOWN: ViewOrigin = {
  person: '',
  exam: '',
  side: undefined,
  view: undefined,
  name: '?',
};

const isFiniteScore = ({ arms, viewLikelihoods, likelihood }: LesionScore): boolean =>
  [
    ...viewLikelihoods,
    ...[likelihood, ...arms.map((arm) => arm.likelihood)].flatMap((e) => [e.value, e.low, e.high]),
    ...arms.flatMap((arm) => [arm.score, ...arm.viewScores]),
  ].every(Number.isFinite);

/**
 * The fused answer for one lesion from the feature vectors of its views (at least one, any order):
 * mean decision value over the images of each projection, then over the projections, in each arm,
 * calibrated, then the mean of the arms' likelihoods (soft voting; Huynh, Li, Giger 2016). At the
 * pack's training prevalence. The interval is the 95 % percentile interval over the bootstrap refits
 * of the calibration: it says how well the calibration is known, not how the classifier would vary.
 * Refuses views that do not belong together (joinViews; several without `origin` are not known to),
 * and numbers that are not finite. Throws on a vector of the wrong length and on a missing arm.
 */
export const scoreLesion = (
  rule: ScoreRule,
  svms: PackSvms,
  views: readonly ViewFeatures[],
): Result<LesionScore, Refusal> => {
  const joined = joinViews(views.map((view) => view.origin ?? UNKNOWN));
  if (!joined.ok) return joined;
  const parts = scoreArms(svms, views, joined.value);
  const value = mean(parts.map((part) => part.score.likelihood.value));
  const score: LesionScore = {
    arms: parts.map((part) => part.score),
    viewLikelihoods: meanOfArms(parts.map((part) => part.viewLikelihoods)) as Likelihood[],
    likelihood: estimate(value, meanOfArms(parts.map((part) => part.refits))),
    trainingPrevalence: rule.prevalence.training,
  };
  return isFiniteScore(score)
    ? ok(score)
    : err({ code: 'not-finite', text: 'The score is not a finite number.' });
};
