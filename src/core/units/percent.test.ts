import { expect, it } from 'vitest';
import { exactPercent, heldPercent, percentNumber } from './percent.ts';

it('is never 0 or 100, however many digits are asked for', () => {
  for (const digits of [0, 1, 2])
    for (const p of [0, 1e-15, 1e-6, 0.0001, 0.9999, 0.999999, 1 - 1e-15, 1]) {
      const { value } = heldPercent(p, digits);
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(100);
    }
  expect([0.004, 0.006, 0.34, 0.994, 0.996].map((p) => percentNumber(p))).toEqual([
    '< 1',
    '1',
    '34',
    '99',
    '> 99',
  ]);
  expect([1e-6, 0.34, 0.999, 0.999999].map((p) => percentNumber(p, 1))).toEqual([
    '< 0.1',
    '34.0',
    '99.9',
    '> 99.9',
  ]);
});

it('never inverts two that are in order', () => {
  const all = Array.from({ length: 2001 }, (_, i) => heldPercent(i / 2000, 1).value);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
});

it('gives a chosen share the digits that it was chosen with, at both ends', () => {
  const chosen = [0.0001, 0.05, 0.6, 6, 45.53, 89.99, 95.5, 99.5, 99.95, 99.9999, 99.99999999];
  expect(chosen.map((percent) => exactPercent(percent / 100))).toEqual(chosen);
});
