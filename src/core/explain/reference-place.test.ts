import { expect, it } from 'vitest';
import { outcomeHistogram, referencePlace } from './reference-place.ts';

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

it('tells sensitivity and specificity with the cut at a likelihood', () => {
  expect(referencePlace(reference, 0.3)).toEqual({
    benign: 3,
    malignant: 2,
    sensitivity: 1,
    specificity: 1 / 3,
  });
  expect(referencePlace(reference, 0.61)).toMatchObject({ sensitivity: 0.5, specificity: 1 });
  expect(referencePlace({ lesions: [] }, 0.5).sensitivity).toBeNaN();
});

it('counts lesions by outcome and bin, the ends included', () => {
  expect(outcomeHistogram(reference, 2)).toEqual({ benign: [2, 1], malignant: [1, 1] });
  const all = { lesions: [lesion('benign', 0), lesion('benign', 1)] };
  expect(outcomeHistogram(all, 4).benign).toEqual([1, 0, 0, 1]);
  expect(outcomeHistogram(all, 4, (p) => 1 - p / 2).benign).toEqual([0, 0, 1, 1]);
});
