import type { BreastShape } from './breast-shape.ts';
import { boxCentre, type Box } from '../geometry/box.ts';
import { hypotenuse } from '../units/portable-math.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** First and last cell that an interval (stored pixels) touches along one side. */
const cellsOf = (from: number, length: number, pixels: number, cells: number) => {
  const at = (v: number) => Math.min(Math.max(Math.floor((v * cells) / pixels), 0), cells - 1);
  return [at(from), at(from + length - 1e-6)] as const;
};

/** Mean share of breast, 0 to 255, of the cells that a box touches. */
const shareOf = (box: Box, { columns, rows, cells }: BreastShape, size: Size): number => {
  const [x0, x1] = cellsOf(box.x, box.width, size.columns, columns);
  const [y0, y1] = cellsOf(box.y, box.height, size.rows, rows);
  let sum = 0;
  for (let y = y0; y <= y1; y++)
    for (let x = x0; x <= x1; x++) sum += cells[y * columns + x] as number;
  return sum / ((x1 - x0 + 1) * (y1 - y0 + 1));
};

/**
 * The box moved to where it lies on breast: within `seen` (stored pixels), to the place with most breast
 * in it that is nearest to its own. It stays where it is where it lies wholly on breast already, and
 * where nothing within `seen` is breast. Its size does not change.
 */
export const boxOnBreast = (box: Box, shape: BreastShape, seen: Box, size: Size): Box => {
  const own = boxCentre(box);
  let best = { box, share: shareOf(box, shape, size), distance: 0 };
  const [width, height] = [size.columns / shape.columns, size.rows / shape.rows];
  for (let row = 0; row < shape.rows; row++)
    for (let column = 0; column < shape.columns; column++) {
      const x = (column + 0.5) * width - box.width / 2;
      const y = (row + 0.5) * height - box.height / 2;
      const isSeen =
        x >= seen.x &&
        y >= seen.y &&
        x + box.width <= seen.x + seen.width &&
        y + box.height <= seen.y + seen.height;
      if (!isSeen) continue;
      const moved = { ...box, x, y };
      const share = shareOf(moved, shape, size);
      if (share < best.share) continue;
      const centre = boxCentre(moved);
      const distance = hypotenuse(centre.x - own.x, centre.y - own.y);
      if (share > best.share || distance < best.distance) best = { box: moved, share, distance };
    }
  return best.box;
};
