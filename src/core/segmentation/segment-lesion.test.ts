import { describe, expect, it } from 'vitest';
import { boxCentre, isBoxInside } from '../geometry/box.ts';
import { polygonArea } from '../geometry/polygon.ts';
import { segmentLesion } from './segment-lesion.ts';
import { disc, ellipse, lesionImage, overlapWith, spiculated, type Depth } from './testing.ts';
import type { LesionContour } from './types.ts';

/** One piece, no holes: every row and column of a filled star is found again by filling. */
const wellFormed = (contour: LesionContour, seed: { x: number; y: number }) => {
  const { grid, mask } = contour;
  const column = Math.floor((seed.x - grid.x) / grid.columnStep);
  const row = Math.floor((seed.y - grid.y) / grid.rowStep);
  expect(mask[row * grid.width + column], 'the seed is inside').toBe(1);
  const area = mask.reduce((s, v) => s + v, 0) * grid.columnStep * grid.rowStep;
  expect(area / polygonArea(contour.polygon)).toBeCloseTo(1, 1);
};

describe('a click alone', () => {
  it.each([
    [4, 10, 0.7],
    [8, 20, 0.8],
    [14, 35, 0.85],
    [30, 75, 0.85],
    [60, 150, 0.85],
  ])('outlines a disc of %d mm', (_mm, radius, least) => {
    const shape = disc(203, 197, radius);
    const image = lesionImage(shape);
    const seed = { x: 203 + radius * 0.15, y: 197 - radius * 0.1 };
    const contour = segmentLesion(image, seed);
    expect(overlapWith(contour, shape, image)).toBeGreaterThan(least);
    expect(contour.quality).toBeGreaterThan(0.8);
    wellFormed(contour, seed);
  });

  it.each<[string, Depth, number]>([
    ['a slanted ellipse', ellipse(200, 200, 55, 28, 0.6), 0.8],
    ['a spiculated mass', spiculated(200, 200, 32, 9), 0.6],
    ['a blurred disc', disc(200, 200, 40), 0.75],
  ])('outlines %s in noise', (name, shape, least) => {
    const edge = name.startsWith('a blurred') ? 8 : 1.5;
    const image = lesionImage(shape, { noise: 0.07, edge });
    const contour = segmentLesion(image, { x: 198, y: 204 });
    expect(overlapWith(contour, shape, image)).toBeGreaterThan(least);
    wellFormed(contour, { x: 198, y: 204 });
  });

  it('fills holes: a dark centre belongs to the lesion', () => {
    const ring: Depth = (x, y) => {
      const d = Math.hypot(x - 200, y - 200);
      return Math.min(40 - d, d - 12);
    };
    const image = lesionImage(ring);
    const contour = segmentLesion(image, { x: 214, y: 212 });
    expect(overlapWith(contour, disc(200, 200, 40), image)).toBeGreaterThan(0.75);
  });

  it('answers in stored pixels of any shape', () => {
    const shape = disc(200, 200, 40);
    const stored = { columnsPerPixel: 2.5, rowsPerPixel: 1 / 1.7 };
    const image = lesionImage(shape, { scale: stored });
    const contour = segmentLesion(image, { x: 200 * 2.5, y: 200 / 1.7 });
    expect(overlapWith(contour, shape, image)).toBeGreaterThan(0.85);
    const { width, height } = contour.box;
    expect(width / 2.5 / 80).toBeGreaterThan(0.95);
    expect(width / 2.5 / 80).toBeLessThan(1.25);
    expect((height * 1.7) / (width / 2.5)).toBeCloseTo(1, 0);
    // In a box as well: the outline of the same box in working pixels, stretched.
    const box = { x: 150, y: 155, width: 100, height: 90 };
    const inStored = { x: 375, y: 155 / 1.7, width: 250, height: 90 / 1.7 };
    const plain = segmentLesion(lesionImage(shape), boxCentre(box), box);
    const stretched = segmentLesion(image, boxCentre(inStored), inStored);
    stretched.polygon.forEach((p, i) => {
      expect(p.x / 2.5).toBeCloseTo(plain.polygon[i]?.x ?? Number.NaN, 6);
      expect(p.y * 1.7).toBeCloseTo(plain.polygon[i]?.y ?? Number.NaN, 6);
    });
  });

  it('stays inside the image at its edge', () => {
    const shape = disc(8, 200, 30);
    const image = lesionImage(shape);
    const contour = segmentLesion(image, { x: 10, y: 200 });
    expect(overlapWith(contour, shape, image)).toBeGreaterThan(0.7);
    expect(isBoxInside(contour.box, 400, 400)).toBe(true);
    for (const p of contour.polygon) expect(p.x).toBeGreaterThanOrEqual(-1e-9);
  });

  it('gives a small disc of quality 0 where there is nothing to see', () => {
    const image = lesionImage(() => -100, { contrast: 0, noise: 0 });
    const contour = segmentLesion(image, { x: 200, y: 100 });
    expect(contour.quality).toBe(0);
    expect(contour.box.width).toBeGreaterThan(30);
    expect(contour.box.width).toBeLessThan(80);
    wellFormed(contour, { x: 200, y: 100 });
  });

  it('trusts an outline in bare noise less than a lesion', () => {
    const nothing = segmentLesion(
      lesionImage(() => -100),
      { x: 200, y: 200 },
    );
    const something = segmentLesion(lesionImage(disc(200, 200, 30)), { x: 200, y: 200 });
    expect(something.quality - nothing.quality).toBeGreaterThan(0.15);
  });

  it.each([
    [0, 0],
    [400, 400],
    [399.5, 3],
  ])('survives a seed in the corner (%d, %d)', (x, y) => {
    const contour = segmentLesion(lesionImage(disc(200, 200, 60)), { x, y });
    expect(isBoxInside(contour.box, 400, 400)).toBe(true);
    expect(contour.polygon.every((p) => Number.isFinite(p.x + p.y))).toBe(true);
  });
});

