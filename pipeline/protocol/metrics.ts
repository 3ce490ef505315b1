import { bootstrapInterval } from '../../src/core/stats/bootstrap.ts';
import { brier, calibrationLine, ece } from '../../src/core/stats/calibration-metrics.ts';
import { aucDelong, pairedDelong, type Interval } from '../../src/core/stats/delong.ts';
import { holm } from '../../src/core/stats/holm.ts';
import { atSpecificity, auc, hasBothClasses, partialAuc } from '../../src/core/stats/roc.ts';

/** One scored case: a lesion or a view, with its outcome. */
export interface Case {
  readonly patient: string;
  readonly malignant: boolean;
  /** Decision value: orders the cases. */
  readonly score: number;
  readonly likelihood: number;
}

export interface AucReport {
  readonly value: number;
  readonly delong: Interval;
  /** Percentiles over draws of whole patients. */
  readonly bootstrap: Interval;
}

/** What a set of cases says; the parts that need both outcomes are null where one is absent. */
export interface CaseReport {
  readonly n: number;
  readonly positives: number;
  readonly auc: AucReport | null;
  /** Mean specificity where sensitivity is at least 0.9. */
  readonly partialAuc: { readonly value: number; readonly bootstrap: Interval } | null;
  readonly brier: number;
  readonly ece: number;
  readonly calibration: { readonly slope: number; readonly intercept: number } | null;
  readonly operatingPoints: readonly {
    readonly specificity: number;
    readonly sensitivity: number;
    readonly interval: Interval;
    readonly likelihood: number;
  }[];
}

export const REPLICATES = 2000;
const SEED = 2016;
const FROM_SENSITIVITY = 0.9;

const scoredOf = (cases: readonly Case[]) => ({
  scores: cases.map((c) => c.score),
  malignant: cases.map((c) => c.malignant),
});

/** 95 % interval of a statistic that needs both outcomes, by draws of whole patients. */
const interval = (
  cases: readonly Case[],
  statistic: (scored: ReturnType<typeof scoredOf>) => number,
): Interval =>
  bootstrapInterval(
    cases.map((c) => c.patient),
    (rows) => {
      const drawn = scoredOf(rows.map((row) => cases[row] as Case));
      return hasBothClasses(drawn) ? statistic(drawn) : undefined;
    },
    { replicates: REPLICATES, seed: SEED },
  ) ?? [Number.NaN, Number.NaN];

export const reportAuc = (cases: readonly Case[]): AucReport | null => {
  const scored = scoredOf(cases);
  if (!hasBothClasses(scored)) return null;
  const { value, interval: delong } = aucDelong(scored);
  return { value, delong, bootstrap: interval(cases, auc) };
};

const operatingPoint = (cases: readonly Case[], wanted: number) => {
  const { sensitivity, specificity, threshold } = atSpecificity(scoredOf(cases), wanted);
  const called = cases.filter((c) => c.score >= threshold).map((c) => c.likelihood);
  return {
    specificity,
    sensitivity,
    interval: interval(cases, (drawn) => atSpecificity(drawn, wanted).sensitivity),
    likelihood: called.length ? Math.min(...called) : 1,
  };
};

/** Discrimination and calibration of a set of cases. Throws on none. */
export const reportCases = (cases: readonly Case[]): CaseReport => {
  if (cases.length === 0) throw new Error('no cases to report on');
  const scored = scoredOf(cases);
  const both = hasBothClasses(scored);
  const forecast = {
    likelihoods: cases.map((c) => c.likelihood),
    malignant: scored.malignant,
  };
  const specificityAbove = (drawn: typeof scored) =>
    partialAuc(drawn, FROM_SENSITIVITY) / (1 - FROM_SENSITIVITY);
  return {
    n: cases.length,
    positives: scored.malignant.filter(Boolean).length,
    auc: reportAuc(cases),
    partialAuc: both
      ? { value: specificityAbove(scored), bootstrap: interval(cases, specificityAbove) }
      : null,
    brier: brier(forecast),
    ece: ece(forecast),
    calibration: calibrationLine(forecast) ?? null,
    operatingPoints: both ? [0.8, 0.9].map((wanted) => operatingPoint(cases, wanted)) : [],
  };
};

/** Paired DeLong between every two arms over the same cases, p adjusted by Holm. */
export const compareArms = (
  arms: Readonly<Record<string, readonly number[]>>,
  malignant: readonly boolean[],
) => {
  const names = Object.keys(arms);
  if (!hasBothClasses({ malignant })) return [];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
  const tests = pairs.map(([a, b]) => ({
    a,
    b,
    ...pairedDelong(arms[a] as number[], arms[b] as number[], malignant),
  }));
  const adjusted = holm(tests.map((test) => test.p));
  return tests.map((test, i) => ({ ...test, holm: adjusted[i] as number }));
};

/** A share of the cases that is looked at by itself. */
export interface Subgroup {
  readonly by: string;
  readonly value: string;
  readonly n: number;
  readonly positives: number;
  readonly auc: AucReport | null;
}

/** AUC by the values of one property; cases without a value are left out. */
export const subgroupsBy = <T extends Case>(
  by: string,
  cases: readonly T[],
  value: (c: T) => string,
): Subgroup[] =>
  [...new Set(cases.map(value))]
    .filter((v) => v !== '')
    .sort()
    .map((v) => {
      const members = cases.filter((c) => value(c) === v);
      const positives = members.filter((c) => c.malignant).length;
      return { by, value: v, n: members.length, positives, auc: reportAuc(members) };
    });
