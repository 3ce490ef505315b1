import { expect, it } from 'vitest';
import { lesionScale } from './lesion-zoom.ts';

const geometry = { columns: 2000, rows: 3000, columnSpacing: 0.1, rowSpacing: 0.1 };
const view = { geometry, width: 600, height: 400 };
const box = { x: 100, y: 100, width: 200, height: 100 };

it('shows the largest of the marks with its surround in the smallest view', () => {
  // 20 mm in a third of 400 pixels.
  expect(lesionScale([{ ...view, box }], 1)).toBeCloseTo(400 / 60);
  const smaller = { ...view, box: { ...box, width: 100 } };
  expect(lesionScale([{ ...view, box }, smaller], 1)).toBeCloseTo(400 / 60);
  expect(lesionScale([{ ...view, box, width: 300 }, smaller], 1)).toBeCloseTo(300 / 60);
});

it('measures a mark in the world, where pixels are taller than wide', () => {
  const tall = { ...geometry, rowSpacing: 0.3 };
  expect(lesionScale([{ ...view, geometry: tall, box }], 1)).toBeCloseTo(400 / 90);
});

it('does not enlarge pixels beyond what is to be seen', () => {
  const tiny = { ...view, box: { ...box, width: 4, height: 4 } };
  expect(lesionScale([tiny], 1)).toBeCloseTo(40);
  expect(lesionScale([tiny], 2)).toBeCloseTo(20);
});