describe('a box', () => {
  it('keeps the outline inside it, though a brighter neighbour touches the lesion', () => {
    const lesion = disc(180, 200, 30);
    const both: Depth = (x, y) => Math.max(lesion(x, y), disc(245, 200, 42)(x, y));
    const box = { x: 148, y: 168, width: 64, height: 64 };
    const image = lesionImage(both);
    const contour = segmentLesion(image, { x: 0, y: 0 }, box);
    expect(overlapWith(contour, lesion, image)).toBeGreaterThan(0.8);
    for (const p of contour.polygon) {
      expect(p.x).toBeGreaterThan(box.x - 0.01);
      expect(p.x).toBeLessThan(box.x + box.width + 0.01);
    }
  });

  it('takes the lesion of the size that the box says', () => {
    const nested: Depth = (x, y) =>
      disc(200, 200, 15)(x, y) > 0 ? 20 : disc(200, 200, 60)(x, y) - 2;
    const image = lesionImage(nested, { noise: 0.03 });
    const large = segmentLesion(image, { x: 0, y: 0 }, { x: 138, y: 138, width: 124, height: 124 });
    expect(overlapWith(large, disc(200, 200, 60), image)).toBeGreaterThan(0.8);
  });

  it('at the chest wall is cut off by it', () => {
    const shape = ellipse(0, 200, 45, 30);
    const image = lesionImage(shape);
    const contour = segmentLesion(image, { x: 0, y: 0 }, { x: 0, y: 165, width: 48, height: 70 });
    expect(overlapWith(contour, shape, image)).toBeGreaterThan(0.7);
    expect(isBoxInside(contour.box, 400, 400)).toBe(true);
  });

  it('of an empty image holds an ellipse of quality 0', () => {
    const image = lesionImage(() => -100, { contrast: 0, noise: 0 });
    const contour = segmentLesion(image, { x: 0, y: 0 }, { x: 100, y: 100, width: 60, height: 30 });
    expect(contour.quality).toBe(0);
    expect(overlapWith(contour, ellipse(130, 115, 30, 15), image)).toBeGreaterThan(0.95);
  });
});

describe('symmetry', () => {
  it('turns with the image by 90 degrees', () => {
    const shape = ellipse(200, 200, 50, 30, 0.3);
    const image = lesionImage(shape);
    const turned = {
      ...image,
      data: image.data.map((_, i) => {
        const [x, y] = [i % 400, Math.floor(i / 400)];
        return image.data[(399 - x) * 400 + y] as number;
      }),
    };
    const plain = segmentLesion(image, { x: 200, y: 200 });
    const other = segmentLesion(turned, { x: 200, y: 200 });
    expect(other.quality).toBeCloseTo(plain.quality, 1);
    expect(polygonArea(other.polygon) / polygonArea(plain.polygon)).toBeCloseTo(1, 1);
    expect(Math.abs(other.box.width - plain.box.height)).toBeLessThan(4);
  });
});
