import type { ImagePoint } from '../../geometry/point.ts';
import type { BreastShape } from '../../image/breast-shape.ts';
import type { ImageGeometry } from '../../image/image-geometry.ts';
import { breastCells } from './breast-frame.ts';

/** How far from the breast the middle of a view may lie, as a share of what the view shows. */
const AWAY = 0.25;

const middleOf = (points: readonly ImagePoint[]): ImagePoint => ({
  x: points.reduce((sum, p) => sum + p.x, 0) / points.length,
  y: points.reduce((sum, p) => sum + p.y, 0) / points.length,
});

/** The middle of the breast; that of the image where no breast is known. */
export const breastMiddle = (
  geometry: ImageGeometry,
  shape: BreastShape | undefined,
): ImagePoint => {
  const cells = shape ? breastCells(shape, geometry) : [];
  return cells.length > 0 ? middleOf(cells) : { x: geometry.columns / 2, y: geometry.rows / 2 };
};

/**
 * The middle of a view that shows `extent` world units (mm, or columns without spacing) along its
 * shorter side, moved as little as keeps the breast on show: a quarter of the view from its nearest
 * part at most.
 */
export const keptOnBreast = (
  geometry: ImageGeometry,
  shape: BreastShape | undefined,
  middle: ImagePoint,
  extent: number,
): ImagePoint => {
  const { columnSpacing, rowSpacing } = geometry;
  let nearest: ImagePoint | undefined;
  let least = Infinity;
  for (const cell of shape ? breastCells(shape, geometry) : []) {
    const away = Math.hypot((cell.x - middle.x) * columnSpacing, (cell.y - middle.y) * rowSpacing);
    if (away < least) [nearest, least] = [cell, away];
  }
  const allowed = AWAY * extent;
  if (!nearest || least <= allowed) return middle;
  const part = allowed / least;
  return {
    x: nearest.x + (middle.x - nearest.x) * part,
    y: nearest.y + (middle.y - nearest.y) * part,
  };
};
