import type { GradientField } from '../../segmentation/radial-gradient-index.ts';
import type { LesionFrame } from './lesion-frame.ts';

const BINS = 72;
const SMOOTH = 2;

/**
 * Histogram of the angle between the gradient and the inward radial direction over the cells of a
 * mask, weighted by the gradient's length: 72 bins of 5 degrees from -180 degrees, smoothed over 5
 * bins (Huo et al., Acad Radiol 5, 1998). With it, the sums that the radial gradient index is made of.
 */
export const gradientAngles = (
  { raster, cx, cy }: Pick<LesionFrame, 'raster' | 'cx' | 'cy'>,
  { gx, gy }: GradientField,
  mask: Uint8Array,
) => {
  const bins = new Float64Array(BINS);
  let [inward, length] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const [dx, dy] = [cx - (i % raster.width) - 0.5, cy - Math.floor(i / raster.width) - 0.5];
    const distance = Math.hypot(dx, dy);
    const [a, b] = [gx[i] as number, gy[i] as number];
    const size = Math.hypot(a, b);
    if (distance === 0 || size === 0) continue;
    inward += (a * dx + b * dy) / distance;
    length += size;
    const angle = Math.atan2(dx * b - dy * a, dx * a + dy * b);
    const bin = Math.min(Math.floor(((angle + Math.PI) / (2 * Math.PI)) * BINS), BINS - 1);
    bins[bin] = (bins[bin] as number) + size;
  }
  const smooth = bins.map((_, i) => {
    let sum = 0;
    for (let k = -SMOOTH; k <= SMOOTH; k++) sum += bins[(i + k + BINS) % BINS] as number;
    return sum / (2 * SMOOTH + 1);
  });
  return { histogram: smooth, inward, length };
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
