import type { Raster } from '../../image/resample.ts';
import type { GradientField } from '../../segmentation/radial-gradient-index.ts';

/**
 * Sobel gradient in grey a pixel along x (right) and y (down), edges mirrored: scikit-image's
 * filters.sobel_v and sobel_h divided by 2 (theirs is the difference over two pixels).
 */
export const sobelGradient = ({ width, height, data }: Raster): GradientField => {
  const gx = new Float32Array(data.length);
  const gy = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const up = Math.max(y - 1, 0) * width;
    const here = y * width;
    const down = Math.min(y + 1, height - 1) * width;
    for (let x = 0; x < width; x++) {
      const l = Math.max(x - 1, 0);
      const r = Math.min(x + 1, width - 1);
      const ul = data[up + l] as number;
      const um = data[up + x] as number;
      const ur = data[up + r] as number;
      const ml = data[here + l] as number;
      const mr = data[here + r] as number;
      const dl = data[down + l] as number;
      const dm = data[down + x] as number;
      const dr = data[down + r] as number;
      gx[here + x] = (ur + 2 * mr + dr - ul - 2 * ml - dl) / 8;
      gy[here + x] = (dl + 2 * dm + dr - ul - 2 * um - ur) / 8;
    }
  }
  return { gx, gy };
};
