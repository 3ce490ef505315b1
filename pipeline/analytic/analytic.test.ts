import { beforeAll, describe, expect, it } from 'vitest';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import { svmFileSchema } from '../../src/core/classifier/svm-file.ts';
import { auc } from '../../src/core/stats/roc.ts';
import { lesionMeans, type Row } from '../cv/search.ts';
import { startLibsvm, type Libsvm } from '../svm/libsvm.ts';
import { crossFittedLikelihoods } from '../cv/calibrate.ts';
import { compareArms, type Case } from '../protocol/metrics.ts';
import { ensembleOf } from './ensemble.ts';
import { trainFinalAnalytic } from './final.ts';
import { searchArm, validateArm, type ArmInput, type ArmSetting } from './nested.ts';
import { gramOf, rankFeatures, standardiseBy } from './select.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const FOLDS = 3;
const GRID: ArmSetting[] = [2, 12].flatMap((features) => [
  { features, kernel: 'linear', c: 0.5, gamma: 0 },
  { features, kernel: 'rbf', c: 1, gamma: 0.5 },
]);

/** 60 lesions of two views with 12 features, of which 4 and 9 tell. */
const makeInput = (flip: (lesion: number) => boolean, signal = 1.2): ArmInput => {
  const random = seededRandom(23);
  const rows: Row[] = [];
  const table: Float64Array[] = [];
  const fold: number[] = [];
  for (let lesion = 0; lesion < 60; lesion++)
    for (let view = 0; view < 2; view++) {
      const truth = lesion % 2 === 0;
      rows.push({ lesion: `l${lesion}`, patient: `p${lesion}`, malignant: truth !== flip(lesion) });
      table.push(
        Float64Array.from({ length: 12 }, (_, f) => {
          return 2 * random() - 1 + (truth && (f === 4 || f === 9) ? signal : 0);
        }),
      );
      fold.push(Math.floor(lesion / 2) % FOLDS);
    }
  return { rows, table, fold, folds: FOLDS, seed: 5, grid: GRID };
};
const never = () => false;

const pooled = ({ rows }: ArmInput, scores: readonly number[]) => {
  const lesions = lesionMeans(rows, [...rows.keys()], scores);
  return auc({ scores: lesions.map((l) => l.score), malignant: lesions.map((l) => l.malignant) });
};

describe('selection', () => {
  it('ranks by area, whichever way a feature points', () => {
    const table = [
      [0, 9, 1],
      [0, 8, 3],
      [1, 7, 2],
      [0, 6, 4],
    ];
    expect(rankFeatures(table, [false, false, true, true])[0]).toBe(1);
    expect(() => rankFeatures(table, [true, true, true, true])).toThrow('both outcomes');
  });

  it('scales by the rows it is told only', () => {
    const z = standardiseBy([[1], [3], [100]], [0, 1], [0]);
    expect(z.map((row) => row[0])).toEqual([-1, 1, 98]);
    expect([...gramOf(z)].slice(0, 3)).toEqual([1, -1, -98]);
  });
});

describe('validateArm', () => {
  let libsvm: Libsvm;
  beforeAll(async () => {
    libsvm = await startLibsvm();
  });

  it('finds the features that tell', () => {
    const input = makeInput(never);
    const { scores, chosen } = validateArm(libsvm, input);
    expect(pooled(input, scores)).toBeGreaterThan(0.8);
    for (const { features } of chosen) expect(features).toEqual(expect.arrayContaining([4, 9]));
  });

  it('finds nothing where there is nothing', () => {
    const input = makeInput(never, 0);
    expect(Math.abs(pooled(input, validateArm(libsvm, input).scores) - 0.5)).toBeLessThan(0.17);
  });

  it('ships a machine whose file gives the scores of the search', () => {
    const input = makeInput(never);
    const fitted = { calibration: { a: -1, b: 0 }, refits: [] };
    const choice = searchArm(libsvm, input, [...input.rows.keys()], input.seed);
    const picked = input.table.map((row) => choice.features.map((f) => row[f] as number));
    const svm = trainFinalAnalytic(libsvm, { ...input, table: picked }, choice.setting, fitted);
    expect(svmFileSchema.parse(svm).arm).toBe('analytic');
    const scores = picked.map((row) => decisionValue(svm, row));
    expect(pooled(input, scores)).toBeGreaterThan(0.85);
  });

  it('scores a fold without its outcomes: turning them round changes none of its scores', () => {
    const inFold0 = (lesion: number) => Math.floor(lesion / 2) % FOLDS === 0;
    const plain = validateArm(libsvm, makeInput(never));
    const turned = validateArm(libsvm, makeInput(inFold0));
    const { fold } = makeInput(never);
    fold.forEach((k, i) => {
      if (k === 0) expect(turned.scores[i]).toBe(plain.scores[i]);
    });
    expect(turned.scores).not.toEqual(plain.scores);
  });
});

describe('ensemble', () => {
  /** Two arms with errors of their own over 200 lesions, calibrated on the other folds. */
  const arm = (seed: number, malignantOf: (i: number) => boolean): Case[] => {
    const random = seededRandom(seed);
    const cases = Array.from({ length: 200 }, (_, i) => ({
      patient: `p${i}`,
      malignant: malignantOf(i),
      score: (i % 2 === 0 ? 0.5 : 0) + random() + random() + random() - 1.5,
      fold: Math.floor(i / 2) % FOLDS,
    }));
    const likelihoods = crossFittedLikelihoods(cases, (c) => (c as (typeof cases)[number]).fold);
    return cases.map((c, i) => ({ ...c, likelihood: likelihoods[i] as number }));
  };
  const even = (i: number) => i % 2 === 0;

  it('is the mean of likelihoods that know nothing of their own fold', () => {
    const [cnn, analytic] = [arm(8, even), arm(9, even)];
    const ensemble = ensembleOf(cnn, analytic);
    ensemble.forEach((c, i) =>
      expect(c.likelihood).toBeCloseTo(
        ((cnn[i] as Case).likelihood + (analytic[i] as Case).likelihood) / 2,
        14,
      ),
    );
    const inFold0 = (i: number) => Math.floor(i / 2) % FOLDS === 0;
    const turned = (i: number) => (inFold0(i) ? true : even(i));
    const changed = ensembleOf(arm(8, turned), arm(9, turned));
    changed.forEach((c, i) => {
      if (inFold0(i)) expect(c.likelihood).toBe(ensemble[i]?.likelihood);
    });
  });

  it('beats arms whose errors are their own, and the comparison says by how much', () => {
    const [cnn, analytic] = [arm(8, even), arm(9, even)];
    const scores = (cases: readonly Case[]) => cases.map((c) => c.likelihood);
    const arms = {
      cnn: scores(cnn),
      analytic: scores(analytic),
      ensemble: scores(ensembleOf(cnn, analytic)),
    };
    const malignant = cnn.map((c) => c.malignant);
    const area = (name: keyof typeof arms) => auc({ scores: arms[name], malignant });
    expect(area('ensemble')).toBeGreaterThan(Math.max(area('cnn'), area('analytic')));
    for (const c of compareArms(arms, malignant)) {
      expect(c.holm).toBeGreaterThanOrEqual(c.p);
      expect(c.difference).toBeCloseTo(
        area(c.a as keyof typeof arms) - area(c.b as keyof typeof arms),
        12,
      );
    }
  });
});
