import { expect, it } from 'vitest';
import { breastShape } from './breast-shape.ts';

/** A mask of 100 x 200 with breast in columns 0 to 39 and rows 50 to 149. */
const mask = () => {
  const breast = new Uint8Array(100 * 200);
  for (let y = 50; y < 150; y++) breast.fill(1, y * 100, y * 100 + 40);
  return { width: 100, height: 200, breast };
};

it('gives the box of the breast in stored pixels', () => {
  const { box } = breastShape(mask(), 1000, 2000);
  expect(box).toEqual({ x: 0, y: 500, width: 400, height: 1000 });
});

it('is not led astray by stray pixels', () => {
  const wide = { width: 1000, height: 2000, breast: new Uint8Array(1000 * 2000) };
  for (let y = 500; y < 1500; y++) wide.breast.fill(1, y * 1000, y * 1000 + 400);
  wide.breast.fill(1, 100 * 1000 + 900, 100 * 1000 + 903);
  const { box } = breastShape(wide, 1000, 2000);
  expect(box).toEqual({ x: 0, y: 500, width: 400, height: 1000 });
});

it('divides the image into cells with their share of breast', () => {
  const { columns, rows, cells } = breastShape(mask(), 1000, 2000);
  expect([columns, rows]).toEqual([64, 128]);
  const share = cells.reduce((a, b) => a + b, 0) / 255 / cells.length;
  expect(share).toBeCloseTo((40 * 100) / (100 * 200), 1);
  expect(cells[64 * columns]).toBe(255);
  expect(cells[64 * columns + columns - 1]).toBe(0);
});

it('takes the whole image where the mask is empty', () => {
  const empty = { width: 10, height: 20, breast: new Uint8Array(200) };
  expect(breastShape(empty, 100, 200).box).toEqual({ x: 0, y: 0, width: 100, height: 200 });
});
