import { FINDER_RULE } from '../rule.ts';

const one = (name: string, weight = 1, bias = 0) => ({
  names: [name],
  mean: [0],
  scale: [1],
  weights: [weight],
  bias,
});
const point = (falseMarks: number, threshold: number) => ({
  falseMarks,
  threshold,
  sensitivity: 0.7,
  interval: [0.6, 0.8],
});

/** Rules for the finder of one convolution (adapters/tfjs/testing/tiny-finder): what is bright is a mass. */
export const TINY_RULES = {
  input: FINDER_RULE,
  mirror: false,
  rescoring: {
    own: one('score'),
    pair: one('nipple', -1, 4),
    both: {
      names: ['own', 'support'],
      mean: [0, 0],
      scale: [1, 1],
      weights: [1, 0.1],
      bias: 0,
    },
    outcome: one('outcome'),
  },
  breastCalibration: { a: -1, b: 0 },
  operatingPoints: [point(0.25, 0.5), point(1, 0.2)],
};
