import {
  calibrate,
  fitPlatt,
  logit,
  recalibrate,
  type Calibration,
} from '../../src/core/classifier/calibration.ts';

/** Out-of-fold decision values of a lesion or a view, one an arm. */
export interface Scored {
  readonly malignant: boolean;
  readonly fold: number;
  readonly cnn: number;
  /** Absent where the pack has no such arm. */
  readonly analytic?: number;
}

/** Everything between decision values and an answer. */
export interface Calibrations {
  readonly cnn: Calibration;
  readonly analytic?: Calibration;
  /** Of the logit of the mean of both arms' likelihoods; absent with one arm. */
  readonly fused?: Calibration;
}

export interface Answer {
  readonly cnn: number;
  readonly analytic?: number;
  readonly likelihood: number;
}

const meanOf = ({ cnn, analytic }: Pick<Calibrations, 'cnn' | 'analytic'>, c: Scored): number =>
  analytic
    ? (calibrate(cnn, c.cnn) + calibrate(analytic, c.analytic as number)) / 2
    : calibrate(cnn, c.cnn);

/** Each arm's calibration, and that of their mean, on some cases with both outcomes. */
export const fitCalibrations = (cases: readonly Scored[]): Calibrations => {
  const malignant = cases.map((c) => c.malignant);
  const cnn = fitPlatt(
    cases.map((c) => c.cnn),
    malignant,
  );
  if (cases.some((c) => c.analytic === undefined)) return { cnn };
  const analytic = fitPlatt(
    cases.map((c) => c.analytic as number),
    malignant,
  );
  const fused = fitPlatt(
    cases.map((c) => logit(meanOf({ cnn, analytic }, c))),
    malignant,
  );
  return { cnn, analytic, fused };
};

export const answerOf = (calibrations: Calibrations, c: Scored): Answer => {
  const mean = meanOf(calibrations, c);
  return {
    cnn: calibrate(calibrations.cnn, c.cnn),
    ...(calibrations.analytic
      ? { analytic: calibrate(calibrations.analytic, c.analytic as number) }
      : {}),
    likelihood: calibrations.fused ? recalibrate(calibrations.fused, mean) : mean,
  };
};

/** Calibrations blind to each fold: entry k is fitted on the cases of all other folds. */
export const blindCalibrations = (cases: readonly Scored[], folds: number): Calibrations[] =>
  Array.from({ length: folds }, (_, k) => fitCalibrations(cases.filter((c) => c.fold !== k)));

/** The answer for each of `asked` under calibrations fitted on the cases of the other folds. */
export const crossFittedAnswers = (
  cases: readonly Scored[],
  folds: number,
  asked: readonly Scored[] = cases,
): Answer[] => {
  const blind = blindCalibrations(cases, folds);
  return asked.map((c) => answerOf(blind[c.fold] as Calibrations, c));
};
