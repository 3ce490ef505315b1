import { bilinear, type Raster } from '../image/resample.ts';
import type { GradientField } from './radial-gradient-index.ts';
import { hypotenuse } from '../units/portable-math.ts';

/**
 * Mean radial gradient index along a polygon, both in cells of the raster whose gradient is given:
 * inward components of the gradient over its length, summed along the outline in equal steps of
 * about half a cell. Points outside the raster do not count. -1 to 1; 0 where nothing counts.
 */
export const outlineIndex = (
  polygon: readonly { readonly x: number; readonly y: number }[],
  { width, height }: Pick<Raster, 'width' | 'height'>,
  { gx, gy }: GradientField,
): number => {
  const cx = polygon.reduce((s, p) => s + p.x, 0) / polygon.length;
  const cy = polygon.reduce((s, p) => s + p.y, 0) / polygon.length;
  const [fieldX, fieldY] = [
    { width, height, data: gx },
    { width, height, data: gy },
  ];
  let [inward, length] = [0, 0];
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length] as typeof p;
    const parts = Math.max(1, Math.round(hypotenuse(q.x - p.x, q.y - p.y) / 0.5));
    const weight = hypotenuse(q.x - p.x, q.y - p.y) / parts;
    for (let k = 0; k < parts; k++) {
      const [x, y] = [p.x + ((q.x - p.x) * k) / parts, p.y + ((q.y - p.y) * k) / parts];
      if (x < 1 || y < 1 || x > width - 1 || y > height - 1) continue;
      const [a, b] = [bilinear(fieldX, x, y), bilinear(fieldY, x, y)];
      const distance = hypotenuse(cx - x, cy - y);
      if (distance === 0) continue;
      inward += (weight * (a * (cx - x) + b * (cy - y))) / distance;
      length += weight * hypotenuse(a, b);
    }
  });
  return length > 0 ? inward / length : 0;
};
