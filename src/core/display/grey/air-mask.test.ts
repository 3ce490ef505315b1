import { expect, it } from 'vitest';
import type { BreastShape } from '../../image/breast-shape.ts';
import { airMask } from './air-mask.ts';

/** Breast in the two left columns of eight, air beside it. */
const shape: BreastShape = {
  box: { x: 0, y: 0, width: 20, height: 40 },
  columns: 8,
  rows: 4,
  cells: Uint8Array.from({ length: 32 }, (_, i) => (i % 8 < 2 ? 255 : 0)),
};
const thumbnail = (bright: readonly (readonly [x: number, y: number])[] = []) => {
  const grey = new Uint8ClampedArray(16 * 8);
  bright.forEach(([x, y]) => (grey[y * 16 + x] = 200));
  return { width: 16, height: 8, grey };
};
const row = (mask: Uint8Array, y: number) => [...mask.slice(8 * y, 8 * y + 8)];

it('is black over the air and clear over the breast', () => {
  const mask = airMask(shape, thumbnail());
  for (let y = 0; y < 4; y++) expect(row(mask, y)).toEqual([0, 0, 63, 191, 255, 255, 255, 255]);
});

it('hides nothing bright: a label in the air, or tissue that the mask lost', () => {
  expect(row(airMask(shape, thumbnail([[11, 2]])), 1)[5]).toBe(0);
});
