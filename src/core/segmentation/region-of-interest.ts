import { resampleRows, type Raster } from '../image/resample.ts';
import type { WorkingImage } from '../image/working-image.ts';

/** A square cut from the working image and brought to a grid of a fixed number of cells. */
export interface RegionOfInterest extends Raster {
  /** Corner of the square in working pixels; may lie outside the image. */
  readonly x: number;
  readonly y: number;
  /** Working pixels a cell. */
  readonly step: number;
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

/** The square of `size` working pixels at (x, y) as it is; beyond the image its edge. */
const copySquare = (image: WorkingImage, x: number, y: number, size: number): Raster => {
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
  return { width: size, height: size, data };
};

/** The same brought to `cells` x `cells`: area average where that shrinks, linear where it grows. */
const resampleSquare = (
  image: WorkingImage,
  x: number,
  y: number,
  size: number,
  cells: number,
): Raster => {
  const [left, right] = [Math.max(-x, 0), Math.min(image.width - x, size)];
  // A row of the square, times a weight, added to `line`; beyond the image its edge.
  const addRow = (line: Float64Array, row: number, weight: number) => {
    const start = Math.min(Math.max(y + row, 0), image.height - 1) * image.width;
    const from = start + x;
    const [first, last] = [
      image.data[start] as number,
      image.data[start + image.width - 1] as number,
    ];
    for (let i = 0; i < Math.min(left, size); i++) line[i] = (line[i] as number) + weight * first;
    for (let i = left; i < right; i++)
      line[i] = (line[i] as number) + weight * (image.data[from + i] as number);
    for (let i = Math.max(right, 0); i < size; i++) line[i] = (line[i] as number) + weight * last;
  };
  return resampleRows(
    (line, row, weights) => {
      for (let k = 0; k < weights.length; k++) addRow(line, row + k, weights[k] as number);
    },
    size,
    size,
    cells,
    cells,
  );
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
  const size = Math.max(2, Math.round(side));
  const x = Math.round(cx - size / 2);
  const y = Math.round(cy - size / 2);
  const raster =
    size === cells ? copySquare(image, x, y, size) : resampleSquare(image, x, y, size, cells);
  const step = size / cells;
  const columnInside = cellsInside(x, step, cells, image.width);
  const rowInside = cellsInside(y, step, cells, image.height);
  const inside = new Uint8Array(cells * cells);
  for (let j = 0; j < cells; j++) if (rowInside[j]) inside.set(columnInside, j * cells);
  return { ...raster, x, y, step, inside };
};
