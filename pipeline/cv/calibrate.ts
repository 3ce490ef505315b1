import { calibrate, fitPlatt, type Calibration } from '../../src/core/classifier/calibration.ts';
import { clusterDraws } from '../../src/core/stats/bootstrap.ts';
import { hasBothClasses } from '../../src/core/stats/roc.ts';

export interface CalibrationCase {
  readonly patient: string;
  readonly malignant: boolean;
  readonly score: number;
}

const fit = (cases: readonly CalibrationCase[]): Calibration =>
  fitPlatt(
    cases.map((c) => c.score),
    cases.map((c) => c.malignant),
  );

export const REFITS = 200;

/** The calibration on all out-of-fold lesion scores, and refits over draws of whole patients. */
export const fitCalibration = (
  cases: readonly CalibrationCase[],
  seed: number,
): { readonly calibration: Calibration; readonly refits: Calibration[] } => {
  const draws = clusterDraws(
    cases.map((c) => c.patient),
    REFITS,
    seed,
  );
  const drawn = draws.map((rows) => rows.map((row) => cases[row] as CalibrationCase));
  const usable = drawn.filter((d) => hasBothClasses({ malignant: d.map((c) => c.malignant) }));
  return { calibration: fit(cases), refits: usable.map(fit) };
};

/** Likelihood of each case under a calibration fitted on the other folds: for an honest report. */
export const crossFittedLikelihoods = (
  cases: readonly CalibrationCase[],
  foldOf: (c: CalibrationCase) => number,
): number[] => {
  const byFold = new Map<number, Calibration>();
  return cases.map((c) => {
    const k = foldOf(c);
    const calibration = byFold.get(k) ?? fit(cases.filter((other) => foldOf(other) !== k));
    byFold.set(k, calibration);
    return calibrate(calibration, c.score);
  });
};
