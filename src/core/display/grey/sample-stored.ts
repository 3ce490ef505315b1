/** Values row by row, as an image stores them. */
export interface StoredRaster {
  readonly pixels: ArrayLike<number>;
  readonly columns: number;
  readonly rows: number;
}

/** Stored coordinate of the middle of the screen's first pixel along an axis, and from one to the next. */
export interface Along {
  readonly at: number;
  readonly step: number;
}

/** How a screen lies on an image: its rows run along `across`, its columns along `down`. */
export interface Sampling {
  readonly width: number;
  readonly height: number;
  readonly across: Along;
  readonly down: Along;
  /** Whether the screen's rows run along stored columns, and its columns along stored rows. */
  readonly transpose: boolean;
}

/** What of an axis of the image each pixel of the screen takes in: stored pixels and their shares. */
interface Share {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * The stored pixels that a window about each coordinate covers, and how much of it: as wide as a pixel of
 * the screen, at least one stored pixel. So it averages areas where the image is made smaller and
 * interpolates linearly where it is made larger. None where the coordinate is outside the image.
 */
const shares = (count: number, { at, step }: Along, size: number): readonly (Share | null)[] =>
  Array.from({ length: count }, (_, i) => {
    const middle = at + i * step;
    if (!(middle >= 0 && middle <= size)) return null;
    const half = Math.max(1, Math.abs(step)) / 2;
    const [from, to] = [Math.max(middle - half, 0), Math.min(middle + half, size)];
    const first = Math.min(Math.floor(from), size - 1);
    const last = Math.max(Math.ceil(to), first + 1);
    const covered = Array.from(
      { length: last - first },
      (_w, k) => Math.min(to, first + k + 1) - Math.max(from, first + k),
    );
    return { first, weights: covered.map((part) => part / (to - from)) };
  });

/**
 * Stored values under the pixels of a screen, row by row; NaN beside the image. Filtered before they
 * become grey, as a graphics card does it. Does not mutate the image.
 */
export const sampleStored = (
  { pixels, columns, rows }: StoredRaster,
  { width, height, across, down, transpose }: Sampling,
): Float32Array => {
  const [alongX, alongY] = transpose ? [down, across] : [across, down];
  const [countX, countY] = transpose ? [height, width] : [width, height];
  const [xs, ys] = [shares(countX, alongX, columns), shares(countY, alongY, rows)];
  const used = ys.filter((y) => y !== null);
  const top = Math.min(...used.map(({ first }) => first));
  const bottom = Math.max(...used.map(({ first, weights }) => first + weights.length));
  const out = new Float32Array(width * height).fill(Number.NaN);
  if (used.length === 0) return out;

  // First each stored row that is needed, to the screen's pixels; then those rows together.
  const narrowed = new Float32Array((bottom - top) * countX);
  xs.forEach((x, i) => {
    if (!x) return;
    const { first, weights } = x;
    for (let row = top; row < bottom; row++) {
      const start = row * columns + first;
      let sum = 0;
      for (let k = 0; k < weights.length; k++)
        sum += (weights[k] as number) * (pixels[start + k] as number);
      narrowed[(row - top) * countX + i] = sum;
    }
  });
  const [stepX, stepY] = transpose ? [width, 1] : [1, width];
  ys.forEach((y, j) => {
    if (!y) return;
    const { first, weights } = y;
    for (let i = 0; i < countX; i++) {
      if (!xs[i]) continue;
      let sum = 0;
      for (let k = 0; k < weights.length; k++)
        sum += (weights[k] as number) * (narrowed[(first - top + k) * countX + i] as number);
      out[j * stepY + i * stepX] = sum;
    }
  });
  return out;
};
