import { expect, it } from 'vitest';
import { spreadSchema } from './score-rule.ts';

it.each([
  ['of one length and rising', { at: [-1, 0, 2], low: [1, 1, 1], high: [1, 1, 1] }, true],
  ['short below', { at: [-1, 0], low: [1], high: [1, 1] }, false],
  ['short above', { at: [-1, 0], low: [1, 1], high: [1] }, false],
  ['standing still', { at: [0, 0], low: [1, 1], high: [1, 1] }, false],
  ['empty', { at: [], low: [], high: [] }, false],
  ['negative', { at: [0], low: [-1], high: [1] }, false],
])('takes the spread of an interval that is whole, and no other: %s', (_, spread, isTaken) =>
  expect(spreadSchema.safeParse(spread).success).toBe(isTaken),
);
