import { expect, it } from 'vitest';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import { seededRandom } from '../../src/core/stats/random.ts';
import { startLibsvm } from '../svm/libsvm.ts';
import { onScale, scaledMachine, trainingScale } from './common-scale.ts';
import { candidateTaps, featureSets } from './feature-sets.ts';
import { trainFinalSvm } from './final-svm.ts';

const values = [-3, -1, 0, 2];
const malignant = [false, false, true, true];

it('puts the means of the classes at -1 and 1', () => {
  const scale = trainingScale(values, malignant);
  const [a = 0, b = 0, c = 0, d = 0] = values.map((value) => onScale(scale, value));
  expect((a + b) / 2).toBeCloseTo(-1, 12);
  expect((c + d) / 2).toBeCloseTo(1, 12);
});

it('refuses a machine that has its training rows the wrong way round', () => {
  expect(() => trainingScale(values, malignant.toReversed())).toThrow('own training rows');
});

it.each(['linear', 'rbf'] as const)('is in the file: %s', (kernel) => {
  const file: SvmFile = {
    schemaVersion: 1,
    arm: 'cnn',
    featureSchemaId: 'test',
    scaler: { mean: [0, 0], scale: [1, 2] },
    kernel,
    gamma: kernel === 'rbf' ? 0.5 : 0,
    supportVectors: [
      [1, 2],
      [0, -1],
    ],
    coefficients: [0.7, -0.4],
    bias: 0.3,
    calibration: { a: -1, b: 0 },
    calibrationBootstrap: [],
  };
  const scale = { middle: -0.2, half: 3 };
  const vector = [0.5, 1.5];
  expect(decisionValue(scaledMachine(file, scale), vector)).toBeCloseTo(
    onScale(scale, decisionValue(file, vector)),
    12,
  );
});

it('makes machines of every regularisation agree in place and width', async () => {
  const libsvm = await startLibsvm();
  const candidates = candidateTaps([{ node: 'n', shape: [2, 2, 3] }]);
  const [set] = featureSets([{ node: 'n', shape: [2, 2, 3] }]);
  if (!set) throw new Error('one output has one set');
  const random = seededRandom(4);
  const rows = Array.from({ length: 90 }, (_, i) => ({
    lesion: `l${i}`,
    patient: `p${i}`,
    malignant: i % 3 === 0,
  }));
  const vectors = rows.map((row) =>
    Float32Array.from({ length: 6 }, () => random() + (row.malignant ? 0.5 : 0)),
  );
  const meansOf = (c: number) => {
    const setting = { set, kernel: 'linear' as const, c, gamma: 0 };
    const calibrated = { calibration: { a: -1, b: 0 }, refits: [] };
    const svm = trainFinalSvm(libsvm, rows, vectors, candidates, setting, 'test', calibrated);
    const scores = vectors.map((vector) => decisionValue(svm, vector.slice(0, 3)));
    return [true, false].map((outcome) => {
      const own = scores.filter((_, i) => rows[i]?.malignant === outcome);
      return own.reduce((sum, v) => sum + v, 0) / own.length;
    });
  };
  for (const c of [1e-5, 0.1]) {
    const [cancer, benign] = meansOf(c);
    expect(cancer).toBeCloseTo(1, 6);
    expect(benign).toBeCloseTo(-1, 6);
  }
});
