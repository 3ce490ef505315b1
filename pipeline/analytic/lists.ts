import { auc } from '../../src/core/stats/roc.ts';
import { lesionMeans, trainAndDecide, type Row } from '../cv/search.ts';
import { assignFolds } from '../protocol/folds.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { columnsByFamily } from './families.ts';
import { AS_GOOD, INNER_FOLDS, type ArmInput } from './nested.ts';
import { standardiseBy, type Table } from './select.ts';

/** A way to come by a list of features when only some rows may be looked at. */
export interface FeatureList {
  readonly name: string;
  /** Columns of the table. `training` are the rows that may be looked at, `fold` seeds what is drawn. */
  readonly columns: (training: readonly number[], fold: number) => readonly number[];
}

/**
 * What the project's design names, after the papers it cites, written down before anything was
 * measured; of each every place and scale that the product measures, none picked.
 */
const DESIGN =
  /^(shape\.|fwhm\.|radialGradient\.|gradient\.sd|margin\.(sharpness|variance)$|density\.(mean|contrast)$|texture\.sd$|haralick\.)/;

/** Features that correlate with an earlier one by more than this say nothing of their own. */
const ALIKE = 0.9;

/** The columns that correlate by at most ALIKE with every earlier kept one, over the rows `by`. */
export const prune = (
  table: Table,
  by: readonly number[],
  columns: readonly number[],
): number[] => {
  const z = standardiseBy(table, by, columns);
  const lines = columns.map((_, j) => Float64Array.from(by, (row) => z[row]?.[j] as number));
  const kept: number[] = [];
  lines.forEach((line, j) => {
    const alike = kept.some((k) => {
      const other = lines[k] as Float64Array;
      let sum = 0;
      for (let i = 0; i < line.length; i++) sum += (line[i] as number) * (other[i] as number);
      return Math.abs(sum / line.length) > ALIKE;
    });
    if (!alike) kept.push(j);
  });
  return kept.map((j) => columns[j] as number);
};

/** Machine that judges a set of families while they are cut; gamma times the number of features. */
const JUDGE = { c: 3, gamma: 0.3 };
const LEAST_FAMILIES = 3;
/** Inner folds that judge the cut, of INNER_FOLDS. */
const JUDGING = 2;

/**
 * The cut by families, repeated with the training side only: the family whose absence helps the
 * inner AUC most (or hurts it least) goes, again and again; of all steps the shortest list within
 * AS_GOOD of the best is taken.
 */
export const cutFamilies = (
  libsvm: Libsvm,
  { rows, table, seed }: Pick<ArmInput, 'rows' | 'table' | 'seed'>,
  names: readonly string[],
  training: readonly number[],
  fold: number,
): number[] => {
  const families = columnsByFamily(names);
  const inner = assignFolds(
    training.map((i) => rows[i] as Row),
    INNER_FOLDS,
    seed + 1 + fold,
  );
  const n = training.length;
  const place = new Map(training.map((row, i) => [row, i]));
  const sides = Array.from({ length: JUDGING }, (_, k) => {
    const of = (row: number) => inner.get((rows[row] as Row).patient);
    const inside = training.filter((row) => of(row) !== k);
    const outside = training.filter((row) => of(row) === k);
    const grams = families.map(({ columns }) => {
      const z = standardiseBy(table, inside, columns);
      const mine = training.map((row) => z[row] as Float64Array);
      const gram = new Float32Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = i; j < n; j++) {
          const [a, b] = [mine[i] as Float64Array, mine[j] as Float64Array];
          let sum = 0;
          for (let f = 0; f < a.length; f++) sum += (a[f] as number) * (b[f] as number);
          gram[i * n + j] = gram[j * n + i] = sum;
        }
      return gram;
    });
    return { inside, outside, grams };
  });
  const innerAuc = (kept: readonly number[]): number => {
    const length = kept.reduce((sum, f) => sum + (families[f]?.columns.length ?? 0), 0);
    const gamma = JUDGE.gamma / length;
    const areas = sides.map(({ inside, outside, grams }) => {
      const gram = new Float32Array(n * n);
      for (const f of kept) {
        const part = grams[f] as Float32Array;
        for (let i = 0; i < gram.length; i++) gram[i] = (gram[i] as number) + (part[i] as number);
      }
      const at = (i: number, j: number) => gram[i * n + j] as number;
      const kernel = (a: number, b: number) => {
        const [i, j] = [place.get(a) as number, place.get(b) as number];
        return Math.exp(-gamma * Math.max(at(i, i) + at(j, j) - 2 * at(i, j), 0));
      };
      const scores = trainAndDecide(libsvm, rows, inside, outside, kernel, JUDGE.c);
      const lesions = lesionMeans(rows, outside, scores);
      return auc({
        scores: lesions.map((l) => l.score),
        malignant: lesions.map((l) => l.malignant),
      });
    });
    return areas.reduce((sum, v) => sum + v, 0) / areas.length;
  };
  let kept = [...families.keys()];
  const steps = [{ kept, value: innerAuc(kept) }];
  while (kept.length > LEAST_FAMILIES) {
    const tried = kept.map((gone) => {
      const rest = kept.filter((f) => f !== gone);
      return { kept: rest, value: innerAuc(rest) };
    });
    const best = tried.reduce((a, b) => (b.value > a.value ? b : a));
    kept = best.kept;
    steps.push(best);
  }
  const top = Math.max(...steps.map((s) => s.value));
  const chosen = steps.findLast((s) => s.value >= top - AS_GOOD);
  if (!chosen) throw new Error('no step of the cut has an inner AUC');
  return chosen.kept.flatMap((f) => families[f]?.columns ?? []).sort((a, b) => a - b);
};

export const CUT = 'everything, cut by families inside each fold';

/** The lists of what the product measures that owe nothing to any outcome, the plainest first. */
export const designLists = (table: Table, names: readonly string[]): readonly FeatureList[] => {
  const design = [...names.keys()].filter((i) => DESIGN.test(names[i] as string));
  return [
    { name: 'design, pruned', columns: (training) => prune(table, training, design) },
    { name: 'design', columns: () => design },
  ];
};

/**
 * Lists from all that was ever tried: whole or pruned, which owe nothing to any outcome, and cut by
 * families, which owes something to those of the training side.
 */
export const everythingLists = (
  libsvm: Libsvm,
  input: Pick<ArmInput, 'rows' | 'table' | 'seed'>,
  names: readonly string[],
): readonly FeatureList[] => {
  const all = [...names.keys()];
  // The product's two sets of Haralick features are part of the full grid.
  const everything = all.filter((i) => !(names[i] as string).startsWith('haralick.'));
  return [
    {
      name: 'everything, pruned',
      columns: (training) => prune(input.table, training, everything),
    },
    { name: 'everything', columns: () => everything },
    {
      name: CUT,
      columns: (training, fold) => cutFamilies(libsvm, input, names, training, fold),
    },
  ];
};
