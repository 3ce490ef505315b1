import { describe, expect, it } from 'vitest';
import { decisionGradient, decisionValue } from '../classifier/svm.ts';
import { poolTaps } from '../features/pool-taps.ts';
import type { SvmFile } from '../classifier/svm-file.ts';
import { activationMap } from './activation-map.ts';
import { seededRandom } from '../stats/random.ts';
import type { Tap } from '../features/tap.ts';

const random = seededRandom(3);
const map = Float32Array.from({ length: 4 * 3 * 2 }, () => random());
const tap = (pooling: Tap['pooling'], l2Normalised = false, node = 'a'): Tap => ({
  node,
  shape: [4, 3, 2],
  pooling,
  l2Normalised,
});

const svmOf = (length: number, kernel: SvmFile['kernel']): SvmFile => ({
  schemaVersion: 1,
  arm: 'cnn',
  featureSchemaId: 'test',
  scaler: {
    mean: Array.from({ length }, () => random() - 0.5),
    scale: Array.from({ length }, () => 0.5 + random()),
  },
  kernel,
  gamma: kernel === 'rbf' ? 0.3 : 0,
  supportVectors: [0, 1, 2].map(() => Array.from({ length }, () => 2 * random() - 1)),
  coefficients: [0.7, -1.2, 0.4],
  bias: 0.1,
  calibration: { a: -1, b: 0 },
  calibrationBootstrap: [],
});

describe('decisionGradient', () => {
  it.each(['linear', 'rbf'] as const)('is the slope of the decision value: %s', (kernel) => {
    const svm = svmOf(5, kernel);
    const x = Float64Array.from({ length: 5 }, () => random());
    const gradient = decisionGradient(svm, x);
    x.forEach((v, i) => {
      const h = 1e-5;
      const [up, down] = [x.slice(), x.slice()];
      up[i] = v + h;
      down[i] = v - h;
      const slope = (decisionValue(svm, up) - decisionValue(svm, down)) / (2 * h);
      expect(gradient[i]).toBeCloseTo(slope, 6);
    });
  });
});

describe('activationMap', () => {
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

  it.each([
    [[tap('average')], 1],
    [[tap('max')], 1],
    [[tap('average'), tap('max')], 1],
  ])('adds up to what its blocks add to a linear score: %o', (taps) => {
    const gradient = Float64Array.from({ length: 2 * taps.length }, () => 2 * random() - 1);
    const features = poolTaps(
      taps,
      taps.map(() => map),
    );
    const cam = activationMap(taps, 0, gradient, map);
    expect(cam).toMatchObject({ rows: 4, columns: 3 });
    expect(sum(cam?.values ?? [])).toBeCloseTo(
      sum(gradient.map((g, i) => g * (features[i] ?? 0))),
      5,
    );
  });

  it('follows the slope of the score through the scaling to unit length', () => {
    const taps = [tap('average', true)];
    const svm = svmOf(2, 'linear');
    const scoreOf = (m: Float32Array) => decisionValue(svm, poolTaps(taps, [m]));
    const gradient = decisionGradient(svm, poolTaps(taps, [map]));
    const cam = activationMap(taps, 0, gradient, map);
    for (const pixel of [0, 5, 11]) {
      const scaled = (k: number) =>
        map.map((v, i) => (Math.floor(i / 2) === pixel ? v * (1 + k) : v));
      const slope = (scoreOf(scaled(0.01)) - scoreOf(scaled(-0.01))) / 0.02;
      expect(cam?.values[pixel]).toBeCloseTo(slope, 3);
    }
  });

  it('takes only the blocks of its own node', () => {
    const taps = [tap('average', false, 'b'), tap('average')];
    const gradient = Float64Array.of(9, 9, 1, 0);
    const cam = activationMap(taps, 1, gradient, map);
    expect(cam?.values[0]).toBeCloseTo((map[0] as number) / 12, 6);
  });

  it('has none where the graph pools itself', () => {
    const taps: Tap[] = [{ node: 'a', shape: [1, 1, 2], pooling: 'none', l2Normalised: false }];
    expect(activationMap(taps, 0, Float64Array.of(1, 1), [1, 2])).toBeUndefined();
  });
});
