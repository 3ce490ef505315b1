import { resample, type Raster } from '../image/resample.ts';
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

/** The working pixels of one axis under a square of `size` from `from` on; beyond the image its edge. */
const pixelsUnder = (from: number, size: number, count: number): Int32Array => {
  const pixels = new Int32Array(size);
  for (let i = 0; i < size; i++) pixels[i] = Math.min(Math.max(from + i, 0), count - 1);
  return pixels;
};

/** 1 for the cells of one axis whose centre lies inside the image. */
const cellsInside = (from: number, step: number, cells: number, count: number): Uint8Array => {
  const inside = new Uint8Array(cells);
  for (let i = 0; i < cells; i++) {
    const at = from + (i + 0.5) * step;
    inside[i] = at >= 0 && at < count ? 1 : 0;
  }
  return inside;
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
  const column = pixelsUnder(x, size, image.width);
  const row = pixelsUnder(y, size, image.height);
  const cut = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    const start = (row[j] as number) * image.width;
    for (let i = 0; i < size; i++)
      cut[j * size + i] = image.data[start + (column[i] as number)] as number;
  }
  const raster = resample((i) => cut[i] as number, size, size, cells, cells);
  const step = size / cells;
  const columnInside = cellsInside(x, step, cells, image.width);
  const rowInside = cellsInside(y, step, cells, image.height);
  const inside = new Uint8Array(cells * cells);
  for (let j = 0; j < cells; j++) if (rowInside[j]) inside.set(columnInside, j * cells);
  return { ...raster, x, y, step, inside };
};
