import { expect, it } from 'vitest';
import { nearestLesions, shareBelow, unusualFeatures } from './neighbours.ts';

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

it('finds what is most alike, each feature by its own spread', () => {
  const [first, second] = nearestLesions(reference, [3.2, 210], 2);
  expect(first?.lesion.described).toEqual([3, 200]);
  expect(first?.distance).toBeCloseTo(Math.hypot(0.2, 0.1) / (2 / 1.349), 6);
  expect(second?.lesion.described).toEqual([2, 300]);
  expect(nearestLesions({ lesions: [] }, [1, 2], 3)).toEqual([]);
});

it('points out what lies outside the reference', () => {
  expect(unusualFeatures(reference, [3, 300])).toEqual([]);
  expect(unusualFeatures(reference, [3, 900])).toEqual([1]);
  expect(unusualFeatures(reference, [-4, 300])).toEqual([0]);
  expect(unusualFeatures({ lesions: [] }, [1, 2])).toEqual([]);
});

it('says which share of an outcome lies below', () => {
  expect(shareBelow(reference, 'malignant', 0, 4.5)).toBeCloseTo(2 / 3, 10);
  expect(shareBelow(reference, 'benign', 1, 100)).toBe(0);
});
