import { expect, it } from 'vitest';
import { ageOf } from './technique.ts';

it('takes the age that the file states, in its unit', () => {
  expect(ageOf('058Y', '19600101', '20240102')).toEqual({ value: 58, unit: 'years' });
  expect(ageOf('018M', '', '')).toEqual({ value: 18, unit: 'months' });
});

it('counts whole years where none is stated', () => {
  const years = (on: string) => ageOf('', '19600229', on)?.value;
  expect([years('20240228'), years('20240229'), years('20250301')]).toEqual([63, 64, 65]);
});

it.each([
  ['58', '', '20240101'],
  ['058y', '1960', '20240101'],
  ['', '19601301', '20240101'],
  ['', '20250101', '20240101'],
  ['', '', ''],
])('has no age for "%s", born "%s", seen on "%s"', (...given) => {
  expect(ageOf(...given)).toBeUndefined();
});
