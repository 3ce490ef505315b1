import type { Box } from '../geometry/box.ts';
import { cellsOf } from './cells.ts';

/** Cells along the longer side of the image: about 2 mm each on a full-field mammogram. */
const LONGER_SIDE = 128;

/** Rows and columns with less breast than this share of the fullest one are stray pixels, not breast. */
const STRAY = 0.01;

/**
 * Where the breast lies in an image, small enough to be handed around: for laying out, not for
 * scoring. The cells divide the whole stored image evenly, row-major, `columns * rows` long.
 */
export interface BreastShape {
  /** The smallest box around the breast, stored pixels. */
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  /** Share of breast in each cell, 0 to 255. */
  readonly cells: Uint8Array;
}

interface Mask {
  readonly width: number;
  readonly height: number;
  /** 1 inside the breast, row-major. */
  readonly breast: Uint8Array;
}

const inGrid = ({ width, height, breast }: Mask, columns: number, rows: number): Uint8Array => {
  const [across, down] = [cellsOf(width, columns), cellsOf(height, rows)];
  const sum = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = (down.of[y] as number) * columns;
    const start = y * width;
    for (let x = 0; x < width; x++) {
      if (!breast[start + x]) continue;
      const cell = row + (across.of[x] as number);
      sum[cell] = (sum[cell] as number) + 1;
    }
  }
  return Uint8Array.from(sum, (n, cell) => {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    const all = (across.pixels[x] as number) * (down.pixels[y] as number);
    return Math.round((255 * n) / Math.max(all, 1));
  });
};

/** First and one past the last index whose count is more than stray; the whole axis where none is. */
const extent = (counts: Uint32Array): readonly [from: number, to: number] => {
  const least = Math.max(STRAY * counts.reduce((a, b) => Math.max(a, b), 0), 1);
  const from = counts.findIndex((n) => n >= least);
  if (from < 0) return [0, counts.length];
  return [from, counts.findLastIndex((n) => n >= least) + 1];
};

/** The smallest box around the breast of a mask, as its place in a stored image of columns x rows pixels. */
export const breastBox = (mask: Mask, columns: number, rows: number): Box => {
  const { width, height, breast } = mask;
  const inColumn = new Uint32Array(width);
  const inRow = new Uint32Array(height);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let count = 0;
    for (let x = 0; x < width; x++) {
      if (!breast[start + x]) continue;
      inColumn[x] = (inColumn[x] as number) + 1;
      count++;
    }
    inRow[y] = count;
  }
  const [left, right] = extent(inColumn);
  const [top, bottom] = extent(inRow);
  const [kx, ky] = [columns / width, rows / height];
  return { x: left * kx, y: top * ky, width: (right - left) * kx, height: (bottom - top) * ky };
};

/** The breast of a mask (see breastMask) as its place in a stored image of columns x rows pixels. */
export const breastShape = (mask: Mask, columns: number, rows: number): BreastShape => {
  const { width, height } = mask;
  const cellsAlong = (side: number) =>
    Math.max(1, Math.min(side, Math.round((side * LONGER_SIDE) / Math.max(width, height))));
  const grid = { columns: cellsAlong(width), rows: cellsAlong(height) };
  return {
    box: breastBox(mask, columns, rows),
    ...grid,
    cells: inGrid(mask, grid.columns, grid.rows),
  };
};
