import { auc, hasBothClasses } from '../../src/core/stats/roc.ts';
import { lesionMeans, plainest, trainAndDecide, type Row } from '../cv/search.ts';
import { assignFolds } from '../protocol/folds.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { gramOf, rankFeatures, standardiseBy, type Table } from './select.ts';

/** One point of the grid: how many of the ranked features, and the machine on them. */
export interface ArmSetting {
  /** Number of features; Infinity for all. */
  readonly features: number;
  readonly kernel: 'linear' | 'rbf';
  /** For the linear kernel C times the number of features. */
  readonly c: number;
  /** Gamma times the number of features; 0 for the linear kernel. */
  readonly gamma: number;
}

const SIZES = [20, 50, 100, Number.POSITIVE_INFINITY];
const LINEAR_C = [0.1, 0.3, 1];
const RBF: readonly (readonly [c: number, gamma: number])[] = [
  [1, 0.1],
  [3, 0.1],
  [1, 0.3],
  [3, 0.3],
  [1, 1],
  [3, 1],
];

/** Plain before complex: of settings as good as one another the first is taken. */
export const ARM_GRID: readonly ArmSetting[] = SIZES.flatMap((features) => [
  ...LINEAR_C.map((c) => ({ features, kernel: 'linear' as const, c, gamma: 0 })),
  ...RBF.map(([c, gamma]) => ({ features, kernel: 'rbf' as const, c, gamma })),
]);

export const describeSetting = ({ features, kernel, c, gamma }: ArmSetting): string =>
  `${Number.isFinite(features) ? `best ${features}` : 'all'} features, ${kernel}, C ${c}${kernel === 'rbf' ? `, gamma ${gamma}` : ''}`;

/** AUCs this close count as equal. */
export const AS_GOOD = 0.002;
export const INNER_FOLDS = 4;

export interface ArmInput {
  readonly rows: readonly Row[];
  readonly table: Table;
  /** Outer fold of each row. */
  readonly fold: readonly number[];
  readonly folds: number;
  readonly seed: number;
  readonly grid?: readonly ArmSetting[];
}

/** The rows outside an outer fold. */
export const trainingSide = (input: ArmInput, fold: number): Pick<ArmInput, 'rows' | 'table'> => {
  const inside = (_: unknown, i: number) => input.fold[i] !== fold;
  return { rows: input.rows.filter(inside), table: input.table.filter(inside) };
};

export interface ArmChoice {
  readonly setting: ArmSetting;
  /** Mean over the inner folds of the AUC of lesion means. */
  readonly innerAuc: number;
  /** The same of every setting of the grid. */
  readonly tried: readonly number[];
  /** The features that the training side chose, best first, as columns of the table. */
  readonly features: readonly number[];
}

export interface ArmValidation {
  /** Out-of-fold decision value of every row. */
  readonly scores: readonly number[];
  readonly chosen: readonly ArmChoice[];
  /** The one setting that ships, chosen as the CNN arm's (Validation.final), with its own values. */
  readonly final: { readonly setting: ArmSetting; readonly auc: number; readonly scores: number[] };
}

const lesionAuc = (rows: readonly Row[], asked: readonly number[], scores: readonly number[]) => {
  const lesions = lesionMeans(rows, asked, scores);
  const malignant = lesions.map((l) => l.malignant);
  return hasBothClasses({ malignant })
    ? auc({ scores: lesions.map((l) => l.score), malignant })
    : undefined;
};

/** The features that a setting takes when only `training` may be looked at. */
const featuresFor = ({ features }: ArmSetting, ranked: readonly number[]): readonly number[] =>
  features >= ranked.length ? [...ranked].sort((a, b) => a - b) : ranked.slice(0, features);

