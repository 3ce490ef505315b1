import { expect, it } from 'vitest';
import { nextHanging, USUAL_SEQUENCE, wishOf, type Hanging } from './hanging-sequence.ts';

const all = (wish: object) => JSON.stringify(wish);
const from = (hanging: Hanging, direction: 1 | -1, shows: (wish: object) => string | undefined) =>
  nextHanging(USUAL_SEQUENCE, wishOf(hanging), direction, shows);

it('goes round the sequence both ways', () => {
  expect(from('overview', 1, all)).toEqual(wishOf('cc'));
  expect(from('compare', 1, all)).toEqual(wishOf('overview'));
  expect(from('overview', -1, all)).toEqual(wishOf('compare'));
});

it('leaves out what shows nothing, and what shows the same', () => {
  const noPrior = (wish: object) =>
    'times' in wish && wish.times === 'both' ? undefined : all(wish);
  expect(from('quadrants', 1, noPrior)).toEqual(wishOf('overview'));
  expect(from('overview', -1, noPrior)).toEqual(wishOf('quadrants'));
  expect(from('overview', 1, () => 'the one view')).toBeUndefined();
});

it('enters the sequence at its ends from a hanging that is not in it', () => {
  expect(from('compare-cc', 1, all)).toEqual(wishOf('overview'));
  expect(from('compare-cc', -1, all)).toEqual(wishOf('compare'));
});
