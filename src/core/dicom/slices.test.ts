import { describe, expect, it } from 'vitest';
import {
  depthOf,
  middleSlice,
  slabAbout,
  sliceAtSameDepth,
  type SliceAttributes,
  slicesInSlab,
  slicesOf,
} from './slices.ts';

const said = (of: Partial<SliceAttributes>): SliceAttributes => ({
  ...{ count: 3, along: [], spacingBetween: undefined, thickness: undefined },
  ...of,
});

describe('slicesOf', () => {
  it.each([
    [
      said({ along: [5, 6.5, 8], spacingBetween: 1 }),
      { spacing: 1.5, spacingFrom: 'ImagePositionPatient' },
    ],
    [said({ along: [8, 6.5, 5] }), { spacing: 1.5, spacingFrom: 'ImagePositionPatient' }],
    [
      said({ along: [5, 5, 5], spacingBetween: 1 }),
      { spacing: 1, spacingFrom: 'SpacingBetweenSlices' },
    ],
    [
      said({ along: [5, 7, 6], spacingBetween: -1 }),
      { spacing: 1, spacingFrom: 'SpacingBetweenSlices' },
    ],
    [
      said({ along: [5, undefined, 7], thickness: 2 }),
      { spacing: 2, spacingFrom: 'SliceThickness' },
    ],
    [said({ along: [0, 100, 200], spacingBetween: 0, thickness: 900 }), {}],
    [said({}), {}],
  ])('%j', (of, expected) => {
    expect(slicesOf(of)).toEqual({ count: 3, ...expected });
  });

  it('keeps the places of slices that are not evenly spaced', () => {
    const slices = slicesOf(said({ along: [10, 9, 6] }));
    expect(slices.positions).toEqual([0, 1, 4]);
    expect([0, 1, 2].map((i) => depthOf(slices, i))).toEqual([0, 1, 4]);
  });
});

it('knows no depth without a spacing', () => {
  expect(depthOf({ count: 9 }, 4)).toBeUndefined();
  expect(depthOf({ count: 9, spacing: 1.5 }, 4)).toBe(6);
});

it.each([
  [1, 0],
  [2, 0],
  [3, 1],
  [72, 35],
])('the middle of %s slices is %s', (count, middle) => {
  expect(middleSlice(count)).toBe(middle);
});

it.each([
  [0, 50, 70, 0],
  [49, 50, 70, 69],
  [25, 51, 71, 35],
  [0, 1, 9, 4],
])('slice %s of %s is at the depth of another of %s slices at %s', (index, count, other, there) => {
  expect(sliceAtSameDepth(index, count, other)).toBe(there);
});

describe('a slab', () => {
  it.each([
    [{ count: 50, spacing: 1 }, 10, 10],
    [{ count: 50, spacing: 2 }, 3, 2],
    [{ count: 50, spacing: 2 }, 1, 1],
    [{ count: 50 }, 5, 5],
    [{ count: 4, spacing: 1 }, 10, 4],
  ])('%j of %s mm is of %s slices', (slices, thickness, count) => {
    expect(slicesInSlab(slices, thickness)).toBe(count);
  });

  it.each([
    [10, 3, 50, [9, 12]],
    [10, 4, 50, [9, 13]],
    [0, 5, 50, [0, 5]],
    [49, 5, 50, [45, 50]],
    [7, 1, 50, [7, 8]],
  ])('about slice %s of %s of %s', (index, wanted, count, [from, to]) => {
    expect(slabAbout(index, wanted, count)).toEqual({ from, to });
  });
});
