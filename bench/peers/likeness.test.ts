import { expect, it } from 'vitest';
import { apart, isDrawn, likeness } from './likeness.ts';

const grey = (...values: number[]) => Float64Array.from(values);

it('takes an even pane for empty and a picture for drawn', () => {
  expect([grey(0, 0, 0, 0), grey(30, 33, 30, 31)].map(isDrawn)).toEqual([false, false]);
  expect(isDrawn(grey(0, 0, 120, 200))).toBe(true);
});

it('knows a picture again when it is brighter, and not when it is mirrored', () => {
  const half = grey(0, 0, 100, 200);
  expect(likeness(half, grey(10, 10, 110, 210))).toBeCloseTo(1);
  expect(likeness(half, grey(200, 100, 0, 0))).toBeLessThan(0);
});

it('finds an empty pane, or none, like nothing', () => {
  expect(likeness(grey(5, 5, 5, 5), grey(0, 0, 100, 200))).toBe(0);
  expect(likeness(grey(0, 0, 100, 200), undefined)).toBe(0);
});

it('says how much brighter one is', () => {
  expect(apart(grey(0, 10, 20, 30), grey(40, 50, 60, 70))).toBe(40);
  expect(apart(grey(0, 10), undefined)).toBe(0);
});
