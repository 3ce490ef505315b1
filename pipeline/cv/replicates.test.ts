import { expect, it } from 'vitest';
import { startLibsvm } from '../svm/libsvm.ts';
import { makeReplicates, seedKinds, type NetworkScores } from './replicates.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const FOLDS = 2;
const rows = Array.from({ length: 40 }, (_, i) => ({
  lesion: `l${i}`,
  patient: `p${i}`,
  malignant: i % 2 === 0,
}));
const fold = rows.map((_, i) => Math.floor(i / 2) % FOLDS);
const held = (k: number) => [...rows.keys()].filter((i) => fold[i] === k);
const random = seededRandom(9);
const noisy = (i: number) => (rows[i]?.malignant ? 1 : -1) + 3 * random() - 1.5;

/** Two views as marked and one moved box, in which the network's value is higher by `lift`. */
const run = (k: number, lift: number) => {
  const marked = held(k).map(noisy);
  return [marked, marked, marked.map((v) => v + lift)];
};
const networks = (lift: number): NetworkScores => ({
  kind: 'a-s0',
  turns: 2,
  moves: [[1, 0, 0]],
  pooledAuc: {},
  runs: {
    'a-s0/fold0': run(0, lift),
    'a-s0/fold1': run(1, lift),
    'a-s1/fold0': run(0, lift),
    'a-pupil/fold0': run(0, lift),
    'a-pupil/fold1': run(1, lift),
  },
});

it('takes kinds of one seed that have every fold', () => {
  expect(seedKinds(networks(0), FOLDS)).toEqual(['a-s0']);
});

it('answers in the moved box by calibrations of the box as marked', async () => {
  const libsvm = await startLibsvm();
  const table = rows.map((_, i) => Float64Array.from([noisy(i), noisy(i)]));
  const setting = { features: Infinity, kernel: 'linear', c: 0.1, gamma: 0 } as const;
  const base = networks(0).runs;
  const liftRuns = (lift: number) =>
    Object.fromEntries(
      Object.entries(base).map(([name, [a, b, c]]) => [
        name,
        [a, b, c?.map((v) => v + lift)] as number[][],
      ]),
    );
  const of = (lift: number) =>
    makeReplicates(
      libsvm,
      { ...networks(0), runs: liftRuns(lift) },
      { rows, fold, folds: FOLDS },
      [table, table],
      [0],
      setting,
      5,
    );
  const [[plain], [lifted]] = [of(0), of(3)];
  expect(plain).toHaveLength(rows.length);
  plain?.forEach((answer, i) => {
    expect(lifted?.[i]?.cnn).toBeGreaterThan(answer.cnn);
    expect(lifted?.[i]?.analytic).toBe(answer.analytic);
  });
});

it('refuses scores of another table', async () => {
  const libsvm = await startLibsvm();
  const folded = { rows: rows.slice(1), fold: fold.slice(1), folds: FOLDS };
  const table = folded.rows.map((_, i) => Float64Array.from([noisy(i)]));
  const setting = { features: Infinity, kernel: 'linear', c: 0.1, gamma: 0 } as const;
  expect(() =>
    makeReplicates(libsvm, networks(0), folded, [table, table], [0], setting, 5),
  ).toThrow('other rows');
});
