/** A single-channel float raster, row-major, `height * width` long. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

interface Taps {
  readonly start: Int32Array;
  readonly count: Int32Array;
  readonly weight: Float32Array;
  readonly most: number;
}

/** Box-filter taps of one axis: output i covers source [i * n / m, (i + 1) * n / m). */
const areaTaps = (n: number, m: number): Taps => {
  const step = n / m;
  const most = Math.ceil(step) + 1;
  const start = new Int32Array(m);
  const count = new Int32Array(m);
  const weight = new Float32Array(m * most);
  for (let i = 0; i < m; i++) {
    const low = i * step;
    const high = Math.min((i + 1) * step, n);
    const first = Math.floor(low);
    const last = Math.min(Math.ceil(high), n);
    start[i] = first;
    count[i] = last - first;
    for (let k = first; k < last; k++)
      weight[i * most + k - first] = (Math.min(k + 1, high) - Math.max(k, low)) / (high - low);
  }
  return { start, count, weight, most };
};

/** Linear-interpolation taps of one axis that grows; edges repeat. */
const linearTaps = (n: number, m: number): Taps => {
  const start = new Int32Array(m);
  const count = new Int32Array(m).fill(2);
  const weight = new Float32Array(m * 2);
  for (let i = 0; i < m; i++) {
    const at = Math.min(Math.max(((i + 0.5) * n) / m - 0.5, 0), n - 1);
    const first = Math.min(Math.floor(at), Math.max(n - 2, 0));
    start[i] = first;
    if (n === 1) count[i] = 1;
    weight[i * 2] = n === 1 ? 1 : 1 - (at - first);
    weight[i * 2 + 1] = at - first;
  }
  return { start, count, weight, most: 2 };
};

const taps = (n: number, m: number): Taps => (m > n ? linearTaps(n, m) : areaTaps(n, m));

/** Resamples one line into `out`. */
const alongLine = (line: Float64Array, { start, count, weight, most }: Taps, out: Float32Array) => {
  for (let x = 0; x < out.length; x++) {
    const from = start[x] as number;
    const taps = count[x] as number;
    const first = x * most;
    let sum = 0;
    for (let k = 0; k < taps; k++)
      sum += (weight[first + k] as number) * (line[from + k] as number);
    out[x] = sum;
  }
};

/** Adds rows of the source from `row` on, each times its weight, to the line, which is one row long. */
export type AddRows = (line: Float64Array, row: number, weights: Float32Array) => void;

/**
 * Separable resampling to outWidth x outHeight. An axis that shrinks is averaged exactly over the
 * source span that each output pixel covers (box filter), an axis that grows is interpolated
 * linearly. `addRows` reads the source, each row as often as outputs need it.
 */
export const resampleRows = (
  addRows: AddRows,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): Raster => {
  const tx = taps(width, outWidth);
  const ty = taps(height, outHeight);
  const data = new Float32Array(outWidth * outHeight);
  const line = new Float64Array(width);
  for (let y = 0; y < outHeight; y++) {
    line.fill(0);
    const first = y * ty.most;
    const weights = ty.weight.subarray(first, first + (ty.count[y] as number));
    addRows(line, ty.start[y] as number, weights);
    alongLine(line, tx, data.subarray(y * outWidth, (y + 1) * outWidth));
  }
  return { width: outWidth, height: outHeight, data };
};

/** The same of values that lie row by row. */
export const resample = (
  { width, height, data }: Omit<Raster, 'data'> & { readonly data: ArrayLike<number> },
  outWidth: number,
  outHeight: number,
): Raster => {
  // Two rows in one walk along the line, added in the same order.
  const addRows: AddRows = (line, row, weights) => {
    for (let k = 0; k < weights.length; k += 2) {
      const start = (row + k) * width;
      const weight = weights[k] as number;
      if (k + 1 === weights.length) {
        for (let x = 0; x < width; x++)
          line[x] = (line[x] as number) + weight * (data[start + x] as number);
        return;
      }
      const [below, weightBelow] = [start + width, weights[k + 1] as number];
      for (let x = 0; x < width; x++)
        line[x] =
          (line[x] as number) +
          weight * (data[start + x] as number) +
          weightBelow * (data[below + x] as number);
    }
  };
  return resampleRows(addRows, width, height, outWidth, outHeight);
};

/** Bilinear value at continuous (x, y) with (0, 0) the outer corner of the first pixel; edges repeat. */
export const bilinear = (raster: Raster, x: number, y: number): number => {
  const { width, height, data } = raster;
  const cx = Math.min(Math.max(x - 0.5, 0), width - 1);
  const cy = Math.min(Math.max(y - 0.5, 0), height - 1);
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const x1 = Math.min(x0 + 1, width - 1);
  const y1 = Math.min(y0 + 1, height - 1);
  const fx = cx - x0;
  const fy = cy - y0;
  const top = (data[y0 * width + x0] as number) * (1 - fx) + (data[y0 * width + x1] as number) * fx;
  const low = (data[y1 * width + x0] as number) * (1 - fx) + (data[y1 * width + x1] as number) * fx;
  return top * (1 - fy) + low * fy;
};

/** Where values of an axis lie between two pixels of it. */
export interface Readings {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Of the second. */
  readonly share: Float64Array;
}

/** Of n places of an axis of `count` pixels, (0) the middle of the first; edges repeat. */
export const readingsAlong = (n: number, count: number, place: (i: number) => number): Readings => {
  const [first, second] = [new Int32Array(n), new Int32Array(n)];
  const share = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = Math.min(Math.max(place(i), 0), count - 1);
    first[i] = Math.floor(at);
    second[i] = Math.min(Math.floor(at) + 1, count - 1);
    share[i] = at - Math.floor(at);
  }
  return { first, second, share };
};

/** The value of a raster, `width` pixels wide, at the x-th of some columns and the y-th of some rows, as `bilinear`. */
export const readAt = (
  data: Float32Array,
  width: number,
  across: Readings,
  x: number,
  down: Readings,
  y: number,
): number => {
  const upper = (down.first[y] as number) * width;
  const lower = (down.second[y] as number) * width;
  const left = across.first[x] as number;
  const right = across.second[x] as number;
  const fx = across.share[x] as number;
  const fy = down.share[y] as number;
  const top = (data[upper + left] as number) * (1 - fx) + (data[upper + right] as number) * fx;
  const low = (data[lower + left] as number) * (1 - fx) + (data[lower + right] as number) * fx;
  return top * (1 - fy) + low * fy;
};
