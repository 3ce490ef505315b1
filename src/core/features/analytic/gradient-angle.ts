import type { Raster } from '../../image/resample.ts';
import { angleOf } from '../../units/portable-math.ts';
import { surelyInSector } from './rough-turn.ts';
import { sobelAt } from './sobel.ts';

const BINS = 72;
const SMOOTH = 2;

/**
 * Angle between the gradient and the inward radial direction over some cells (in rising order) of a raster, as seen from
 * (cx, cy), lengths in cells:
 * - histogram: weighted by the gradient's length, 72 bins of 5 degrees from -180 degrees, smoothed over
 *   5 bins (Huo et al., Acad Radiol 5, 1998); all 0 unless `angles` asks for it;
 * - inward, length: the sums that the radial gradient index is made of;
 * - sizes: the gradient's length cell by cell, 0 in the centre.
 */
export const gradientAngles = (
  raster: Raster,
  cells: Int32Array,
  cx: number,
  cy: number,
  angles: boolean,
) => {
  const { width } = raster;
  const { gx, gy } = sobelAt(raster, cells);
  const sizes = new Float32Array(cells.length);
  const bins = new Float64Array(BINS);
  let [inward, length] = [0, 0];
  for (let k = 0, y = 0; k < cells.length; k++) {
    const i = cells[k] as number;
    while (i >= (y + 1) * width) y++;
    const dx = cx - (i - y * width) - 0.5;
    const dy = cy - y - 0.5;
    const distance = Math.sqrt(dx * dx + dy * dy);
    const a = gx[k] as number;
    const b = gy[k] as number;
    const size = Math.sqrt(a * a + b * b);
    if (distance === 0 || size === 0) continue;
    sizes[k] = size;
    inward += (a * dx + b * dy) / distance;
    length += size;
    if (!angles) continue;
    const [sine, cosine] = [dx * b - dy * a, dx * a + dy * b];
    let bin = surelyInSector(sine, cosine, BINS);
    if (bin < 0) {
      const turn = (angleOf(sine, cosine) + Math.PI) / (2 * Math.PI);
      bin = Math.min(Math.floor(turn * BINS), BINS - 1);
    }
    bins[bin] = (bins[bin] as number) + size;
  }
  const histogram = bins.map((_, i) => {
    let sum = 0;
    for (let k = -SMOOTH; k <= SMOOTH; k++) sum += bins[(i + k + BINS) % BINS] as number;
    return sum / (2 * SMOOTH + 1);
  });
  return { histogram, inward, length, sizes };
};

/**
 * Full width at half maximum of a histogram over the circle, degrees: narrow (down to 25 from the
 * smoothing) where gradients point to the centre, 360 where the distribution never falls to half its peak.
 */
export const fullWidthHalfMaximum = (histogram: Float64Array): number => {
  const n = histogram.length;
  const peak = histogram.reduce((best, v, i) => (v > (histogram[best] as number) ? i : best), 0);
  const half = (histogram[peak] as number) / 2;
  if (half <= 0) return 360;
  const side = (sign: 1 | -1): number => {
    for (let k = 1; k < n; k++) {
      const here = histogram[(peak + sign * k + n * k) % n] as number;
      const before = histogram[(peak + sign * (k - 1) + n * k) % n] as number;
      if (here < half) return k - 1 + (before - half) / (before - here);
    }
    return n;
  };
  return Math.min(360, ((side(1) + side(-1)) * 360) / n);
};
