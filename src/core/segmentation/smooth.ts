import type { Raster } from '../image/resample.ts';
import { exponential } from '../units/portable-math.ts';
import { type Kernel, plainKernel, wasmKernel } from './smooth-kernel.ts';

/** Half of a sampled Gaussian, weights [0..radius] that sum to 1 over both sides; cut at 3 sigma. */
const gaussianWeights = (sigma: number): Float64Array => {
  const radius = Math.max(1, Math.ceil(3 * sigma));
  const weights = Float64Array.from({ length: radius + 1 }, (_, i) => {
    return exponential((-i * i) / (2 * sigma * sigma));
  });
  const sum = weights.reduce((s, w, i) => s + (i === 0 ? w : 2 * w), 0);
  return weights.map((w) => w / sum);
};

/** Columns of a raster and of each the rows from `first` up to but without `last`: none where they are equal. */
export interface ColumnSpans {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** Started when something is first smoothed: a page that only reads names may not compile WebAssembly. */
let started: Kernel | undefined;
const startedKernel = (): Kernel => (started ??= wasmKernel() ?? plainKernel());

/** Places that the kernel sums at a time. */
const AT_A_TIME = 8;

/** A raster smoothed along its rows and turned over its diagonal, as large as any so far. */
let turned = new Float32Array(0);

/**
 * Smooths places `from` to `to` of the line that begins at `start` of `source` and is `length` long, by
 * the weights that the kernel has; edges repeat. Writes them to `out` from `at` on, `stride` apart: a
 * line becomes a column.
 */
const smoothLine = (
  kernel: Kernel,
  source: Float32Array,
  start: number,
  length: number,
  radius: number,
  from: number,
  to: number,
  out: Float32Array,
  at: number,
  stride: number,
): void => {
  const count = AT_A_TIME * Math.ceil((to - from) / AT_A_TIME);
  const floats = kernel.floats();
  const low = from - radius;
  // What lies beyond the last place is summed up and thrown away.
  const high = from + count + radius;
  const end = Math.min(high, length);
  let p = radius + 1;
  for (let i = low; i < 0; i++) floats[p++] = source[start] as number;
  for (let i = Math.max(low, 0); i < end; i++) floats[p++] = source[start + i] as number;
  for (let i = end; i < high; i++) floats[p++] = source[start + length - 1] as number;
  kernel.sum(2 * radius + 1, p, count, radius);
  for (let x = 0, o = at; x < to - from; x++, o += stride) out[o] = floats[p + x] as number;
};

/** The columns and rows that spans reach over; upper bounds exclusive. Empty ones reach over nothing. */
const reachOf = ({ first, last }: ColumnSpans) => {
  let [left, right, top, bottom] = [first.length, 0, Number.POSITIVE_INFINITY, 0];
  for (let x = 0; x < first.length; x++) {
    if ((last[x] as number) <= (first[x] as number)) continue;
    left = Math.min(left, x);
    right = x + 1;
    top = Math.min(top, first[x] as number);
    bottom = Math.max(bottom, last[x] as number);
  }
  return { left, right, top, bottom };
};

const everywhere = (width: number, height: number): ColumnSpans => ({
  first: new Int32Array(width),
  last: new Int32Array(width).fill(height),
});

/**
 * Gaussian smoothing of a raster, sigma in its pixels, edges repeat. With `within` only there, and 0
 * elsewhere; what is there has the digits that it has without. Does not mutate.
 */
export const gaussianSmooth = (
  { width, height, data }: Raster,
  sigma: number,
  within: ColumnSpans = everywhere(width, height),
): Raster => {
  if (sigma <= 0) return { width, height, data };
  const weights = gaussianWeights(sigma);
  const radius = weights.length - 1;
  const { left, right, top, bottom } = reachOf(within);
  const longest = Math.max(width, height) + AT_A_TIME;
  const kernel = startedKernel();
  kernel.reserve(radius + 1 + longest + 2 * radius + longest);
  kernel.floats().set(weights);
  if (turned.length < data.length) turned = new Float32Array(data.length);
  const lowest = Math.min(bottom + radius, height);
  for (let y = Math.max(top - radius, 0); y < lowest; y++)
    smoothLine(
      kernel,
      data,
      y * width,
      width,
      radius,
      left,
      right,
      turned,
      left * height + y,
      height,
    );
  const out = new Float32Array(data.length);
  for (let x = left; x < right; x++) {
    const from = within.first[x] as number;
    const to = within.last[x] as number;
    smoothLine(kernel, turned, x * height, height, radius, from, to, out, from * width + x, width);
  }
  return { width, height, data: out };
};

/** Central differences along x in grey a pixel, one-sided at the edges (numpy.gradient). */
const derivativeAcross = ({ width, height, data }: Raster): Float32Array => {
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
const derivativeDown = ({ width, height, data }: Raster): Float32Array => {
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
