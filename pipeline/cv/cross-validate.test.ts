import { beforeAll, describe, expect, it } from 'vitest';
import { auc } from '../../src/core/stats/roc.ts';
import { startLibsvm, type Libsvm } from '../svm/libsvm.ts';
import { crossFittedLikelihoods, fitCalibration } from './calibrate.ts';
import { crossValidate, type ValidationInput } from './cross-validate.ts';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import { blockOf, candidateTaps, featureSets, selectFeatures } from './feature-sets.ts';
import { trainFinalSvm } from './final-svm.ts';
import { lesionMeans, type Row } from './search.ts';
import { seededRandom } from '../../src/core/stats/random.ts';
import type { Tap } from '../../src/core/features/tap.ts';

const FOLDS = 3;
const outputs = [
  { node: 'early', shape: [4, 4, 3] as Tap['shape'] },
  { node: 'late', shape: [2, 2, 4] as Tap['shape'] },
];
const candidates = candidateTaps(outputs);
const LENGTH = candidates.reduce((sum, tap) => sum + tap.shape[2], 0);

/** 72 lesions of two views; the first three features (early, average) tell, the rest is noise. */
const makeInput = (flip: (lesion: number) => boolean, signal = 1): ValidationInput => {
  const random = seededRandom(17);
  const rows: Row[] = [];
  const vectors: Float32Array[] = [];
  const fold: number[] = [];
  for (let lesion = 0; lesion < 72; lesion++) {
    const truth = lesion % 2 === 0;
    for (let view = 0; view < 2; view++) {
      const malignant = truth !== flip(lesion);
      rows.push({ lesion: `l${lesion}`, patient: `p${lesion}`, malignant });
      vectors.push(
        Float32Array.from({ length: LENGTH }, (_, i) => {
          return 2 * random() - 1 + (i < 3 && truth ? signal : 0);
        }),
      );
      fold.push(Math.floor(lesion / 2) % FOLDS);
    }
  }
  const sets = featureSets(outputs);
  return { rows, fold, vectors: () => vectors, candidates, sets, folds: FOLDS, seed: 5 };
};
const never = () => false;

const pooledAuc = ({ rows }: ValidationInput, scores: readonly number[]) => {
  const lesions = lesionMeans(rows, [...rows.keys()], scores);
  return auc({ scores: lesions.map((l) => l.score), malignant: lesions.map((l) => l.malignant) });
};

describe('crossValidate', () => {
  let libsvm: Libsvm;
  beforeAll(async () => {
    libsvm = await startLibsvm();
  });

  it('finds a signal, and the layer that carries it', () => {
    const input = makeInput(never);
    const result = crossValidate(libsvm, input);
    expect(pooledAuc(input, result.scores)).toBeGreaterThan(0.85);
    const of = (name: string) => result.bySet.find((s) => s.set === name)?.scores ?? [];
    expect(pooledAuc(input, of('early average'))).toBeGreaterThan(0.85);
    expect(pooledAuc(input, of('late average'))).toBeLessThan(0.65);
    expect(result.chosen).toHaveLength(FOLDS);
    for (const { setting } of result.chosen)
      expect(setting.set.taps.some((t) => t.node === 'early' && t.pooling === 'average')).toBe(
        true,
      );
  });

  it('finds nothing where there is nothing', () => {
    const input = makeInput(never, 0);
    expect(Math.abs(pooledAuc(input, crossValidate(libsvm, input).scores) - 0.5)).toBeLessThan(
      0.15,
    );
  });

  it('scores a fold without its outcomes: turning them round changes none of its scores', () => {
    const inFold0 = (lesion: number) => Math.floor(lesion / 2) % FOLDS === 0;
    const plain = makeInput(never);
    const turned = makeInput(inFold0);
    const a = crossValidate(libsvm, plain).scores;
    const b = crossValidate(libsvm, turned).scores;
    plain.fold.forEach((k, i) => {
      if (k === 0) expect(b[i]).toBe(a[i]);
    });
    expect(plain.fold.some((k, i) => k !== 0 && a[i] !== b[i])).toBe(true);
  });

  it('ships the machine it trained: decision values of the file have the signs of the outcome', () => {
    const input = makeInput(never, 3);
    for (const kernel of ['linear', 'rbf'] as const) {
      const set = input.sets[0] as ValidationInput['sets'][number];
      const setting = { set, kernel, c: 1, gamma: 0.3 };
      const calibration = { calibration: { a: -1, b: 0 }, refits: [] };
      const vectors = input.vectors(0);
      const svm = trainFinalSvm(
        libsvm,
        input.rows,
        vectors,
        candidates,
        setting,
        'test',
        calibration,
      );
      const right = input.rows.filter((row, i) => {
        const vector = selectFeatures(vectors[i] as Float32Array, candidates, set);
        return decisionValue(svm, vector) > 0 === row.malignant;
      });
      expect(right.length / input.rows.length).toBeGreaterThan(0.95);
      if (kernel === 'linear') expect(svm.supportVectors).toHaveLength(1);
    }
  });
});

describe('feature sets', () => {
  it('cut their blocks out of the candidates, unit length where asked', () => {
    const vector = Float32Array.from({ length: LENGTH }, (_, i) => i);
    const late = { node: 'late', shape: [2, 2, 4] as Tap['shape'] };
    const average: Tap = { ...late, pooling: 'average', l2Normalised: false };
    expect([...blockOf(vector, candidates, average)]).toEqual([6, 7, 8, 9]);
    const unit = blockOf(vector, candidates, { ...average, pooling: 'max', l2Normalised: true });
    expect(Math.hypot(...unit)).toBeCloseTo(1, 6);
    expect(vector[10]).toBe(10);
    const all = featureSets(outputs).find((s) => s.name === 'all averages');
    expect([...selectFeatures(vector, candidates, all ?? { name: '', taps: [] })]).toEqual([
      0, 1, 2, 6, 7, 8, 9,
    ]);
  });
});

describe('calibration', () => {
  const random = seededRandom(2);
  const cases = Array.from({ length: 90 }, (_, i) => {
    const malignant = i % 3 === 0;
    return {
      patient: `p${i}`,
      malignant,
      score: 4 * random() - 2 + (malignant ? 1 : 0),
      fold: i % 5,
    };
  });
  const foldOf = (c: object) => (c as (typeof cases)[number]).fold;

  it('is fitted on the other folds for the report', () => {
    const turned = cases.map((c) => (c.fold === 0 ? { ...c, malignant: !c.malignant } : c));
    const [a, b] = [crossFittedLikelihoods(cases, foldOf), crossFittedLikelihoods(turned, foldOf)];
    cases.forEach((c, i) => {
      if (c.fold === 0) expect(b[i]).toBe(a[i]);
      else expect(b[i]).not.toBe(a[i]);
    });
  });

  it('comes with refits around it, the same for the same seed', () => {
    const { calibration, refits } = fitCalibration(cases, 1);
    expect(refits).toHaveLength(200);
    const slopes = refits.map((r) => r.a).sort((x, y) => x - y);
    expect(slopes[5]).toBeLessThan(calibration.a);
    expect(slopes[194]).toBeGreaterThan(calibration.a);
    expect(fitCalibration(cases, 1).refits).toEqual(refits);
  });
});
