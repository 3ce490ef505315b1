import type { Raster } from '../image/resample.ts';
import { exponential } from '../units/portable-math.ts';
import { AT_A_TIME, type Kernel, plainKernel, wasmKernel } from './smooth-kernel.ts';

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

const upToWhole = (count: number): number => AT_A_TIME * Math.ceil(count / AT_A_TIME);

/** A raster that is smoothed over, in part: `count` columns from `left` on, rows `top` to `bottom`. */
interface Part {
  readonly left: number;
  readonly count: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Smooths rows of a raster by the weights that the kernel has; edges repeat. Writes them to the kernel's
 * floats from `to` on, one row after the other. `line` is room for one.
 */
const smoothRows = (
  kernel: Kernel,
  { width, data }: Raster,
  radius: number,
  { left, count, top, bottom }: Part,
  line: number,
  to: number,
): void => {
  const floats = kernel.floats();
  const low = left - radius;
  // What lies beyond the last place is summed up and thrown away.
  const high = left + count + radius;
  const [from, end] = [Math.max(low, 0), Math.min(high, width)];
  for (let y = top, out = to; y < bottom; y++, out += count) {
    const start = y * width;
    floats.fill(data[start] as number, line, line + from - low);
    for (let i = from, p = line + from - low; i < end; i++, p++)
      floats[p] = data[start + i] as number;
    floats.fill(data[start + width - 1] as number, line + end - low, line + high - low);
    kernel.sum(line + radius, out, count / AT_A_TIME, radius, 1, AT_A_TIME);
  }
};

/**
 * Gaussian smoothing of a raster, sigma in its pixels, edges repeat. With `within` only there, and 0
 * elsewhere; what is there has the digits that it has without. Does not mutate.
 */
export const gaussianSmooth = (
  raster: Raster,
  sigma: number,
  within: ColumnSpans = everywhere(raster.width, raster.height),
): Raster => {
  const { width, height, data } = raster;
  if (sigma <= 0) return { width, height, data };
  const weights = gaussianWeights(sigma);
  const radius = weights.length - 1;
  const { left, right, top, bottom } = reachOf(within);
  const out = new Float32Array(data.length);
  if (right <= left) return { width, height, data: out };
  const count = upToWhole(right - left);
  const rows = bottom - top + 2 * radius;
  const kernel = startedKernel();
  const line = radius + 1;
  const across = line + 2 * radius + count;
  const down = across + rows * count;
  kernel.reserve(down + rows * count);
  kernel.floats().set(weights);
  // Rows `top` - `radius` and on; those beyond the raster are its edge.
  const [first, end] = [Math.max(top - radius, 0), Math.min(bottom + radius, height)];
  const rowAt = (y: number) => across + (y - top + radius) * count;
  smoothRows(kernel, raster, radius, { left, count, top: first, bottom: end }, line, rowAt(first));
  const floats = kernel.floats();
  for (let y = top - radius; y < first; y++)
    floats.copyWithin(rowAt(y), rowAt(first), rowAt(first + 1));
  for (let y = end; y < bottom + radius; y++)
    floats.copyWithin(rowAt(y), rowAt(end - 1), rowAt(end));
  for (let at = 0; at < count; at += AT_A_TIME) {
    const columns = Array.from(
      { length: Math.min(AT_A_TIME, right - left - at) },
      (_, i) => left + at + i,
    ).filter((x) => (within.last[x] as number) > (within.first[x] as number));
    if (columns.length === 0) continue;
    const from = Math.min(...columns.map((x) => within.first[x] as number));
    const to = Math.max(...columns.map((x) => within.last[x] as number));
    kernel.sum(rowAt(from) + at, down + at, to - from, radius, count, count);
    for (const x of columns) {
      const last = within.last[x] as number;
      for (
        let y = within.first[x] as number, p = down + (y - from) * count + x - left;
        y < last;
        y++, p += count
      )
        out[y * width + x] = floats[p] as number;
    }
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
