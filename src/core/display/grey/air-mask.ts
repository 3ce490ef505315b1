import type { BreastShape } from '../../image/breast-shape.ts';
import type { Thumbnail } from '../thumbnail.ts';

/** Brighter than this, of 255 over the tissue of the breast, is no air: a label, or tissue that the mask lost. */
const BRIGHTEST_AIR = 64;

/** The brightest pixel of the thumbnail in each cell. */
const brightest = ({ columns, rows }: BreastShape, { width, height, grey }: Thumbnail) => {
  const most = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
      most[at] = Math.max(most[at] as number, grey[y * width + x] as number);
    }
  return most;
};

/** Each cell as the mean of itself and its neighbours (1 2 1 either way), so that the rim is no staircase. */
const smoothed = (mask: Uint8Array, columns: number, rows: number): Uint8Array => {
  const at = (x: number, y: number) =>
    mask[
      Math.min(Math.max(y, 0), rows - 1) * columns + Math.min(Math.max(x, 0), columns - 1)
    ] as number;
  const across = (x: number, y: number) => at(x - 1, y) + 2 * at(x, y) + at(x + 1, y);
  return mask.map((_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    return (across(x, y - 1) + 2 * across(x, y) + across(x, y + 1)) / 16;
  });
};

/**
 * How black the air beside the breast is drawn while grey is inverted, 0 to 255 for each cell of the
 * shape. Black begins where neither a cell nor any beside it holds breast or is bright, so that the way
 * from black to clear ends before the skin. For air that has no one value by which it could be black
 * (StoredValues.air), as on film.
 */
export const airMask = (shape: BreastShape, thumbnail: Thumbnail): Uint8Array => {
  const { columns, rows, cells } = shape;
  const most = brightest(shape, thumbnail);
  const isAir = (x: number, y: number) => {
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [cx, cy] = [x + dx, y + dy];
        if (cx < 0 || cy < 0 || cx >= columns || cy >= rows) continue;
        const at = cy * columns + cx;
        if ((cells[at] as number) > 0 || (most[at] as number) > BRIGHTEST_AIR) return false;
      }
    return true;
  };
  const air = cells.map((_, i) => (isAir(i % columns, Math.floor(i / columns)) ? 255 : 0));
  return smoothed(air, columns, rows);
};
