import { expect, it } from 'vitest';
import { perturb, PERTURBATIONS } from './perturbations.ts';

const box = { x: 100, y: 200, width: 50, height: 80 };

it('shifts by a share of the sides and scales about the centre', () => {
  const boxes = PERTURBATIONS.map((p) => perturb(box, p, 1000, 1000));
  expect(boxes[0]).toEqual({ x: 105, y: 200, width: 50, height: 80 });
  expect(boxes[3]).toEqual({ x: 100, y: 192, width: 50, height: 80 });
  expect(boxes[4]).toEqual({ x: 102.5, y: 204, width: 45, height: 72 });
  for (const b of boxes.slice(4)) {
    expect(b.x + b.width / 2).toBeCloseTo(125, 10);
    expect(b.y + b.height / 2).toBeCloseTo(240, 10);
  }
});

it('stays inside the image', () => {
  for (const p of PERTURBATIONS) {
    const b = perturb({ x: 0, y: 0, width: 50, height: 80 }, p, 52, 82);
    expect(b.x).toBeGreaterThanOrEqual(0);
    expect(b.x + b.width).toBeLessThanOrEqual(52);
    expect(b.y + b.height).toBeLessThanOrEqual(82);
  }
});
