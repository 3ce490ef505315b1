import { expect, it } from 'vitest';
import { breastShape } from './breast-shape.ts';
import { boxOnBreast } from './box-on-breast.ts';

const size = { columns: 1000, rows: 2000 };
const whole = { x: 0, y: 0, width: 1000, height: 2000 };
const square = (x: number, y: number) => ({ x, y, width: 100, height: 100 });
/** Breast in the left 300 columns, between rows 500 and 1500. */
const shape = (() => {
  const breast = new Uint8Array(100 * 200);
  for (let y = 50; y < 150; y++) breast.fill(1, y * 100, y * 100 + 30);
  return breastShape({ width: 100, height: 200, breast }, size.columns, size.rows);
})();

it('stays where it is wholly on breast', () => {
  expect(boxOnBreast(square(100, 900), shape, whole, size)).toEqual(square(100, 900));
});

it('moves from air to the nearest place on breast', () => {
  const { x, y, width } = boxOnBreast(square(450, 950), shape, whole, size);
  expect(width).toBe(100);
  expect(x).toBeGreaterThan(150);
  expect(x + 100).toBeLessThanOrEqual(305);
  expect(Math.abs(y - 950)).toBeLessThan(20);
});

it('stays in sight, and where no breast is in sight', () => {
  const upper = { x: 0, y: 0, width: 1000, height: 700 };
  const { y } = boxOnBreast(square(450, 300), shape, upper, size);
  expect(y + 100).toBeLessThanOrEqual(700);
  const right = { x: 150, y: 0, width: 850, height: 2000 };
  expect(boxOnBreast(square(0, 200), shape, right, size).x).toBeGreaterThanOrEqual(150);
  const corner = { x: 600, y: 0, width: 400, height: 400 };
  expect(boxOnBreast(square(700, 100), shape, corner, size)).toEqual(square(700, 100));
});
