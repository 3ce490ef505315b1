import { expect, it } from 'vitest';
import { decimalValue } from './decimal-string.ts';

it.each([
  ['0.07', 0.07],
  ['+1.5E-2', 0.015],
  [' -12 ', -12],
  ['.5', 0.5],
  ['5.', 5],
  ['0,07', 0.07],
  ['007', 7],
  ['1e15\0', 1e15],
])('%j is a decimal string', (text, value) => {
  expect(decimalValue(text)).toBe(value);
});

it.each([
  ...['', ' ', '.', ',', '-', 'e5', '1e', '1 2', '1.2.3', '1,2.3', '1,234,567', '--1', '1\\2'],
  ...['0x1', '0X1F', '0b1', '0o7', '1_000', '1n', 'Infinity', '-Infinity', 'NaN', '1e308', '-2e15'],
  ...['１', '٣', '½', '−1'],
])('%j is none', (text) => {
  expect(decimalValue(text)).toBeUndefined();
});
