import type { Raster } from '../../image/resample.ts';
import { allCells } from './cells.ts';
import type { GradientField } from '../../segmentation/radial-gradient-index.ts';

/** Sobel gradient (see sobelGradient) at some cells (in rising order), in their order. */
export const sobelAt = ({ width, height, data }: Raster, cells: Int32Array): GradientField => {
  const gx = new Float32Array(cells.length);
  const gy = new Float32Array(cells.length);
  for (let k = 0, y = 0; k < cells.length; k++) {
    const i = cells[k] as number;
    while (i >= (y + 1) * width) y++;
    const x = i - y * width;
    const l = x > 0 ? -1 : 0;
    const r = x < width - 1 ? 1 : 0;
    const up = y > 0 ? i - width : i;
    const down = y < height - 1 ? i + width : i;
    const ul = data[up + l] as number;
    const um = data[up] as number;
    const ur = data[up + r] as number;
    const ml = data[i + l] as number;
    const mr = data[i + r] as number;
    const dl = data[down + l] as number;
    const dm = data[down] as number;
    const dr = data[down + r] as number;
    gx[k] = (ur + 2 * mr + dr - ul - 2 * ml - dl) / 8;
    gy[k] = (dl + 2 * dm + dr - ul - 2 * um - ur) / 8;
  }
  return { gx, gy };
};

/**
 * Sobel gradient in grey a pixel along x (right) and y (down), edges mirrored: scikit-image's
 * filters.sobel_v and sobel_h divided by 2 (theirs is the difference over two pixels).
 */
export const sobelGradient = (raster: Raster): GradientField => sobelAt(raster, allCells(raster));
