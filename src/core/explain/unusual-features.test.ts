import { expect, it } from 'vitest';
import { unusualFeatures } from './unusual-features.ts';

const lesion = (pathology: 'benign' | 'malignant', ...described: number[]) => ({
  pathology,
  described,
  likelihood: 0.5,
  views: 2,
});
/** The second feature has a hundred times the spread of the first. */
const reference = {
  lesions: [
    lesion('benign', 1, 100),
    lesion('benign', 2, 300),
    lesion('malignant', 3, 200),
    lesion('malignant', 4, 500),
    lesion('malignant', 5, 400),
    { pathology: 'benign' as const, likelihood: 0.1, views: 1 },
  ],
};

it('points out what lies outside the reference', () => {
  expect(unusualFeatures(reference, [3, 300])).toEqual([]);
  expect(unusualFeatures(reference, [3, 900])).toEqual([1]);
  expect(unusualFeatures(reference, [-4, 300])).toEqual([0]);
  expect(unusualFeatures({ lesions: [] }, [1, 2])).toEqual([]);
});
