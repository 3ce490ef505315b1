// Is the ensemble better than each arm when the list of features owes nothing to the outcomes it is
// judged by? Cross-validates the analytic arm with lists that were chosen without outcomes, or with
// those of the training side only, on the folds of the CNN arm:
//   npm run lists
// Reads what `npm run train` left; writes .cache/train/lists.json for the report. A stopped run goes
// on where it stopped.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { progress } from '../progress.ts';
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
import { CUT, featureLists } from './lists.ts';
import { AS_GOOD, describeSetting, scoresOf, searchArm } from './nested.ts';

const { values } = parseArgs({ options: SOURCES });
const { rois, fold } = trainingBoxes(values);
const results = readResults(values);
const shipped = await measured(rois, values, `${values.cache}/analytic`);
const others = await measured(rois, values, `${values.cache}/candidates`, leftOut);
const names = [...SHIPPED_NAMES, ...LEFT_OUT];
const table = shipped.map((row, i) => Float64Array.from([...row, ...(others[i] as Float32Array)]));
const input = armInput(rois, fold, table);
const libsvm = await startLibsvm();
const lists = featureLists(libsvm, input, names);

interface HeldOut {
  readonly setting: string;
  readonly features: number;
  readonly innerAuc: number;
  readonly scores: readonly number[];
}

const all = [...rois.keys()];
/** A list in one outer fold: columns, search and scores of the held-out rows. */
const judge = (list: (typeof lists)[number], k: number): HeldOut => {
  const training = all.filter((i) => fold[i] !== k);
  const heldOut = all.filter((i) => fold[i] === k);
  const columns = list.columns(training, k);
  const sub = { ...input, table: pick(table, columns) };
  const choice = searchArm(libsvm, sub, training, input.seed + 1 + k);
  const [scores] = scoresOf(libsvm, sub, [choice.setting], training, heldOut);
  return {
    setting: describeSetting(choice.setting),
    features: columns.length,
    innerAuc: choice.innerAuc,
    scores: scores as number[],
  };
};

const bar = progress('lists', lists.length * input.folds, 'folds');
const judged = lists.map((list) =>
  Array.from({ length: input.folds }, (_, k) => {
    const key = ['lists 1', list.name, String(k), names, { seed: input.seed }];
    const found = kept(`${values.cache}/lists`, key, () => judge(list, k));
    bar.step();
    return found;
  }),
);
bar.done();

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
  ...besideCnn(input, gathered(folds), results.lesions),
});

/** In each fold the plainest list within AS_GOOD of the best inner AUC, among those without outcomes. */
const free = lists.map((list, at) => ({ list, at })).filter(({ list }) => list.name !== CUT);
const chosen = Array.from({ length: input.folds }, (_, k) => {
  const inner = ({ at }: (typeof free)[number]) => judged[at]?.[k]?.innerAuc as number;
  const best = Math.max(...free.map(inner));
  return free.find((f) => inner(f) >= best - AS_GOOD) as (typeof free)[number];
});
const report = {
  /** The list of each fold that was chosen inside its training side. */
  chosen: {
    ...summary(
      'chosen inside each fold',
      chosen.map(({ at }, k) => judged[at]?.[k] as HeldOut),
    ),
    lists: chosen.map(({ list }) => list.name),
  },
  lists: lists.map(({ name }, at) => summary(name, judged[at] as HeldOut[])),
};
writeFileSync(`${values.cache}/lists.json`, `${JSON.stringify(report, null, 1)}\n`);
for (const { name, analytic, ensemble, comparisons } of [report.chosen, ...report.lists]) {
  const against = comparisons.find((c) => c.a === 'cnn' && c.b === 'ensemble');
  console.log(
    `${name}: analytic ${analytic?.value.toFixed(3)}, ensemble ${ensemble?.value.toFixed(3)}, over the CNN arm ${(-(against?.difference ?? 0)).toFixed(4)}, Holm p ${against?.holm.toPrecision(2)}`,
  );
}
