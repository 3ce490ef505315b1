import { expect, it } from 'vitest';
import { hasUnseen, plainText } from './plain-text.ts';

it.each([
  ['\u202e123456', '123456'],
  ['123\u200b456', '123456'],
  ['DOE\u202e^JANE', 'DOE^JANE'],
  ['\u2066DOE\u2069', 'DOE'],
  ['JA\u00adNE\u2060\ufeff', 'JANE'],
  ['A\u{e0041}B', 'AB'],
  ['\u3164', ''],
])('takes what is not seen out of %j', (text, wanted) => {
  expect([plainText(text), hasUnseen(text)]).toEqual([wanted, true]);
});

it.each(['Müller^Änne', '山田^太郎', 'كوهن^سارة', 'DOE^JANE', ''])('leaves %j as it is', (text) => {
  expect([plainText(text), hasUnseen(text)]).toEqual([text, false]);
});

it('makes every space a plain one', () => {
  expect(plainText('DOE\u00a0\u3000 JANE ')).toBe('DOE JANE');
});
