import { message } from '../message/message.ts';
import { type Arm, armsIn, type ByArm } from '../classifier/arms.ts';
import { calibrate, logit, moved, recalibrate } from '../classifier/calibration.ts';
import { decisionValue } from '../classifier/svm.ts';
import type { ScoreRule, Spread } from '../classifier/score-rule.ts';
import type { SvmFile } from '../classifier/svm-file.ts';
import { quantile } from '../stats/bootstrap.ts';
import type { Likelihood, SvmScore } from '../units/units.ts';
import { err, ok, type Result } from '../message/result.ts';
import { joinViews, type Projections, type Refusal, type ViewOrigin } from './joining.ts';
import type { ArmScore, LesionScore, LikelihoodEstimate } from './types.ts';

/** The SVMs of a pack, one an arm. */
export type PackSvms = ByArm<SvmFile>;

/** Feature vectors of one view, one an arm, in the order that the pack's feature schema names. */
export interface ViewFeatures extends ByArm<ArrayLike<number>> {
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

/** What `values` say at `x`, linear between the rising places `at` and even beyond them. */
const between = (at: readonly number[], values: readonly number[], x: number): number => {
  const after = at.findIndex((v) => v > x);
  if (after < 0) return values.at(-1) as number;
  if (after === 0) return values[0] as number;
  const [x0, x1] = [at[after - 1] as number, at[after] as number];
  const [y0, y1] = [values[after - 1] as number, values[after] as number];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
};

/** The 95 % interval that a pack's spread gives a likelihood. */
export const spreadInterval = (
  likelihood: number,
  { at, low, high }: Spread,
): LikelihoodEstimate => {
  const x = logit(likelihood);
  return {
    value: likelihood as Likelihood,
    low: moved(likelihood, -between(at, low, x)),
    high: moved(likelihood, between(at, high, x)),
  };
};

/** By the pack's spread; without one the percentiles over refits; without those the value itself. */
const estimate = (
  value: number,
  spread: Spread | undefined,
  refits: readonly number[],
): LikelihoodEstimate => {
  if (spread) return spreadInterval(value, spread);
  const sorted = [...refits, ...(refits.length ? [] : [value])].sort((x, y) => x - y);
  return {
    value: value as Likelihood,
    low: Math.min(quantile(sorted, 0.025), value) as Likelihood,
    high: Math.max(quantile(sorted, 0.975), value) as Likelihood,
  };
};

/** The likelihood of a single view in one arm. */
export const viewLikelihood = (svm: SvmFile, score: number): Likelihood =>
  calibrate(svm.viewCalibration ?? svm.calibration, score);

const scoreArm = (
  arm: Arm,
  svm: SvmFile,
  views: readonly ArrayLike<number>[],
  projections: Projections,
  spread: Spread | undefined,
): ArmParts => {
  const viewScores = views.map((features) => decisionValue(svm, features));
  const within = projections.map((group) => mean(group.map((i) => viewScores[i] as number)));
  const score = mean(within) as SvmScore;
  const refits = svm.calibrationBootstrap.map((refit) => calibrate(refit, score));
  const likelihood = estimate(calibrate(svm.calibration, score), spread, refits);
  const viewLikelihoods = viewScores.map((s) => viewLikelihood(svm, s));
  return { score: { arm, viewScores, score, likelihood }, viewLikelihoods, refits };
};

const scoreArms = (
  svms: PackSvms,
  views: readonly ViewFeatures[],
  projections: Projections,
  interval: ScoreRule['interval'],
): ArmParts[] =>
  armsIn(svms).map((arm) => {
    const vectors = views.map(({ [arm]: vector }) => {
      if (!vector) throw new Error(`the pack has the arm ${arm} but a view has no features for it`);
      return vector;
    });
    return scoreArm(arm, svms[arm] as SvmFile, vectors, projections, interval?.[arm]);
  });

/** Soft vote: the mean of the arms, entry by entry; refits beyond the shorter list are left out. */
const meanOfArms = (lists: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.min(...lists.map((l) => l.length)) }, (_, i) =>
    mean(lists.map((list) => list[i] as number)),
  );

/** The mean of the arms, calibrated once more where the pack says so. */
export const fused = (
  { calibration }: ScoreRule['fusion'],
  of: 'lesion' | 'view',
  meanLikelihood: number,
): Likelihood =>
  calibration ? recalibrate(calibration[of], meanLikelihood) : (meanLikelihood as Likelihood);

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
 * calibrated, then the mean of the arms' likelihoods (soft voting; Huynh, Li, Giger 2016), calibrated
 * once more where the pack says so. At the pack's training prevalence. The 95 % interval is that of the
 * pack's spread: another calibration sample, another training, another box; in a pack without one it
 * is the percentile interval over the bootstrap refits of the calibration, which says how well the
 * calibration is known and no more.
 * Refuses views that do not belong together (joinViews; several without `origin` are not known to),
 * and numbers that are not finite. Throws on a vector of the wrong length and on a missing arm.
 */
export const scoreLesion = (
  { fusion, interval, prevalence }: ScoreRule,
  svms: PackSvms,
  views: readonly ViewFeatures[],
): Result<LesionScore, Refusal> => {
  const joined = joinViews(views.map((view) => view.origin ?? UNKNOWN));
  if (!joined.ok) return joined;
  const parts = scoreArms(svms, views, joined.value, interval);
  const whole = (p: number) => fused(fusion, 'lesion', p);
  const value = whole(mean(parts.map((part) => part.score.likelihood.value)));
  const score: LesionScore = {
    arms: parts.map((part) => part.score),
    viewLikelihoods: meanOfArms(parts.map((part) => part.viewLikelihoods)).map((p) =>
      fused(fusion, 'view', p),
    ),
    likelihood: estimate(
      value,
      interval?.fused,
      meanOfArms(parts.map((part) => part.refits)).map(whole),
    ),
    trainingPrevalence: prevalence.training,
  };
  return isFiniteScore(score)
    ? ok(score)
    : err({ code: 'not-finite', text: message('score.not-finite') });
};
