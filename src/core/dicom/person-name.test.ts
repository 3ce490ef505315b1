import { expect, it } from 'vitest';
import { formatPersonName } from './person-name.ts';

it.each([
  ['Doe^Jane^Q^Dr^MD', 'Doe, Jane Q'],
  ['Doe', 'Doe'],
  ['^Jane', 'Jane'],
  ['Yamada^Tarou=山田^太郎', 'Yamada, Tarou'],
  ['^^^=山田^太郎', '山田, 太郎'],
  ['', ''],
  ['DOE^JOHN^^^JR', 'DOE, JOHN JR'],
  ['DOE^JOHN^^Dr^Sr. PhD', 'DOE, JOHN Sr.'],
  ['^^^^', ''],
])('formats %s', (pn, wanted) => {
  expect(formatPersonName(pn)).toBe(wanted);
});
