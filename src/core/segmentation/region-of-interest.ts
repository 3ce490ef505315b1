import { type Raster, resample } from '../image/resample.ts';
import type { WorkingImage } from '../image/working-image.ts';

/** A square of the working image on a grid of cells. */
export interface Square extends Raster {
  /** Corner of the square in working pixels; may lie outside the image. */
  readonly x: number;
  readonly y: number;
  /** Working pixels a cell. */
  readonly step: number;
}

/** A square that is brought to a fixed number of cells. */
export interface RegionOfInterest extends Square {
  /** 1 where the cell's centre lies inside the image, row-major. */
  readonly inside: Uint8Array;
}

/** 1 for the cells of one axis whose centre lies inside the image. */
const cellsInside = (from: number, step: number, cells: number, count: number): Uint8Array => {
  const inside = new Uint8Array(cells);
  for (let i = 0; i < cells; i++) {
    const at = from + (i + 0.5) * step;
    inside[i] = at >= 0 && at < count ? 1 : 0;
  }
  return inside;
};

/** Corner and side, whole working pixels, of the square of about `side` pixels about (cx, cy). */
export const squareAbout = (cx: number, cy: number, side: number) => {
  const size = Math.max(2, Math.round(side));
  return { x: Math.round(cx - size / 2), y: Math.round(cy - size / 2), size };
};

/** A square of the working image as it is; beyond the image its edge repeats. */
export const copySquare = (
  image: Raster,
  { x, y, size }: ReturnType<typeof squareAbout>,
): Square => {
  const data = new Float32Array(size * size);
  const left = Math.min(Math.max(-x, 0), size);
  const right = Math.max(Math.min(image.width - x, size), left);
  for (let row = 0; row < size; row++) {
    const start = Math.min(Math.max(y + row, 0), image.height - 1) * image.width;
    const line = data.subarray(row * size, (row + 1) * size);
    line.fill(image.data[start] as number, 0, left);
    if (right > left) line.set(image.data.subarray(start + x + left, start + x + right), left);
    line.fill(image.data[start + image.width - 1] as number, right);
  }
  return { x, y, step: 1, width: size, height: size, data };
};

/**
 * A square of the working image as it is, brought to `cells` x `cells` cells: area average where that
 * shrinks, linear where it grows.
 */
export const resampleSquare = (square: Square, cells: number): Square => {
  const { x, y, width: size } = square;
  if (size === cells) return square;
  const raster = resample(square, cells, cells);
  return { ...raster, x, y, step: size / cells };
};

/**
 * The square of `side` working pixels about (cx, cy), on `cells` x `cells` cells: area average where
 * that shrinks, linear where it grows; beyond the image the edge repeats. The square snaps to whole
 * working pixels.
 */
export const cutRegion = (
  image: WorkingImage,
  cx: number,
  cy: number,
  side: number,
  cells: number,
): RegionOfInterest => {
  const square = resampleSquare(copySquare(image, squareAbout(cx, cy, side)), cells);
  const columnInside = cellsInside(square.x, square.step, cells, image.width);
  const rowInside = cellsInside(square.y, square.step, cells, image.height);
  const inside = new Uint8Array(cells * cells);
  for (let j = 0; j < cells; j++) if (rowInside[j]) inside.set(columnInside, j * cells);
  return { ...square, inside };
};
