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

/** Each row by itself; edges repeat. */
const smoothAcross = (
  from: Float32Array,
  width: number,
  height: number,
  weights: Float64Array,
): Float32Array => {
  const radius = weights.length - 1;
  const out = new Float32Array(from.length);
  const line = new Float64Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const row = from.subarray(y * width, (y + 1) * width);
    line.fill(row[0] as number, 0, radius);
    line.set(row, radius);
    line.fill(row[width - 1] as number, radius + width);
    for (let x = 0; x < width; x++) {
      const at = x + radius;
      let sum = (weights[0] as number) * (line[at] as number);
      for (let k = 1; k <= radius; k++)
        sum += (weights[k] as number) * ((line[at - k] as number) + (line[at + k] as number));
      out[y * width + x] = sum;
    }
  }
  return out;
};

/** Each column by itself, but row by row, as the memory lies; edges repeat. */
const smoothDown = (
  from: Float32Array,
  width: number,
  height: number,
  weights: Float64Array,
): Float32Array => {
  const out = new Float32Array(from.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const here = y * width;
    for (let x = 0; x < width; x++) sums[x] = (weights[0] as number) * (from[here + x] as number);
    for (let k = 1; k < weights.length; k++) {
      const weight = weights[k] as number;
      const up = Math.max(y - k, 0) * width;
      const down = Math.min(y + k, height - 1) * width;
      for (let x = 0; x < width; x++)
        sums[x] =
          (sums[x] as number) + weight * ((from[up + x] as number) + (from[down + x] as number));
    }
    out.set(sums, here);
  }
  return out;
};

/** Gaussian smoothing of a raster, sigma in its pixels, edges repeat. Does not mutate. */
export const gaussianSmooth = ({ width, height, data }: Raster, sigma: number): Raster => {
  if (sigma <= 0) return { width, height, data };
  const weights = gaussianWeights(sigma);
  const across = smoothAcross(data, width, height, weights);
  return { width, height, data: smoothDown(across, width, height, weights) };
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
