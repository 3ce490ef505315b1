import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterDraws } from '../../src/core/stats/bootstrap.ts';
import { scoresOf, type ArmSetting } from '../analytic/nested.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { crossFittedAnswers, type Answer, type Scored } from './answers.ts';
import { lesionMeans, type Row } from './search.ts';

/** scores.json of pipeline/backbone/export.py: held-out logits of every network that was trained. */
export interface NetworkScores {
  readonly kind: string;
  /** Views before the moved boxes: turns and mirrors of the box as marked. */
  readonly turns: number;
  readonly moves: readonly (readonly [number, number, number])[];
  /** AUC over all folds, by kinds and with 1, 4 and 8 turns at test time. */
  readonly pooledAuc: Readonly<Record<string, readonly number[]>>;
  /** By run (KIND/foldK): [view][row of the fold, in the order of the table]. */
  readonly runs: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export const readNetworkScores = (backboneFolder: string): NetworkScores | undefined => {
  const path = join(backboneFolder, 'scores.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as NetworkScores) : undefined;
};

/** The scores of the rows that are used, of those of `all` rows of the table; folds by row of the table. */
export const scoresOfUsed = (
  networks: NetworkScores,
  fold: readonly number[],
  isUsed: (row: number) => boolean,
): NetworkScores => {
  const runs = Object.entries(networks.runs).map(([run, views]) => {
    const k = Number(run.replace(/^.*fold/, ''));
    const held = [...fold.keys()].filter((row) => fold[row] === k);
    if (views.some((view) => view.length !== held.length))
      throw new Error(`scores.json has other rows than the table: ${run}`);
    return [run, views.map((view) => view.filter((_, i) => isUsed(held[i] as number)))] as const;
  });
  return { ...networks, runs: Object.fromEntries(runs) };
};

interface Folded {
  readonly rows: readonly Row[];
  readonly fold: readonly number[];
  readonly folds: number;
}

/** Kinds of one seed that have a network for every fold. */
export const seedKinds = ({ runs }: NetworkScores, folds: number): string[] => {
  const kinds = new Set(Object.keys(runs).map((run) => run.replace(/\/.*$/, '')));
  const whole = (kind: string) =>
    Array.from({ length: folds }, (_, k) => `${kind}/fold${k}`).every((run) => runs[run]);
  return [...kinds].filter((kind) => /-s\d+$/.test(kind) && whole(kind)).sort();
};

/** Out-of-fold logits of one kind for every row, seen in one view of the box. */
const logitsOf = ({ runs }: NetworkScores, kind: string, view: number, { fold, folds }: Folded) => {
  const logits = new Array<number>(fold.length);
  for (let k = 0; k < folds; k++) {
    const held = [...fold.keys()].filter((i) => fold[i] === k);
    const scores = runs[`${kind}/fold${k}`]?.[view];
    if (scores?.length !== held.length)
      throw new Error(`scores.json has other rows than the table: ${kind}/fold${k}`);
    held.forEach((row, i) => (logits[row] = scores[i] as number));
  }
  return logits;
};

/** Out-of-fold values of machines trained on another draw of the training patients, by box. */
const redrawnScores = (
  libsvm: Libsvm,
  { rows, fold, folds }: Folded,
  tables: readonly (readonly ArrayLike<number>[])[],
  setting: ArmSetting,
  seed: number,
): number[][] => {
  const n = rows.length;
  const out = tables.map(() => new Array<number>(n));
  for (let k = 0; k < folds; k++) {
    const training = [...rows.keys()].filter((i) => fold[i] !== k);
    const held = [...rows.keys()].filter((i) => fold[i] === k);
    const [draw = []] = clusterDraws(
      training.map((i) => (rows[i] as Row).patient),
      1,
      seed + k,
    );
    const drawn = draw.map((i) => training[i] as number);
    // Held-out boxes, each table's after one another, behind the rows as marked.
    const table = [
      ...(tables[0] ?? []),
      ...tables.flatMap((t) => held.map((i) => t[i] as ArrayLike<number>)),
    ];
    const asked = Array.from({ length: held.length * tables.length }, (_, i) => n + i);
    const input = { rows: table.map((_, i) => rows[i] ?? (rows[0] as Row)), table };
    const [scores = []] = scoresOf(libsvm, input, [setting], drawn, asked);
    out.forEach((column, t) =>
      held.forEach((row, i) => (column[row] = scores[t * held.length + i] as number)),
    );
  }
  return out;
};

/**
 * What each lesion is answered when all is made anew: another network (every kind of one seed), the
 * measured arm's machines on another draw of patients, calibrations on another draw, and the box moved.
 * `tables` are the measured features as marked and then in each moved box; `moves` the places of those
 * moves in the networks' scores. One entry a replicate, lesions in the order of lesionMeans.
 */
export const makeReplicates = (
  libsvm: Libsvm,
  networks: NetworkScores,
  folded: Folded,
  tables: readonly (readonly ArrayLike<number>[])[],
  moves: readonly number[],
  setting: ArmSetting,
  seed: number,
): Answer[][] => {
  const { rows, fold, folds } = folded;
  const all = [...rows.keys()];
  const foldOf = new Map(rows.map((row, i) => [row.patient, fold[i] as number]));
  return seedKinds(networks, folds).flatMap((kind, r) => {
    const measured = redrawnScores(libsvm, folded, tables, setting, seed + 100 * r);
    const views = [0, ...moves.map((m) => networks.turns + m)];
    const cases = views.map((view, t): (Scored & { patient: string })[] => {
      const cnn = lesionMeans(rows, all, logitsOf(networks, kind, view, folded));
      const analytic = lesionMeans(rows, all, measured[t] as number[]);
      return cnn.map(({ patient, malignant, score }, i) => ({
        patient,
        malignant,
        fold: foldOf.get(patient) as number,
        cnn: score,
        analytic: analytic[i]?.score as number,
      }));
    });
    const [marked = [], ...moved] = cases;
    const [draw = []] = clusterDraws(
      marked.map((c) => c.patient),
      1,
      seed + r,
    );
    const drawn = draw.map((i) => marked[i] as Scored);
    return moved.map((asked) => crossFittedAnswers(drawn, folds, asked));
  });
};
