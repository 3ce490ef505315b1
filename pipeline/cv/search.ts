import { auc, hasBothClasses } from '../../src/core/stats/roc.ts';
import { isLoneBox } from '../data/rois.ts';
import type { DualSvm, Libsvm } from '../svm/libsvm.ts';
import type { FeatureSet } from './feature-sets.ts';
import type { Grams } from './gram.ts';

/** One point of the grid. `c` and `gamma` are already divided by the number of features. */
export interface Setting {
  readonly set: FeatureSet;
  readonly kernel: 'linear' | 'rbf';
  readonly c: number;
  /** 0 for the linear kernel. */
  readonly gamma: number;
}

/** What cross-validation needs to know of a row (a view). */
export interface Row {
  readonly lesion: string;
  readonly patient: string;
  readonly malignant: boolean;
}

/** Standardised features have an inner product of about their number, so C goes by its inverse. */
const LINEAR_C = [0.003, 0.01, 0.03, 0.1, 0.3];

/**
 * The grid, from plain to complex: of settings as good as one another the first is taken. Linear
 * machines only: after fine-tuning the head has made the classes linear, and for tandem-m1 no kernel
 * machine came near (pipeline/backbone/README.md).
 */
export const makeGrid = (sets: readonly FeatureSet[]): Setting[] => {
  const sized = sets
    .map((set) => ({ set, length: set.taps.reduce((sum, tap) => sum + tap.shape[2], 0) }))
    .sort((a, b) => a.length - b.length);
  return LINEAR_C.flatMap((c) =>
    sized.map(({ set, length }) => ({ set, kernel: 'linear' as const, c: c / length, gamma: 0 })),
  );
};

export const describe = ({ set, kernel, c, gamma }: Setting): string =>
  `${set.name}, ${kernel}, C ${c.toPrecision(2)}${kernel === 'rbf' ? `, gamma ${gamma.toPrecision(2)}` : ''}`;

/** Kernel value of two rows from their inner products. */
export const kernelOf = (
  { kernel, gamma }: Setting,
  gram: Float64Array,
  count: number,
): ((i: number, j: number) => number) => {
  const at = (i: number, j: number) => gram[i * count + j] as number;
  if (kernel === 'linear') return at;
  return (i, j) => Math.exp(-gamma * Math.max(at(i, i) + at(j, j) - 2 * at(i, j), 0));
};

/** Decision values of rows under a dual SVM whose indices count within `trained`. */
export const decide = (
  svm: DualSvm,
  trained: readonly number[],
  asked: readonly number[],
  kernel: (i: number, j: number) => number,
): number[] =>
  asked.map((row) =>
    svm.indices.reduce(
      (sum, index, i) =>
        sum + (svm.coefficients[i] as number) * kernel(trained[index] as number, row),
      svm.bias,
    ),
  );

/** Trains on some rows and scores others. */
export const trainAndDecide = (
  libsvm: Libsvm,
  rows: readonly Row[],
  trained: readonly number[],
  asked: readonly number[],
  kernel: (i: number, j: number) => number,
  c: number,
): number[] => {
  const malignant = trained.map((row) => (rows[row] as Row).malignant);
  const inner = (i: number, j: number) => kernel(trained[i] as number, trained[j] as number);
  return decide(libsvm.train(inner, malignant, c), trained, asked, kernel);
};

/** Mean score and outcome of each lesion among `asked` that counts (isLoneBox). */
export const lesionMeans = (
  rows: readonly Row[],
  asked: readonly number[],
  scores: readonly number[],
): { lesion: string; patient: string; malignant: boolean; score: number; views: number }[] => {
  const lesions = new Map<string, { row: Row; sum: number; views: number }>();
  asked.forEach((index, i) => {
    const row = rows[index] as Row;
    if (isLoneBox(row.lesion)) return;
    const entry = lesions.get(row.lesion) ?? { row, sum: 0, views: 0 };
    entry.sum += scores[i] as number;
    entry.views++;
    lesions.set(row.lesion, entry);
  });
  return [...lesions.values()].map(({ row, sum, views }) => ({
    lesion: row.lesion,
    patient: row.patient,
    malignant: row.malignant,
    score: sum / views,
    views,
  }));
};

const lesionAuc = (rows: readonly Row[], asked: readonly number[], scores: readonly number[]) => {
  const lesions = lesionMeans(rows, asked, scores);
  const scored = {
    scores: lesions.map((l) => l.score),
    malignant: lesions.map((l) => l.malignant),
  };
  return hasBothClasses(scored) ? auc(scored) : undefined;
};

export interface Tried {
  readonly setting: Setting;
  /** Mean over the inner folds of the AUC of lesion means. */
  readonly auc: number;
}

/** AUCs this close count as equal: far below their standard error, so the plainer setting wins. */
export const AS_GOOD = 0.002;

/** Of settings from plain to complex the first that is as good as the best. */
export const plainest = <T extends { readonly auc: number }>(tried: readonly T[]): T => {
  const best = Math.max(...tried.map((t) => t.auc));
  const found = tried.find((t) => t.auc >= best - AS_GOOD);
  if (!found) throw new Error('the search has no setting with both outcomes in a fold');
  return found;
};

/**
 * The inner search: every setting is trained on all inner folds but one and judged on that one, for
 * each in turn. `innerFold[i]` is the inner fold of training row i. Returns all that was tried and
 * the first, plainest setting within AS_GOOD of the best.
 */
export const searchSettings = (
  libsvm: Libsvm,
  rows: readonly Row[],
  training: readonly number[],
  innerFold: (row: number) => number,
  folds: number,
  grams: Grams,
  grid: readonly Setting[],
  step: () => void = () => undefined,
): { readonly chosen: Tried; readonly tried: readonly Tried[] } => {
  const tried = grid.map((setting): Tried => {
    const { gram } = cachedGram(grams, setting.set);
    const kernel = kernelOf(setting, gram, rows.length);
    const areas = Array.from({ length: folds }, (_, k) => {
      const inside = training.filter((row) => innerFold(row) !== k);
      const outside = training.filter((row) => innerFold(row) === k);
      const scores = trainAndDecide(libsvm, rows, inside, outside, kernel, setting.c);
      step();
      return lesionAuc(rows, outside, scores);
    }).filter((v): v is number => v !== undefined);
    return { setting, auc: areas.reduce((sum, v) => sum + v, 0) / areas.length };
  });
  return { chosen: plainest(tried), tried };
};

const memo = new WeakMap<Grams, Map<string, ReturnType<Grams['of']>>>();

/** A set's inner products, kept while its Grams live. */
export const cachedGram = (grams: Grams, set: FeatureSet): ReturnType<Grams['of']> => {
  const known = memo.get(grams) ?? new Map<string, ReturnType<Grams['of']>>();
  memo.set(grams, known);
  const gram = known.get(set.name) ?? grams.of(set);
  known.set(set.name, gram);
  return gram;
};
