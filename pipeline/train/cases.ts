import {
  crossFittedAnswers,
  fitCalibrations,
  type Answer,
  type Calibrations,
  type Scored,
} from '../cv/answers.ts';
import { lesionMeans } from '../cv/search.ts';
import { isLoneBox } from '../data/rois.ts';
import type { Case } from '../protocol/metrics.ts';
import { FOLDS } from '../protocol/rules.ts';
import type { FoldedTraining, LabelledRoi } from './train-data.ts';

/** A lesion with its out-of-fold scores under the settings that ship, and what it is told apart by. */
export type LesionCase = Scored & {
  readonly lesion: string;
  readonly patient: string;
  readonly views: number;
} & Pick<LabelledRoi, 'density' | 'subtlety' | 'margins' | 'shape'>;

type ViewCase = Scored & { readonly patient: string };

/** Out-of-fold values of every row, by arm. */
export interface ArmScores {
  readonly cnn: readonly number[];
  readonly analytic: readonly number[] | undefined;
}

/** Lesions that count, in order of first appearance. */
const lesionCases = (
  { rois, fold }: FoldedTraining,
  { cnn, analytic }: ArmScores,
): LesionCase[] => {
  const all = [...rois.keys()];
  const measured = analytic && lesionMeans(rois, all, analytic);
  const firstRow = new Map<string, number>();
  rois.forEach(({ lesion }, i) => firstRow.set(lesion, firstRow.get(lesion) ?? i));
  return lesionMeans(rois, all, cnn).map(({ lesion, patient, malignant, score, views }, i) => {
    const row = firstRow.get(lesion) as number;
    const { density, subtlety, margins, shape } = rois[row] as LabelledRoi;
    const said = { density, subtlety, margins, shape };
    const other = measured ? { analytic: measured[i]?.score as number } : {};
    return {
      lesion,
      patient,
      malignant,
      views,
      fold: fold[row] as number,
      cnn: score,
      ...other,
      ...said,
    };
  });
};

/** Views of lesions that count. */
const viewCases = ({ rois, fold }: FoldedTraining, { cnn, analytic }: ArmScores): ViewCase[] =>
  rois.flatMap(({ patient, malignant, lesion }, i) => {
    if (isLoneBox(lesion)) return [];
    const other = analytic ? { analytic: analytic[i] as number } : {};
    return [{ patient, malignant, fold: fold[i] as number, cnn: cnn[i] as number, ...other }];
  });

/** Lesions and views under the settings that ship, and what is answered for them. */
export interface Judged {
  readonly lesions: readonly LesionCase[];
  readonly views: readonly ViewCase[];
  /** Those that ship, fitted on all cases. */
  readonly calibrations: { readonly lesion: Calibrations; readonly view: Calibrations };
  /** Of each lesion and each view, by calibrations that are blind to its fold. */
  readonly answers: readonly Answer[];
  readonly viewAnswers: readonly Answer[];
}

export const judge = (data: FoldedTraining, scores: ArmScores): Judged => {
  const lesions = lesionCases(data, scores);
  const views = viewCases(data, scores);
  return {
    lesions,
    views,
    calibrations: { lesion: fitCalibrations(lesions), view: fitCalibrations(views) },
    answers: crossFittedAnswers(lesions, FOLDS),
    viewAnswers: crossFittedAnswers(views, FOLDS),
  };
};

/** What each arm says in an answer. */
export const ARM_ANSWERS = {
  cnn: (a: Answer) => a.cnn,
  analytic: (a: Answer) => a.analytic as number,
  ensemble: (a: Answer) => a.likelihood,
};

/** A report's cases of one arm: likelihoods order them as well, so that all figures have one basis. */
export const casesOf = (
  cases: readonly ViewCase[],
  answers: readonly Answer[],
  pick: (answer: Answer) => number,
): Case[] =>
  cases.map(({ patient, malignant }, i) => {
    const likelihood = pick(answers[i] as Answer);
    return { patient, malignant, score: likelihood, likelihood };
  });

/** A report's cases where only the order counts: mean scores of the lesions, without a calibration. */
export const uncalibratedCases = (
  rois: readonly LabelledRoi[],
  scores: readonly number[],
): Case[] =>
  lesionMeans(rois, [...rois.keys()], scores).map((lesion) => ({ ...lesion, likelihood: 0.5 }));

/** Share of malignant ones. */
export const malignantShare = (cases: readonly { readonly malignant: boolean }[]): number =>
  cases.filter((c) => c.malignant).length / cases.length;
