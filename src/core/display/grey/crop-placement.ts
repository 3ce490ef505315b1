import type { ImagePoint } from '../../geometry/point.ts';
import { screenAxes, type Turn } from '../../geometry/screen-axes.ts';
import type { ImageGeometry } from '../../image/image-geometry.ts';
import type { Placement } from './magnify.ts';

/**
 * How a square raster of `side` pixels lies on the stored image so that `center` (stored pixels) is in its
 * middle, the image turned as it hangs, at `scale` raster pixels per world unit (mm, or columns where
 * spacing is unknown).
 */
export const cropPlacement = (
  { columnSpacing, rowSpacing }: ImageGeometry,
  turn: Turn,
  center: ImagePoint,
  scale: number,
  side: number,
): Placement => {
  const { right, down } = screenAxes(turn);
  const step = ({ x, y }: ImagePoint) => ({
    x: x / (scale * columnSpacing) || 0,
    y: y / (scale * rowSpacing) || 0,
  });
  const [a, d] = [step(right), step(down)];
  const half = (side - 1) / 2;
  const origin = {
    x: center.x - half * (a.x + d.x),
    y: center.y - half * (a.y + d.y),
  };
  return { origin, across: a, down: d };
};

/** Stored pixels to the pixels of the raster, as the six numbers of an SVG matrix. */
export const cropMatrix = ({ origin, across, down }: Placement): string => {
  // (u, v) of a stored point: the inverse of origin + u across + v down, whose centres are at whole u and v.
  const det = across.x * down.y - across.y * down.x;
  const [a, b, c, d] = [down.y / det, -across.y / det, -down.x / det, across.x / det];
  const e = -(a * origin.x + c * origin.y) + 0.5;
  const f = -(b * origin.x + d * origin.y) + 0.5;
  return [a, b, c, d, e, f].join(' ');
};
