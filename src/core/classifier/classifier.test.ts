import { describe, expect, it } from 'vitest';
import type { SvmFile } from './svm-file.ts';
import type { Likelihood } from '../units/units.ts';
import { atPrevalence, calibrate, fitPlatt } from './calibration.ts';
import expected from './fixtures/expected.json' with { type: 'json' };
import { decisionValue } from './svm.ts';

// Expected values come from scikit-learn: fixtures/make-fixtures.py.
const asFile = (svm: (typeof expected.svms)[number]): SvmFile => ({
  schemaVersion: 1,
  arm: 'cnn',
  featureSchemaId: 'test',
  scaler: expected.scaler,
  kernel: svm.kernel as 'linear' | 'rbf',
  gamma: svm.gamma,
  supportVectors: svm.supportVectors,
  coefficients: svm.coefficients,
  bias: svm.bias,
  calibration: { a: -1, b: 0 },
  calibrationBootstrap: [],
});

describe('decisionValue', () => {
  it.each(expected.svms)('equals scikit-learn with a $kernel kernel', (svm) => {
    const file = asFile(svm);
    expected.asked.forEach((row, i) =>
      expect(decisionValue(file, row)).toBeCloseTo(svm.decision[i] as number, 9),
    );
  });

  it('refuses a vector of another length', () => {
    const file = asFile(expected.svms[0] as (typeof expected.svms)[number]);
    expect(() => decisionValue(file, [1, 2])).toThrow('2 features where the SVM takes 6');
  });
});

describe('calibration', () => {
  it('finds the minimum that a general optimiser finds', () => {
    const { scores, malignant, fit } = expected.platt;
    const { a, b } = fitPlatt(scores, malignant);
    expect(a).toBeCloseTo(fit[0] as number, 5);
    expect(b).toBeCloseTo(fit[1] as number, 5);
  });

  it('stays finite when the classes are separated, thanks to the smoothed targets', () => {
    const { a, b } = fitPlatt([-2, -1, 1, 2], [false, false, true, true]);
    expect(a).toBeLessThan(0);
    expect(calibrate({ a, b }, 2)).toBeLessThan(0.9);
  });

  it('is at the minimum whatever the scale of the scores, and where one lies far out', () => {
    const malignant = [false, false, true, false, true, true];
    for (const scores of [
      [-2000, -1000, -500, 500, 1000, 2000],
      [-0.002, -0.001, -0.0005, 0.0005, 0.001, 0.002],
      [-5, -1, 0.5, 1, 2, 300],
    ]) {
      const { a, b } = fitPlatt(scores, malignant);
      // Smoothed targets of three of each; both slopes of the loss are nought there.
      const off = malignant.map(
        (m, i) => (m ? 4 / 5 : 1 / 5) - calibrate({ a, b }, scores[i] ?? 0),
      );
      const scale = Math.max(...scores);
      expect(off.reduce((sum, d) => sum + d)).toBeCloseTo(0, 6);
      expect(off.reduce((sum, d, i) => sum + (d * (scores[i] ?? 0)) / scale, 0)).toBeCloseTo(0, 6);
    }
  });

  it('refuses to fit nothing', () => expect(() => fitPlatt([], [])).toThrow('no scores'));

  it('is a sigmoid that does not overflow', () => {
    expect(calibrate({ a: -1, b: 0 }, 0)).toBe(0.5);
    expect(calibrate({ a: -1, b: 0 }, 5000)).toBe(1);
    expect(calibrate({ a: -1, b: 0 }, -5000)).toBe(0);
    expect(calibrate({ a: -2, b: 1 }, 1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 14);
  });
});

describe('atPrevalence', () => {
  const p = 0.5 as Likelihood;

  it('changes the odds by the ratio of the odds of the prevalences', () => {
    // Odds 1 times (0.1 / 0.9) / (0.4 / 0.6) = 1/6, so p' = 1/7.
    expect(atPrevalence(p, 0.4, 0.1)).toBeCloseTo(1 / 7, 14);
    expect(atPrevalence(p, 0.4, 0.4)).toBeCloseTo(0.5, 14);
  });

  it('keeps certainty and undoes itself', () => {
    expect(atPrevalence(1 as Likelihood, 0.4, 0.1)).toBe(1);
    expect(atPrevalence(0 as Likelihood, 0.4, 0.1)).toBe(0);
    expect(atPrevalence(atPrevalence(p, 0.4, 0.1), 0.1, 0.4)).toBeCloseTo(0.5, 14);
  });
});
