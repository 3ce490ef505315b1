import { expect, it } from 'vitest';
import { atPrevalence } from '../classifier/calibration.ts';
import type { Likelihood } from '../units/units.ts';
import {
  decisionOf,
  decisionRange,
  likelihoodOf,
  outcomeHistogram,
  referencePlace,
} from './reference-place.ts';

const lesion = (pathology: 'benign' | 'malignant', likelihood: number) => ({
  pathology,
  likelihood,
  views: 2,
});
const reference = {
  lesions: [
    lesion('benign', 0.1),
    lesion('benign', 0.3),
    lesion('benign', 0.6),
    lesion('malignant', 0.3),
    lesion('malignant', 0.9),
  ],
};

it('tells which share of each outcome scores higher', () => {
  expect(referencePlace(reference, 0.3)).toEqual({
    benign: 3,
    malignant: 2,
    higher: { benign: 1 / 3, malignant: 1 / 2 },
  });
  expect(referencePlace(reference, 0.29).higher).toEqual({ benign: 2 / 3, malignant: 1 });
  expect(referencePlace({ lesions: [] }, 0.5).higher.benign).toBeNaN();
});

it('counts lesions by outcome and bin, the ends included', () => {
  expect(outcomeHistogram(reference, 2)).toEqual({ benign: [2, 1], malignant: [1, 1] });
  const all = { lesions: [lesion('benign', 0), lesion('benign', 1)] };
  expect(outcomeHistogram(all, 4).benign).toEqual([1, 0, 0, 1]);
  expect(outcomeHistogram(all, 4, (p) => 1 - p / 2).benign).toEqual([0, 0, 1, 1]);
});

it('stands on decision values, which another prevalence moves all alike', () => {
  const moved = [0.02, 0.3, 0.8].map(
    (p) => decisionOf(atPrevalence(p as Likelihood, 0.45, 0.2)) - decisionOf(p),
  );
  for (const by of moved) expect(by).toBeCloseTo(moved[0] as number, 9);
  expect(likelihoodOf(decisionOf(0.3))).toBeCloseTo(0.3, 12);
  expect([decisionOf(0), decisionOf(1)].every(Number.isFinite)).toBe(true);
  const { low, high } = decisionRange(reference, 0.02);
  expect(low).toBeLessThan(decisionOf(0.02));
  expect(high).toBeGreaterThan(decisionOf(0.9));
  const bins = outcomeHistogram(reference, 8, (p) => (decisionOf(p) - low) / (high - low));
  expect(bins.benign.filter((n) => n > 0).length).toBeGreaterThan(2);
});
