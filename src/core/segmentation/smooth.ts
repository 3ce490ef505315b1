import type { Raster } from '../image/resample.ts';

/** Half of a sampled Gaussian, weights [0..radius] that sum to 1 over both sides; cut at 3 sigma. */
const gaussianWeights = (sigma: number): Float64Array => {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) => {
    return Math.exp((-i * i) / (2 * sigma * sigma));
  });
  const sum = weights.reduce((s, w, i) => s + (i === 0 ? w : 2 * w), 0);
  return weights.map((w) => w / sum);
};

/** One pass along lines of `count` samples `stride` apart; edges repeat. */
const smoothLine = (
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  weights: Float64Array,
): void => {
  const last = count - 1;
  for (let i = 0; i < count; i++) {
    let sum = (weights[0] as number) * (from[start + i * stride] as number);
    for (let k = 1; k < weights.length; k++) {
      const low = i - k < 0 ? 0 : i - k;
      const high = i + k > last ? last : i + k;
      const pair = (from[start + low * stride] as number) + (from[start + high * stride] as number);
      sum += (weights[k] as number) * pair;
    }
    to[start + i * stride] = sum;
  }
};

/** Gaussian smoothing of a raster, sigma in its pixels, edges repeat. Does not mutate. */
export const gaussianSmooth = ({ width, height, data }: Raster, sigma: number): Raster => {
  if (sigma <= 0) return { width, height, data };
  const weights = gaussianWeights(sigma);
  const across = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) smoothLine(data, across, y * width, 1, width, weights);
  for (let x = 0; x < width; x++) smoothLine(across, out, x, width, height, weights);
  return { width, height, data: out };
};

/** Central differences along x and y in grey a pixel, one-sided at the edges (numpy.gradient). */
export const gradientOf = ({ width, height, data }: Raster) => {
  const gx = new Float32Array(data.length);
  const gy = new Float32Array(data.length);
  const at = (x: number, y: number) => data[y * width + x] as number;
  for (let y = 0; y < height; y++) {
    const [up, down] = [Math.max(y - 1, 0), Math.min(y + 1, height - 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(x - 1, 0), Math.min(x + 1, width - 1)];
      const i = y * width + x;
      gx[i] = right > left ? (at(right, y) - at(left, y)) / (right - left) : 0;
      gy[i] = down > up ? (at(x, down) - at(x, up)) / (down - up) : 0;
    }
  }
  return { gx, gy };
};
