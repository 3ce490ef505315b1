import type { GradientField } from '../../segmentation/radial-gradient-index.ts';
import { angleOf } from '../../units/portable-math.ts';

const BINS = 72;
const SMOOTH = 2;

/** A gradient as seen from a point, cell by cell. */
export interface RadialGradient {
  /** Length of the gradient, and its component towards the point. */
  readonly size: Float64Array;
  readonly inward: Float64Array;
  /** Bin of the angle between both; 0 where there is no gradient. */
  readonly bin: Uint8Array;
}

/** Of a gradient `width` cells wide, from (cx, cy) in its cells. */
export const radialGradientOf = (
  { gx, gy }: GradientField,
  width: number,
  cx: number,
  cy: number,
): RadialGradient => {
  const count = gx.length;
  const [size, inward] = [new Float64Array(count), new Float64Array(count)];
  const bin = new Uint8Array(count);
  for (let i = 0, x = 0, y = 0; i < count; i++, x++) {
    if (x === width) [x, y] = [0, y + 1];
    const dx = cx - x - 0.5;
    const dy = cy - y - 0.5;
    const distance = Math.sqrt(dx * dx + dy * dy);
    const a = gx[i] as number;
    const b = gy[i] as number;
    const length = Math.sqrt(a * a + b * b);
    if (distance === 0 || length === 0) continue;
    size[i] = length;
    inward[i] = (a * dx + b * dy) / distance;
    const turn = (angleOf(dx * b - dy * a, dx * a + dy * b) + Math.PI) / (2 * Math.PI);
    bin[i] = Math.min(Math.floor(turn * BINS), BINS - 1);
  }
  return { size, inward, bin };
};

/**
 * Histogram of the angle between the gradient and the inward radial direction over some cells,
 * weighted by the gradient's length: 72 bins of 5 degrees from -180 degrees, smoothed over 5 bins
 * (Huo et al., Acad Radiol 5, 1998). With it, the sums that the radial gradient index is made of.
 */
export const gradientAngles = (gradient: RadialGradient, cells: Int32Array) => {
  const bins = new Float64Array(BINS);
  let [inward, length] = [0, 0];
  for (let k = 0; k < cells.length; k++) {
    const i = cells[k] as number;
    const size = gradient.size[i] as number;
    const bin = gradient.bin[i] as number;
    inward += gradient.inward[i] as number;
    length += size;
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
