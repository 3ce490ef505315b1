import { expect, it } from 'vitest';
import { groupBy } from './group-by.ts';

it('groups in the order of first appearance, by value or place', () => {
  expect(groupBy(['b1', 'a1', 'b2'], ([letter]) => letter as string)).toEqual([
    ['b1', 'b2'],
    ['a1'],
  ]);
  expect(groupBy([7, 7, 7], (_, i) => String(i % 2))).toEqual([[7, 7], [7]]);
});
