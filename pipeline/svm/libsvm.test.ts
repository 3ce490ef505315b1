import { beforeAll, describe, expect, it } from 'vitest';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { startLibsvm, type DualSvm, type Libsvm } from './libsvm.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const random = seededRandom(11);
const rows = Array.from({ length: 60 }, () => Array.from({ length: 5 }, () => 2 * random() - 1));
const malignant = rows.map((r) => (r[0] ?? 0) + (r[1] ?? 0) ** 2 + 0.5 * random() > 0.5);
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + v * (b[i] as number), 0);
const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + (v - (b[i] as number)) ** 2, 0);

const asFile = (svm: DualSvm, kernel: 'linear' | 'rbf', gamma: number): SvmFile => ({
  schemaVersion: 1,
  arm: 'cnn',
  featureSchemaId: 'test',
  scaler: { mean: [0, 0, 0, 0, 0], scale: [1, 1, 1, 1, 1] },
  kernel,
  gamma,
  supportVectors: svm.indices.map((i) => rows[i] as number[]),
  coefficients: svm.coefficients,
  bias: svm.bias,
  calibration: { a: -1, b: 0 },
  calibrationBootstrap: [],
});

describe('libsvm', () => {
  let libsvm: Libsvm;
  beforeAll(async () => {
    libsvm = await startLibsvm();
  });

  it.each([
    ['linear', 0, 0.5],
    ['rbf', 0.75, 2],
  ] as const)('agrees with our predictor to 1e-6 (%s kernel)', (kernel, gamma, c) => {
    // libsvm-wasm takes its parameters as 32-bit floats: 0.75, 0.5 and 2 are exact ones.
    const k = (i: number, j: number) => {
      const [a, b] = [rows[i] as number[], rows[j] as number[]];
      return kernel === 'linear' ? dot(a, b) : Math.exp(-gamma * distance(a, b));
    };
    const file = asFile(libsvm.train(k, malignant, c), kernel, gamma);
    const own = libsvm.decisionValues(rows, malignant, { kernel, gamma, c }, rows);
    rows.forEach((row, i) =>
      expect(Math.abs(decisionValue(file, row) - (own[i] as number))).toBeLessThan(1e-6),
    );
    expect(Math.max(...own) - Math.min(...own)).toBeGreaterThan(1);
  });

  it('keeps its memory over many trainings', () => {
    const k = (i: number, j: number) => dot(rows[i] as number[], rows[j] as number[]);
    const first = libsvm.train(k, malignant, 1);
    for (let i = 0; i < 2000; i++) libsvm.train(k, malignant, 1);
    expect(libsvm.train(k, malignant, 1)).toEqual(first);
  });
});
