import { expect, it } from 'vitest';
import { createLoupeStore } from './loupe-store.ts';

it('goes from two to four and no further', () => {
  const loupe = createLoupeStore();
  for (let i = 0; i < 5; i++) loupe.getState().stepFactor(1);
  expect(loupe.getState().factor).toBe(4);
  for (let i = 0; i < 5; i++) loupe.getState().stepFactor(-1);
  expect(loupe.getState().factor).toBe(2);
});

it('forgets its own grey when it is put away', () => {
  const loupe = createLoupeStore();
  loupe.getState().setMode('on');
  loupe.setState({ inverted: true });
  loupe.getState().setMode('held');
  expect(loupe.getState().inverted).toBe(true);
  loupe.getState().setMode('off');
  expect(loupe.getState().inverted).toBeUndefined();
});
