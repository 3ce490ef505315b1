import { auc, hasBothClasses } from '../../src/core/stats/roc.ts';
import { assignFolds } from '../protocol/folds.ts';
import { progress } from '../progress.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { onScale, trainingScale } from './common-scale.ts';
import type { FeatureSet } from './feature-sets.ts';
import { makeGrams, type Grams } from './gram.ts';
import {
  cachedGram,
  kernelOf,
  lesionMeans,
  makeGrid,
  plainest,
  searchSettings,
  trainAndDecide,
  type Row,
  type Setting,
  type Tried,
} from './search.ts';
import type { Tap } from '../../src/core/features/tap.ts';

export interface Validation {
  /** Out-of-fold decision value of every row, on the common scale, by the SVM that each fold's inner search chose. */
  readonly scores: readonly number[];
  readonly chosen: readonly Tried[];
  /**
   * The one setting of the machine that ships: the plainest of those with the best inner AUC over all
   * folds, so that no held-out outcome chose it; and the out-of-fold values that it gives.
   */
  readonly final: Tried & { readonly scores: readonly number[] };
  /** Out-of-fold decision values when only one feature set is allowed. */
  readonly bySet: readonly { readonly set: string; readonly scores: readonly number[] }[];
  /** Mean held-out AUC of every setting over the outer folds, for information. */
  readonly outer: readonly Tried[];
}

export interface ValidationInput {
  readonly rows: readonly Row[];
  /** Outer fold of each row. */
  readonly fold: readonly number[];
  /** Vectors of all rows by the network that never saw fold k. */
  readonly vectors: (k: number) => readonly Float32Array[];
  readonly candidates: readonly Tap[];
  readonly sets: readonly FeatureSet[];
  readonly folds: number;
  readonly seed: number;
  /** The settings to search; all of the sets where absent. */
  readonly grid?: readonly Setting[];
}

const INNER_FOLDS = 4;

const heldOutAuc = (rows: readonly Row[], asked: readonly number[], scores: readonly number[]) => {
  const lesions = lesionMeans(rows, asked, scores);
  const malignant = lesions.map((l) => l.malignant);
  return hasBothClasses({ malignant })
    ? auc({ scores: lesions.map((l) => l.score), malignant })
    : Number.NaN;
};

const bestOf = (tried: readonly Tried[]): Tried =>
  tried.reduce((best, t) => (t.auc > best.auc ? t : best));

/** Everything one outer fold has to say: its choice, and the held-out scores of every setting. */
const validateFold = (
  libsvm: Libsvm,
  { rows, fold, vectors, candidates, seed }: ValidationInput,
  k: number,
  grid: readonly Setting[],
  step: () => void,
) => {
  const all = rows.map((_, i) => i);
  const training = all.filter((i) => fold[i] !== k);
  const heldOut = all.filter((i) => fold[i] === k);
  const inner = assignFolds(
    training.map((i) => rows[i] as Row),
    INNER_FOLDS,
    seed + 1 + k,
  );
  const innerFold = (i: number) => inner.get((rows[i] as Row).patient) as number;
  const grams: Grams = makeGrams(vectors(k), candidates, training);
  const { chosen, tried } = searchSettings(
    libsvm,
    rows,
    training,
    innerFold,
    INNER_FOLDS,
    grams,
    grid,
    step,
  );
  const scored = grid.map((setting) => {
    const kernel = kernelOf(setting, cachedGram(grams, setting.set).gram, rows.length);
    step();
    const asked = [...heldOut, ...training];
    const values = trainAndDecide(libsvm, rows, training, asked, kernel, setting.c);
    const scale = trainingScale(
      values.slice(heldOut.length),
      training.map((i) => (rows[i] as Row).malignant),
    );
    return values.slice(0, heldOut.length).map((value) => onScale(scale, value));
  });
  return { heldOut, chosen, tried, scored };
};

/**
 * Nested cross-validation by patient. In each outer fold the setting is searched on inner folds of
 * the training side only; the held-out side is scored once by the setting chosen. Deterministic in
 * the input.
 */
export const crossValidate = (libsvm: Libsvm, input: ValidationInput): Validation => {
  const { rows, sets, folds } = input;
  const { grid = makeGrid(sets) } = input;
  const bar = progress('inner search', folds * grid.length * (INNER_FOLDS + 1), 'SVMs');
  const outcomes = Array.from({ length: folds }, (_, k) =>
    validateFold(libsvm, input, k, grid, () => bar.step()),
  );
  bar.done();
  const gather = (pick: (outcome: (typeof outcomes)[number]) => Setting): number[] => {
    const scores = new Array<number>(rows.length);
    for (const outcome of outcomes) {
      const held = outcome.scored[grid.indexOf(pick(outcome))] as number[];
      outcome.heldOut.forEach((row, i) => (scores[row] = held[i] as number));
    }
    return scores;
  };
  const meanInner = (at: number) =>
    outcomes.reduce((sum, o) => sum + (o.tried[at] as Tried).auc, 0) / folds;
  const final = plainest(grid.map((setting, at) => ({ setting, auc: meanInner(at) })));
  const meanAuc = (at: number) =>
    outcomes.reduce((sum, o) => sum + heldOutAuc(rows, o.heldOut, o.scored[at] as number[]), 0) /
    folds;
  return {
    scores: gather((o) => o.chosen.setting),
    chosen: outcomes.map((o) => o.chosen),
    final: { ...final, scores: gather(() => final.setting) },
    bySet: sets.map((set) => ({
      set: set.name,
      scores: gather((o) => bestOf(o.tried.filter((t) => t.setting.set === set)).setting),
    })),
    outer: grid.map((setting, at) => ({ setting, auc: meanAuc(at) })),
  };
};
