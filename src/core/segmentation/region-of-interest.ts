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

const clamp = (v: number, top: number): number => Math.min(Math.max(v, 0), top);

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
  const column = Int32Array.from({ length: size }, (_, i) => clamp(x + i, image.width - 1));
  const row = Int32Array.from({ length: size }, (_, i) => {
    return clamp(y + i, image.height - 1) * image.width;
  });
  const cut = new Float32Array(size * size);
  for (let j = 0; j < size; j++)
    for (let i = 0; i < size; i++)
      cut[j * size + i] = image.data[(row[j] as number) + (column[i] as number)] as number;
  const raster = resample((i) => cut[i] as number, size, size, cells, cells);
  const step = size / cells;
  const within = (at: number, top: number) => at >= 0 && at < top;
  const inside = Uint8Array.from({ length: cells * cells }, (_, i) => {
    const px = x + ((i % cells) + 0.5) * step;
    const py = y + (Math.floor(i / cells) + 0.5) * step;
    return within(px, image.width) && within(py, image.height) ? 1 : 0;
  });
  return { ...raster, x, y, step, inside };
};
