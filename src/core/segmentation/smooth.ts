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

const upTo = (count: number): number => AT_A_TIME * Math.ceil(count / AT_A_TIME);

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

/** Where the kernel's memory holds what: the weights first. 64-bit floats, and 32-bit ones from `rows` on. */
interface Layout {
  readonly radius: number;
  /** What is summed over: a row and its edges, or AT_A_TIME columns with theirs. */
  readonly lines: number;
  /** The raster smoothed along its rows, and as many rows above and below as columns are summed over. */
  readonly rows: number;
  readonly rowsAcross: number;
  /** That smoothed along its columns. */
  readonly out: number;
  readonly outAcross: number;
  readonly end: number;
}

const layOut = ({ width, height }: Raster, radius: number): Layout => {
  const lines = radius + 1;
  const longest = Math.max(width + 2 * AT_A_TIME, AT_A_TIME * height) + 2 * AT_A_TIME * radius;
  const rows = 2 * (lines + longest);
  const rowsAcross = width + 2 * AT_A_TIME;
  const out = rows + rowsAcross * (height + 2 * radius);
  const outAcross = Math.max(width, AT_A_TIME);
  return { radius, lines, rows, rowsAcross, out, outAcross, end: out + outAcross * height };
};

/**
 * Smooths rows `top` to `bottom` of a raster and as many beyond as columns are summed over, where edges
 * repeat, along the rows: `count` places from `left` on.
 */
const smoothRows = (
  kernel: Kernel,
  { width, height, data }: Raster,
  { radius, lines, rows, rowsAcross }: Layout,
  left: number,
  count: number,
  top: number,
  bottom: number,
): void => {
  const [singles, doubles] = [kernel.singles(), kernel.doubles()];
  const rowAt = (y: number) => rows + (y + radius) * rowsAcross + left;
  const [from, to] = [left - radius, left + count + radius];
  const [inFrom, inTo] = [Math.max(from, 0), Math.min(to, width)];
  const last = Math.min(bottom + radius, height);
  for (let y = Math.max(top - radius, 0); y < last; y++) {
    const start = y * width;
    let p = lines;
    for (let x = from; x < inFrom; x++) doubles[p++] = data[start] as number;
    doubles.set(data.subarray(start + inFrom, start + inTo), p);
    p += inTo - inFrom;
    for (let x = inTo; x < to; x++) doubles[p++] = data[start + width - 1] as number;
    kernel.sum(lines + radius, 1, rowAt(y), rowsAcross, count, 1, radius);
  }
  const repeat = (y: number, at: number) =>
    singles.copyWithin(rowAt(at), rowAt(y), rowAt(y) + count);
  for (let y = top - radius; y < 0; y++) repeat(0, y);
  for (let y = height; y < bottom + radius; y++) repeat(height - 1, y);
};

/** The rows that the columns from `x` to `end` span together. */
const spanned = ({ first, last }: ColumnSpans, x: number, end: number) => {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (let i = x; i < end; i++) {
    if ((last[i] as number) <= (first[i] as number)) continue;
    from = Math.min(from, first[i] as number);
    to = Math.max(to, last[i] as number);
  }
  return { from, to };
};

/**
 * Gaussian smoothing of a raster, sigma in its pixels, edges repeat. With `within` there at least, and
 * elsewhere 0 or as without; the digits are those that it has without. Does not mutate.
 */
export const gaussianSmooth = (
  raster: Raster,
  sigma: number,
  within: ColumnSpans = everywhere(raster.width, raster.height),
): Raster => {
  const { width, height, data } = raster;
  if (sigma <= 0) return { width, height, data };
  const smooth = new Float32Array(data.length);
  const reach = reachOf(within);
  const { right, top, bottom } = reach;
  if (right === 0) return { width, height, data: smooth };
  const weights = gaussianWeights(sigma);
  const radius = weights.length - 1;
  const layout = layOut(raster, radius);
  const { lines, rows, rowsAcross, out, outAcross, end } = layout;
  const kernel = startedKernel();
  kernel.reserve(Math.ceil(end / 2));
  kernel.doubles().set(weights);
  // The last columns that are smoothed together end with the raster.
  const last = Math.max(width - AT_A_TIME, 0);
  const left = Math.min(reach.left, last);
  smoothRows(kernel, raster, layout, left, upTo(right - left), top, bottom);
  const singles = kernel.singles();
  singles.fill(0, out + top * outAcross, out + bottom * outAcross);
  for (let next = left; next < right; next += AT_A_TIME) {
    const x = Math.min(next, last);
    const { from, to } = spanned(within, x, Math.min(x + AT_A_TIME, width));
    if (from >= to) continue;
    kernel.widen(
      rows + from * rowsAcross + x,
      rowsAcross,
      lines,
      AT_A_TIME,
      to - from + 2 * radius,
    );
    const centre = lines + AT_A_TIME * radius;
    const at = out + from * outAcross + x;
    kernel.sum(centre, AT_A_TIME, at, outAcross, AT_A_TIME, to - from, radius);
  }
  const rowOf = (y: number) => singles.subarray(out + y * outAcross, out + y * outAcross + width);
  if (outAcross === width)
    smooth.set(singles.subarray(out + top * width, out + bottom * width), top * width);
  else for (let y = top; y < bottom; y++) smooth.set(rowOf(y), y * width);
  return { width, height, data: smooth };
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
