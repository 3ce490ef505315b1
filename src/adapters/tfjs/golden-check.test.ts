import { expect, it } from 'vitest';
import type { Likelihood, SvmScore } from '../../core/units/units.ts';
import { goldenProblem } from './golden-check.ts';

const likelihood = { value: 0.4 as Likelihood, low: 0.3 as Likelihood, high: 0.5 as Likelihood };
const answer = {
  arms: [{ arm: 'cnn' as const, viewScores: [], score: 0.2 as SvmScore, likelihood }],
  viewLikelihoods: [],
  likelihood,
  trainingPrevalence: 0.5,
};
const golden = {
  ...{ seed: 1, grain: 0, features: [3, 4], score: 0.2, likelihood: 0.4 },
  analytic: [10, 20],
  'analytic-outline': [1, 2],
};
const named = { schemaId: 'x', names: ['first', 'second'] };
const rule = {
  tolerance: { featureCosine: 0.999, score: 0.01, likelihood: 0.01 },
  features: {
    cnn: { schemaId: 'c', length: 2 },
    analytic: named,
    'analytic-outline': named,
  },
};
const problemOf = (changed: object) =>
  goldenProblem(
    golden,
    {
      cnn: Float32Array.of(3, 4),
      analytic: Float32Array.of(10, 20),
      'analytic-outline': Float32Array.of(1, 2),
      ...changed,
    },
    answer,
    rule,
  );

it('compares the vector of every arm that the pack has, and names the feature that is off', () => {
  expect(problemOf({})).toBeUndefined();
  expect(problemOf({ cnn: Float32Array.of(4, 3) })?.code).toBe('golden.cosine');
  expect(problemOf({ analytic: Float32Array.of(10, 20.1) })).toMatchObject({
    code: 'golden.measured',
    values: { name: 'second' },
  });
  expect(problemOf({ 'analytic-outline': Float32Array.of(1.1, 2) })).toMatchObject({
    code: 'golden.measured',
    values: { name: 'first' },
  });
  expect(problemOf({ 'analytic-outline': undefined })?.code).toBe('golden.measured-length');
  expect(problemOf({ analytic: Float32Array.of(Number.NaN, 20) })?.code).toBe('golden.measured');
});
