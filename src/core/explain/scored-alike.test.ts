import { expect, it } from 'vitest';
import type { Likelihood } from '../units/units.ts';
import { contradicts, scoredAlike } from './scored-alike.ts';

const arm = (name: 'cnn' | 'analytic', value: number) => {
  const p = value as Likelihood;
  return { arm: name, likelihood: { value: p, low: p, high: p } };
};
const lesion = (pathology: 'benign' | 'malignant', cnn: number, analytic?: number) => ({
  pathology,
  views: 2,
  likelihood: 0.5,
  cnn: { score: 0, likelihood: cnn },
  ...(analytic === undefined ? {} : { analytic: { score: 0, likelihood: analytic } }),
});
const outcome = (pathology: 'benign' | 'malignant') => ({
  lesion: lesion(pathology, 0.5),
  distance: 0,
});
const of = (malignant: number, benign: number) => [
  ...Array.from({ length: malignant }, () => outcome('malignant')),
  ...Array.from({ length: benign }, () => outcome('benign')),
];

it('ranks by what both models say, in logits', () => {
  const reference = {
    lesions: [
      lesion('benign', 0.5, 0.9),
      lesion('malignant', 0.01, 0.5),
      lesion('benign', 0.05, 0.5),
      lesion('malignant', 0.5),
    ],
  };
  const alike = scoredAlike(reference, [arm('cnn', 0.1), arm('analytic', 0.5)], 3);
  expect(alike.map(({ lesion: l }) => l.cnn?.likelihood)).toEqual([0.05, 0.01, 0.5]);
  // ln(0.1 / 0.9) - ln(0.05 / 0.95)
  expect(alike[0]?.distance).toBeCloseTo(0.747214, 5);
  expect(scoredAlike(reference, [arm('cnn', 0.5)], 9)).toHaveLength(4);
});

it('says when outcomes do not go with the likelihood, either way, and not before', () => {
  expect(contradicts(of(4, 1), 0.09)).toBe(true);
  expect(contradicts(of(2, 3), 0.09)).toBe(false);
  expect(contradicts(of(1, 4), 0.91)).toBe(true);
  expect(contradicts(of(3, 2), 0.5)).toBe(false);
  expect(contradicts(of(0, 5), 0.3)).toBe(false);
  expect(contradicts([], 0.5)).toBe(false);
});
