import type { SvmFile } from './svm-file.ts';
import type { Likelihood } from '../units/units.ts';
import { exponential, logarithm } from '../units/portable-math.ts';

/** Platt's sigmoid p = 1 / (1 + exp(a * score + b)); a is negative when high scores are malignant. */
export type Calibration = SvmFile['calibration'];

/** Calibrated likelihood of a score, at the prevalence of the data the calibration was fitted on. */
export const calibrate = ({ a, b }: Calibration, score: number): Likelihood => {
  const z = a * score + b;
  return (
    z >= 0 ? exponential(-z) / (1 + exponential(-z)) : 1 / (1 + exponential(z))
  ) as Likelihood;
};

/** ln(p / (1 - p)), with p held a little off 0 and 1. */
export const logit = (p: number): number => {
  const q = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  return logarithm(q / (1 - q));
};

/** A likelihood calibrated once more, by its logit. */
export const recalibrate = (calibration: Calibration, likelihood: number): Likelihood =>
  calibrate(calibration, logit(likelihood));

/** The likelihood `by` logits from another. */
export const moved = (likelihood: number, by: number): Likelihood =>
  calibrate({ a: -1, b: -by }, logit(likelihood));

const odds = (p: number): number => p / (1 - p);

/**
 * The likelihood at another prevalence: p' = k p / ((k - 1) p + 1) with k the ratio of the odds of
 * the target to those of the training prevalence (Horsch, Giger, Metz, Acad Radiol 2008). All in
 * (0, 1) but p, which may be 0 or 1.
 */
export const atPrevalence = (p: Likelihood, training: number, target: number): Likelihood => {
  const k = odds(target) / odds(training);
  return ((k * p) / (k * p + (1 - p))) as Likelihood;
};

/** -log likelihood of (a, b) under the smoothed targets, in the stable form of Lin et al. */
const loss = (scores: ArrayLike<number>, targets: Float64Array, a: number, b: number): number => {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const z = (scores[i] as number) * a + b;
    const t = targets[i] as number;
    // eslint-disable-next-line no-restricted-syntax -- only tells which step is better; a pack ships what came of it
    sum += z >= 0 ? t * z + Math.log1p(Math.exp(-z)) : (t - 1) * z + Math.log1p(Math.exp(z));
  }
  return sum;
};

/** Gradient and Hessian (with a ridge of 1e-12) of the loss at (a, b). */
const derivatives = (scores: ArrayLike<number>, targets: Float64Array, a: number, b: number) => {
  let [haa, hbb, hab, ga, gb] = [1e-12, 1e-12, 0, 0, 0];
  for (let i = 0; i < targets.length; i++) {
    const s = scores[i] as number;
    const p = calibrate({ a, b }, s);
    const q = p * (1 - p);
    const d = (targets[i] as number) - p;
    haa += s * s * q;
    hbb += q;
    hab += s * q;
    ga += s * d;
    gb += d;
  }
  return { haa, hbb, hab, ga, gb };
};

/**
 * Fits Platt's sigmoid to scores and outcomes by Newton's method with backtracking and Platt's
 * smoothed targets (Lin, Lin & Weng, Machine Learning 68, 2007, algorithm 1). `scores` and
 * `malignant` have one entry a lesion. Throws when there are none.
 */
export const fitPlatt = (scores: ArrayLike<number>, malignant: readonly boolean[]): Calibration => {
  if (malignant.length === 0) throw new Error('no scores to calibrate on');
  const positives = malignant.filter(Boolean).length;
  const negatives = malignant.length - positives;
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  const targets = Float64Array.from(malignant, (m) => (m ? high : low));
  let a = 0;
  // eslint-disable-next-line no-restricted-syntax -- where the search begins; a pack ships where it ended
  let b = Math.log((negatives + 1) / (positives + 1));
  let value = loss(scores, targets, a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    const { haa, hbb, hab, ga, gb } = derivatives(scores, targets, a, b);
    if (Math.abs(ga) < 1e-9 && Math.abs(gb) < 1e-9) break;
    const det = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / det;
    const db = -(haa * gb - hab * ga) / det;
    const slope = ga * da + gb * db;
    let step = 1;
    while (step >= 1e-10) {
      const next = loss(scores, targets, a + step * da, b + step * db);
      if (next < value + 1e-4 * step * slope) {
        a += step * da;
        b += step * db;
        value = next;
        break;
      }
      step /= 2;
    }
    if (step < 1e-10) break;
  }
  return { a, b };
};
