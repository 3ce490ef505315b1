import type { Raster } from '../image/resample.ts';
import { exponential } from '../units/portable-math.ts';

/** Half of a sampled Gaussian, weights [0..radius] that sum to 1 over both sides; cut at 3 sigma. */
const gaussianWeights = (sigma: number): Float64Array => {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) => {
    return exponential((-i * i) / (2 * sigma * sigma));
  });
  const sum = weights.reduce((s, w, i) => s + (i === 0 ? w : 2 * w), 0);
  return weights.map((w) => w / sum);
};

/** Where the lines of a raster lie: rows or columns. */
interface Lines {
  readonly count: number;
  readonly length: number;
  /** From one line to the next, and from one value of a line to the next. */
  readonly stride: number;
  readonly step: number;
}

/**
 * Smooths each line by itself; edges repeat. Four lines at a time, value beside value, so that each
 * weight is read once for four sums and memory is walked in order.
 */
const smoothLines = (
  from: Float32Array,
  { count, length, stride, step }: Lines,
  weights: Float64Array,
): Float32Array => {
  const radius = weights.length - 1;
  const w0 = weights[0] as number;
  const out = new Float32Array(from.length);
  const four = new Float64Array(4 * (length + 2 * radius));
  for (let line = 0; line < count; line += 4) {
    // The last lines may be taken twice.
    const a = line * stride;
    const b = Math.min(line + 1, count - 1) * stride;
    const c = Math.min(line + 2, count - 1) * stride;
    const d = Math.min(line + 3, count - 1) * stride;
    for (let i = 0; i < length + 2 * radius; i++) {
      const at = Math.min(Math.max(i - radius, 0), length - 1) * step;
      four[4 * i] = from[a + at] as number;
      four[4 * i + 1] = from[b + at] as number;
      four[4 * i + 2] = from[c + at] as number;
      four[4 * i + 3] = from[d + at] as number;
    }
    for (let i = 0; i < length; i++) {
      const centre = 4 * (i + radius);
      let sa = w0 * (four[centre] as number);
      let sb = w0 * (four[centre + 1] as number);
      let sc = w0 * (four[centre + 2] as number);
      let sd = w0 * (four[centre + 3] as number);
      for (let k = 1; k <= radius; k++) {
        const w = weights[k] as number;
        const l = centre - 4 * k;
        const r = centre + 4 * k;
        sa += w * ((four[l] as number) + (four[r] as number));
        sb += w * ((four[l + 1] as number) + (four[r + 1] as number));
        sc += w * ((four[l + 2] as number) + (four[r + 2] as number));
        sd += w * ((four[l + 3] as number) + (four[r + 3] as number));
      }
      const at = i * step;
      out[a + at] = sa;
      out[b + at] = sb;
      out[c + at] = sc;
      out[d + at] = sd;
    }
  }
  return out;
};

/** Gaussian smoothing of a raster, sigma in its pixels, edges repeat. Does not mutate. */
export const gaussianSmooth = ({ width, height, data }: Raster, sigma: number): Raster => {
  if (sigma <= 0) return { width, height, data };
  const weights = gaussianWeights(sigma);
  const rows = { count: height, length: width, stride: width, step: 1 };
  const columns = { count: width, length: height, stride: 1, step: width };
  const across = smoothLines(data, rows, weights);
  return { width, height, data: smoothLines(across, columns, weights) };
};

/** Central differences along x in grey a pixel, one-sided at the edges (numpy.gradient). */
export const derivativeAcross = ({ width, height, data }: Raster): Float32Array => {
  const out = new Float32Array(data.length);
  if (width < 2) return out;
  for (let y = 0; y < height; y++) {
    const [first, last] = [y * width, (y + 1) * width - 1];
    out[first] = (data[first + 1] as number) - (data[first] as number);
    for (let i = first + 1; i < last; i++)
      out[i] = ((data[i + 1] as number) - (data[i - 1] as number)) / 2;
    out[last] = (data[last] as number) - (data[last - 1] as number);
  }
  return out;
};

/** Central differences along y in grey a pixel, one-sided at the edges (numpy.gradient). */
export const derivativeDown = ({ width, height, data }: Raster): Float32Array => {
  const out = new Float32Array(data.length);
  if (height < 2) return out;
  const last = (height - 1) * width;
  for (let x = 0; x < width; x++) {
    out[x] = (data[x + width] as number) - (data[x] as number);
    out[last + x] = (data[last + x] as number) - (data[last + x - width] as number);
  }
  for (let i = width; i < last; i++)
    out[i] = ((data[i + width] as number) - (data[i - width] as number)) / 2;
  return out;
};

/** Gradient along x (right) and y (down) in grey a pixel. */
export const gradientOf = (raster: Raster) => ({
  gx: derivativeAcross(raster),
  gy: derivativeDown(raster),
});
