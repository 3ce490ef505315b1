// Is the ensemble better than each arm when the list of features owes nothing to the outcomes it is
// judged by? Cross-validates the analytic arm with lists that were chosen without outcomes, or with
// those of the training side only, on the folds of the CNN arm:
//   npm run lists                  (-- --design: only the lists of what the product measures)
// Reads what `npm run train` left; writes .cache/train/lists.json for the report. A stopped run goes
// on where it stopped.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { progress } from '../progress.ts';
import { FOLDS } from '../protocol/rules.ts';
import { startLibsvm } from '../svm/libsvm.ts';
import { LEFT_OUT, leftOut } from './candidates/candidates.ts';
import {
  armInput,
  besideCnn,
  kept,
  measured,
  pick,
  readResults,
  SHIPPED_NAMES,
  SOURCES,
  trainingBoxes,
} from './evidence-data.ts';
import { CUT, designLists, everythingLists, type FeatureList } from './lists.ts';
import {
  ARM_GRID,
  AS_GOOD,
  describeSetting,
  scoresOf,
  searchArm,
  type ArmInput,
} from './nested.ts';

const { values } = parseArgs({
  options: { ...SOURCES, design: { type: 'boolean', default: false } },
});
const { rois, fold } = trainingBoxes(values);
const results = readResults(values);
const shipped = await measured(rois, values, `${values.cache}/analytic`);
const libsvm = await startLibsvm();
const all = [...rois.keys()];
/** The arm's search over machines; each list is taken whole. */
const GRID = ARM_GRID.filter(({ features }) => !Number.isFinite(features));

interface HeldOut {
  readonly setting: string;
  readonly features: number;
  readonly innerAuc: number;
  readonly scores: readonly number[];
}

/** A list in one outer fold: columns, search and scores of the held-out rows. */
const judge = (input: ArmInput, list: FeatureList, k: number): HeldOut => {
  const training = all.filter((i) => fold[i] !== k);
  const heldOut = all.filter((i) => fold[i] === k);
  const columns = list.columns(training, k);
  const sub = { ...input, table: pick(input.table, columns), grid: GRID };
  const choice = searchArm(libsvm, sub, training, input.seed + 1 + k);
  const [scores] = scoresOf(libsvm, sub, [choice.setting], training, heldOut);
  return {
    setting: describeSetting(choice.setting),
    features: columns.length,
    innerAuc: choice.innerAuc,
    scores: scores as number[],
  };
};

interface Judged {
  readonly list: FeatureList;
  readonly folds: readonly HeldOut[];
}
const judgeAll = (
  input: ArmInput,
  names: readonly string[],
  lists: readonly FeatureList[],
): Judged[] => {
  const bar = progress('lists', lists.length * input.folds, 'folds');
  const judged = lists.map((list) => ({
    list,
    folds: Array.from({ length: input.folds }, (_, k) => {
      const key = ['lists 2', list.name, String(k), names, { seed: input.seed }];
      const found = kept(`${values.cache}/lists`, key, () => judge(input, list, k));
      bar.step();
      return found;
    }),
  }));
  bar.done();
  return judged;
};

/** Out-of-fold scores of every row from those of the held-out rows of each fold. */
const gathered = (folds: readonly HeldOut[]): number[] => {
  const scores = new Array<number>(rois.length);
  folds.forEach((found, k) => {
    all.filter((i) => fold[i] === k).forEach((row, i) => (scores[row] = found.scores[i] as number));
  });
  return scores;
};

const summary = (name: string, folds: readonly HeldOut[]) => ({
  name,
  folds: folds.map(({ scores: _, ...rest }) => rest),
  ...besideCnn({ rows: rois, fold }, gathered(folds), results.lesions),
});

/** Writes and prints what was judged so far. */
const write = (judged: readonly Judged[]) => {
  const free = judged.filter(({ list }) => list.name !== CUT);
  /** In each fold the plainest list within AS_GOOD of the best inner AUC, of those without outcomes. */
  const chosen = Array.from({ length: FOLDS }, (_, k) => {
    const inner = ({ folds }: Judged) => folds[k]?.innerAuc as number;
    const best = Math.max(...free.map(inner));
    return free.find((f) => inner(f) >= best - AS_GOOD) as Judged;
  });
  const report = {
    chosen: {
      ...summary(
        'chosen inside each fold',
        chosen.map(({ folds }, k) => folds[k] as HeldOut),
      ),
      lists: chosen.map(({ list }) => list.name),
    },
    lists: judged.map(({ list, folds }) => summary(list.name, folds)),
  };
  writeFileSync(`${values.cache}/lists.json`, `${JSON.stringify(report, null, 1)}\n`);
  for (const { name, analytic, ensemble, comparisons } of [report.chosen, ...report.lists]) {
    const against = comparisons.find((c) => c.a === 'cnn' && c.b === 'ensemble');
    console.log(
      `${name}: analytic ${analytic?.value.toFixed(3)}, ensemble ${ensemble?.value.toFixed(3)}, over the CNN arm ${(-(against?.difference ?? 0)).toFixed(4)}, Holm p ${against?.holm.toPrecision(2)}`,
    );
  }
};

const product = armInput(rois, fold, shipped);
const design = judgeAll(product, SHIPPED_NAMES, designLists(product.table, SHIPPED_NAMES));
write(design);
if (!values.design) {
  const others = await measured(rois, values, `${values.cache}/candidates`, leftOut);
  const names = [...SHIPPED_NAMES, ...LEFT_OUT];
  const wide = armInput(
    rois,
    fold,
    shipped.map((row, i) => Float64Array.from([...row, ...(others[i] as Float32Array)])),
  );
  const judged = [...design];
  for (const list of everythingLists(libsvm, wide, names)) {
    judged.push(...judgeAll(wide, names, [list]));
    write(judged);
  }
}
