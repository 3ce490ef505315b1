import { describe, expect, it } from 'vitest';
import type { ScoreRule } from '../classifier/score-rule.ts';
import type { SvmFile } from '../classifier/svm-file.ts';
import type { ViewOrigin } from './joining.ts';
import { scoreLesion, type ViewFeatures } from './score-lesion.ts';

const manifest = {
  prevalence: { training: 0.4, assumed: 0.4 },
  fusion: { views: 'mean-score', arms: 'mean-likelihood' },
} as ScoreRule;

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

/** A view of one breast, of the projection named. */
const of = (view: string, changes: Partial<ViewOrigin> = {}): { origin: ViewOrigin } => ({
  origin: { person: 'p', exam: '1', side: 'R', view, name: `R${view}`, ...changes },
});

const scored = (...asked: Parameters<typeof scoreLesion>) => {
  const score = scoreLesion(...asked);
  if (!score.ok) throw new Error(score.error.code);
  return score.value;
};

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe('scoreLesion', () => {
  it('averages decision values over the views before it calibrates', () => {
    const { arms, likelihood, viewLikelihoods, trainingPrevalence } = scored(
      manifest,
      { cnn: svm('cnn') },
      [
        { cnn: [3], ...of('CC') },
        { cnn: [0], ...of('MLO') },
      ],
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
    const { likelihood } = scored(manifest, { cnn: svm('cnn', refits) }, [{ cnn: [1] }]);
    expect(likelihood.low).toBeCloseTo(sigmoid(1 - 0.95), 12);
    expect(likelihood.high).toBeCloseTo(sigmoid(1 + 0.95), 12);
  });

  it('takes the mean likelihood of two arms', () => {
    const svms = { cnn: svm('cnn'), analytic: svm('analytic') };
    const score = scored(manifest, svms, [{ cnn: [1], analytic: [0] }]);
    expect(score.likelihood.value).toBeCloseTo((sigmoid(1) + sigmoid(-1)) / 2, 14);
    expect(score.viewLikelihoods[0]).toBeCloseTo((sigmoid(1) + sigmoid(-1)) / 2, 14);
    expect(score.arms.map((arm) => arm.arm)).toEqual(['cnn', 'analytic']);
  });

  it('refuses to answer without views or without the features of an arm', () => {
    expect(scoreLesion(manifest, { cnn: svm('cnn') }, [])).toMatchObject({
      ok: false,
      error: { code: 'no-view' },
    });
    const svms = { cnn: svm('cnn'), analytic: svm('analytic') };
    expect(() => scoreLesion(manifest, svms, [{ cnn: [1] }])).toThrow('analytic');
  });

  it('counts a view that is repeated as one: the mean within it first', () => {
    const svms = { cnn: svm('cnn') };
    const [cc, again, mlo] = [{ cnn: [3] }, { cnn: [1] }, { cnn: [0] }];
    const views = [
      { ...cc, ...of('CC') },
      { ...mlo, ...of('MLO') },
      { ...again, ...of('CC') },
    ];
    // Decision values 5, -1 and 1: the CC views together 3, then (3 - 1) / 2.
    expect(scored(manifest, svms, views).arms[0]?.score).toBeCloseTo(1, 14);
    expect(scored(manifest, svms, views).viewLikelihoods).toHaveLength(3);
  });

  it.each<[string, ViewFeatures[]]>([
    [
      'breasts',
      [
        { cnn: [1], ...of('CC') },
        { cnn: [1], ...of('CC', { side: 'L' }) },
      ],
    ],
    [
      'exams',
      [
        { cnn: [1], ...of('CC') },
        { cnn: [1], ...of('MLO', { exam: '2' }) },
      ],
    ],
    [
      'persons',
      [
        { cnn: [1], ...of('CC') },
        { cnn: [1], ...of('MLO', { person: 'q' }) },
      ],
    ],
    ['side-unknown', [{ cnn: [1] }, { cnn: [1] }]],
    ['not-finite', [{ cnn: [Number.NaN] }]],
  ])('refuses with the code %s', (code, views) => {
    expect(scoreLesion(manifest, { cnn: svm('cnn') }, views)).toMatchObject({
      ok: false,
      error: { code },
    });
  });
});

describe('a pack that says more of its answers', () => {
  const flat = { at: [-1, 1], low: [0.5, 0.5], high: [1, 1] };
  const rule = {
    ...manifest,
    fusion: {
      ...manifest.fusion,
      calibration: { lesion: { a: -2, b: 0 }, view: { a: -3, b: 0 } },
    },
    interval: { cnn: flat, analytic: flat, fused: flat },
  } as ScoreRule;
  const svms = { cnn: svm('cnn'), analytic: svm('analytic') };
  const ask = (svmsOf = svms) => scored(rule, svmsOf, [{ cnn: [1], analytic: [1], ...of('CC') }]);

  it('is calibrated once more over the arms, lesion and view each by its own', () => {
    const { arms, likelihood, viewLikelihoods } = ask();
    expect(arms.map((arm) => arm.likelihood.value)).toEqual([sigmoid(1), sigmoid(1)]);
    expect(likelihood.value).toBeCloseTo(sigmoid(2), 9);
    expect(viewLikelihoods[0]).toBeCloseTo(sigmoid(3), 9);
  });

  it('gives the interval that the pack says, in logits about the answer', () => {
    const { likelihood } = ask();
    expect(likelihood.low).toBeCloseTo(sigmoid(1.5), 9);
    expect(likelihood.high).toBeCloseTo(sigmoid(3), 9);
  });

  it('calibrates a single view by the calibration of views', () => {
    const own = { ...svm('cnn'), viewCalibration: { a: -4, b: 0 } };
    const { viewLikelihoods, likelihood } = scored(manifest, { cnn: own }, [
      { cnn: [1], ...of('CC') },
    ]);
    expect(viewLikelihoods[0]).toBeCloseTo(sigmoid(4), 9);
    expect(likelihood.value).toBeCloseTo(sigmoid(1), 9);
  });
});
