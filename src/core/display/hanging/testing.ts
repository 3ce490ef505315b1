import { breastShape, type BreastShape } from '../../image/breast-shape.ts';
import type { ImageGeometry } from '../../image/image-geometry.ts';

/** A half-disc breast: chest wall on one edge of the image, foremost point at `level` rows. */
export const halfDisc = (
  geometry: ImageGeometry,
  wall: 'left' | 'right',
  level: number,
  radius: number,
): BreastShape => {
  const [width, height] = [geometry.columns / 4, geometry.rows / 4];
  const breast = Uint8Array.from({ length: width * height }, (_, i) => {
    const x = ((i % width) + 0.5) * 4;
    const y = (Math.floor(i / width) + 0.5) * 4;
    const depth = wall === 'left' ? x : geometry.columns - x;
    return Number(Math.hypot(depth, y - level) < radius);
  });
  return breastShape({ width, height, breast }, geometry.columns, geometry.rows);
};

export const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