/** Scores of `asked` by each setting trained on `training`, selection and scaling included. */
export const scoresOf = (
  libsvm: Libsvm,
  { rows, table }: Pick<ArmInput, 'rows' | 'table'>,
  grid: readonly ArmSetting[],
  training: readonly number[],
  asked: readonly number[],
): number[][] => {
  const ranked = rankFeatures(
    training.map((row) => table[row] as ArrayLike<number>),
    training.map((row) => (rows[row] as Row).malignant),
  );
  const grams = new Map<number, Float64Array>();
  const n = rows.length;
  return grid.map((setting) => {
    const columns = featuresFor(setting, ranked);
    const gram = grams.get(columns.length) ?? gramOf(standardiseBy(table, training, columns));
    grams.set(columns.length, gram);
    const at = (i: number, j: number) => gram[i * n + j] as number;
    const gamma = setting.gamma / columns.length;
    const kernel =
      setting.kernel === 'linear'
        ? at
        : (i: number, j: number) =>
            Math.exp(-gamma * Math.max(at(i, i) + at(j, j) - 2 * at(i, j), 0));
    const c = setting.kernel === 'linear' ? setting.c / columns.length : setting.c;
    return trainAndDecide(libsvm, rows, training, asked, kernel, c);
  });
};

/** The setting that does best on inner folds of `training`, each judged by machines blind to it. */
export const searchArm = (
  libsvm: Libsvm,
  input: ArmInput,
  training: readonly number[],
  seed: number,
): ArmChoice => {
  const { rows, table, grid = ARM_GRID } = input;
  const inner = assignFolds(
    training.map((i) => rows[i] as Row),
    INNER_FOLDS,
    seed,
  );
  const innerOf = (i: number) => inner.get((rows[i] as Row).patient);
  const areas = Array.from({ length: INNER_FOLDS }, (_, k) => {
    const outside = training.filter((i) => innerOf(i) === k);
    const inside = training.filter((i) => innerOf(i) !== k);
    const scores = scoresOf(libsvm, input, grid, inside, outside);
    return scores.map((s) => lesionAuc(rows, outside, s));
  });
  const means = grid.map((_, g) => {
    const known = areas.map((fold) => fold[g]).filter((v) => v !== undefined);
    return known.reduce((s, v) => s + v, 0) / known.length;
  });
  const best = Math.max(...means);
  const at = means.findIndex((v) => v >= best - AS_GOOD);
  const setting = grid[at];
  if (!setting) throw new Error('the inner search has no setting with both outcomes in a fold');
  const ranked = rankFeatures(
    training.map((row) => table[row] as ArrayLike<number>),
    training.map((row) => (rows[row] as Row).malignant),
  );
  const features = featuresFor(setting, ranked);
  return { setting, innerAuc: means[at] as number, tried: means, features };
};

/**
 * Nested cross-validation of the analytic arm by patient: ranking, number of features, kernel, C,
 * gamma and scaling are all settled on the training side of each outer fold; the held-out side is
 * scored once. Deterministic in the input.
 */
export const validateArm = (
  libsvm: Libsvm,
  input: ArmInput,
  step: () => void = () => undefined,
): ArmValidation => {
  const scores = new Array<number>(input.rows.length);
  const all = input.rows.map((_, i) => i);
  const chosen = Array.from({ length: input.folds }, (_, k) => {
    const training = all.filter((i) => input.fold[i] !== k);
    const heldOut = all.filter((i) => input.fold[i] === k);
    const choice = searchArm(libsvm, input, training, input.seed + 1 + k);
    const [held] = scoresOf(libsvm, input, [choice.setting], training, heldOut);
    heldOut.forEach((row, i) => (scores[row] = held?.[i] as number));
    step();
    return choice;
  });
  const { grid = ARM_GRID } = input;
  const final = plainest(
    grid.map((setting, g) => {
      const means = chosen.map(({ tried }) => tried[g] as number);
      return { setting, auc: means.reduce((s, v) => s + v, 0) / means.length };
    }),
  );
  const finalScores = new Array<number>(input.rows.length);
  for (let k = 0; k < input.folds; k++) {
    const training = all.filter((i) => input.fold[i] !== k);
    const heldOut = all.filter((i) => input.fold[i] === k);
    const [held] = scoresOf(libsvm, input, [final.setting], training, heldOut);
    heldOut.forEach((row, i) => (finalScores[row] = held?.[i] as number));
  }
  return { scores, chosen, final: { ...final, scores: finalScores } };
};
