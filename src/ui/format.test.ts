import { expect, it } from 'vitest';
import { axisPercent, exactPercent, percent, shortInterval } from './format.ts';

it('names neither end of a likelihood, of an axis or of a chosen prevalence', () => {
  expect([0, 0.34, 0.999999].map(percent)).toEqual(['< 1 %', '34 %', '> 99 %']);
  expect([1e-6, 0.05, 0.5, 0.995, 0.999999].map(axisPercent)).toEqual([
    '< 0.01 %',
    '5 %',
    '50 %',
    '99.5 %',
    '> 99.99 %',
  ]);
  expect(exactPercent(0.999999)).toBe('99.9999 %');
});

it('says percent once in an interval, and of each end where one lies beyond', () => {
  expect(shortInterval({ low: 0.493, high: 0.95 })).toBe('49–95 %');
  expect(shortInterval({ low: 0.93, high: 0.9999 })).toBe('93 % to > 99 %');
  expect(shortInterval({ low: 0.0001, high: 0.03 })).toBe('< 1 % to 3 %');
});
