import { describe, expect, it } from 'vitest';
import type { PackManifest } from '../pack/manifest.ts';
import type { SvmFile } from '../pack/svm-file.ts';
import { scoreLesion } from './score-lesion.ts';

const manifest = { prevalence: { training: 0.4, assumed: 0.4 } } as PackManifest;

/** Decision value 2 x - 1; likelihood 1 / (1 + exp(-score)). */
const svm = (
  arm: 'cnn' | 'analytic',
  bootstrap: SvmFile['calibrationBootstrap'] = [],
): SvmFile => ({
  schemaVersion: 1,
  arm,
  featureSchemaId: 'test',
  scaler: { mean: [0], scale: [1] },
  kernel: 'linear',
  gamma: 0,
  supportVectors: [[1]],
  coefficients: [2],
  bias: -1,
  calibration: { a: -1, b: 0 },
  calibrationBootstrap: bootstrap,
});

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe('scoreLesion', () => {
  it('averages decision values over the views before it calibrates', () => {
    const { arms, likelihood, viewLikelihoods, trainingPrevalence } = scoreLesion(
      manifest,
      { cnn: svm('cnn') },
      [{ cnn: [3] }, { cnn: [0] }],
    );
    expect(arms).toHaveLength(1);
    expect(arms[0]).toMatchObject({ arm: 'cnn', viewScores: [5, -1], score: 2 });
    expect(likelihood.value).toBeCloseTo(sigmoid(2), 14);
    expect(viewLikelihoods[0]).toBeCloseTo(sigmoid(5), 14);
    expect(viewLikelihoods[1]).toBeCloseTo(sigmoid(-1), 14);
    expect(trainingPrevalence).toBe(0.4);
    expect(likelihood.low).toBe(likelihood.value);
  });

  it('takes the interval from the refits of the calibration', () => {
    const refits = Array.from({ length: 81 }, (_, i) => ({ a: -1, b: (i - 40) / 40 }));
    const { likelihood } = scoreLesion(manifest, { cnn: svm('cnn', refits) }, [{ cnn: [1] }]);
    expect(likelihood.low).toBeCloseTo(sigmoid(1 - 0.95), 12);
    expect(likelihood.high).toBeCloseTo(sigmoid(1 + 0.95), 12);
  });

  it('takes the mean likelihood of two arms', () => {
    const svms = { cnn: svm('cnn'), analytic: svm('analytic') };
    const score = scoreLesion(manifest, svms, [{ cnn: [1], analytic: [0] }]);
    expect(score.likelihood.value).toBeCloseTo((sigmoid(1) + sigmoid(-1)) / 2, 14);
    expect(score.viewLikelihoods[0]).toBeCloseTo((sigmoid(1) + sigmoid(-1)) / 2, 14);
    expect(score.arms.map((arm) => arm.arm)).toEqual(['cnn', 'analytic']);
  });

  it('refuses to answer without views or without the features of an arm', () => {
    expect(() => scoreLesion(manifest, { cnn: svm('cnn') }, [])).toThrow('at least one view');
    const svms = { cnn: svm('cnn'), analytic: svm('analytic') };
    expect(() => scoreLesion(manifest, svms, [{ cnn: [1] }])).toThrow('analytic');
  });
});
