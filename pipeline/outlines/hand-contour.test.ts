import { describe, expect, it } from 'vitest';
import { polygonArea } from '../../src/core/geometry/polygon.ts';
import type { WorkingImage } from '../../src/core/image/working-image.ts';
import { handContour } from './hand-contour.ts';
import { overlap } from './overlap.ts';

const image: WorkingImage = {
  width: 80,
  height: 136,
  data: new Float32Array(80 * 136).fill(0.5),
  breast: new Uint8Array(80 * 136).fill(1),
  columnsPerPixel: 1,
  rowsPerPixel: 1 / 1.7,
};
/** A circle on the film, squeezed as the archive's rows are. */
const circle = Array.from({ length: 40 }, (_, k) => ({
  x: 40 + 15 * Math.cos((2 * Math.PI * k) / 40),
  y: (70 + 15 * Math.sin((2 * Math.PI * k) / 40)) / 1.7,
}));

describe('a drawn outline as a contour', () => {
  it('covers what was drawn, in stored pixels', () => {
    const contour = handContour(image, circle);
    expect(overlap(contour.polygon, circle)).toBeGreaterThan(0.98);
    expect(polygonArea(contour.polygon)).toBeCloseTo((Math.PI * 225) / 1.7, -1);
    expect(contour.polygon).toHaveLength(96);
  });

  it('does not depend on the way round', () => {
    const turned = handContour(image, [...circle].reverse());
    expect(overlap(turned.polygon, handContour(image, circle).polygon)).toBe(1);
  });

  it('bridges folds that a ray from the centre cannot follow', () => {
    const notched = [...circle.slice(0, 18), { x: 41, y: 70 / 1.7 }, ...circle.slice(22)];
    expect(overlap(handContour(image, notched).polygon, notched)).toBeGreaterThan(0.8);
  });
});
