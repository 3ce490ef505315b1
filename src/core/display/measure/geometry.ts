import type { Calibration } from './calibration.ts';
import type { ImagePoint } from '../../geometry/point.ts';

type PixelSize = Pick<Calibration, 'row' | 'column'>;

/** The step between two points in the calibration's unit: pixels may be taller than wide. */
const step = (from: ImagePoint, to: ImagePoint, size: PixelSize) => ({
  x: (to.x - from.x) * size.column,
  y: (to.y - from.y) * size.row,
});

/** Length of the line in the calibration's unit. */
export const distanceBetween = (a: ImagePoint, b: ImagePoint, size: PixelSize): number => {
  const { x, y } = step(a, b, size);
  return Math.hypot(x, y);
};

/** Width and height of the box between two corners, in the calibration's unit. */
export const extentBetween = (a: ImagePoint, b: ImagePoint, size: PixelSize) => {
  const { x, y } = step(a, b, size);
  return { width: Math.abs(x), height: Math.abs(y) };
};

/** Area of the ellipse that fills the box between two corners, in the calibration's unit squared. */
export const ellipseArea = (a: ImagePoint, b: ImagePoint, size: PixelSize): number => {
  const { width, height } = extentBetween(a, b, size);
  return (Math.PI / 4) * width * height;
};

/** The angle at `vertex` in degrees, 0 to 180, as it is in the object and not in the pixel grid. */
export const angleAt = (
  vertex: ImagePoint,
  a: ImagePoint,
  b: ImagePoint,
  size: PixelSize,
): number => {
  const [u, v] = [step(vertex, a, size), step(vertex, b, size)];
  const across = Math.abs(u.x * v.y - u.y * v.x);
  return (Math.atan2(across, u.x * v.x + u.y * v.y) * 180) / Math.PI;
};
