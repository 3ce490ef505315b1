/** Larger than any distance in a raster that fits in memory. */
const FAR = 1e6;

/** Half-open: columns or rows from the first up to but without the second. */
type Range = readonly [from: number, to: number];

/** A rectangle of a raster's cells. */
export interface Window {
  readonly columns: Range;
  readonly rows: Range;
}

/**
 * Writes to `out`, which holds the cells of a `window`, for those that are `asked` the squared distance
 * (exact, Euclidean) of each cell where `mask` is not `wanted` to the nearest one where it is, looking for
 * those only in the columns of `sites`. Cells of FAR squared where there is none. By columns, then the
 * lower envelope of the parabolas of each row (Felzenszwalb & Huttenlocher 2012).
 */
const squaresTo = (
  mask: Uint8Array,
  width: number,
  wanted: 0 | 1,
  sites: Range,
  asked: Window,
  out: Float64Array,
  window: Window,
): void => {
  const [left, right] = sites;
  const [top, bottom] = asked.rows;
  const across = right - left;
  // Cells to the nearest one of the same column.
  const down = new Float64Array(across * (bottom - top));
  for (let y = top, i = 0; y < bottom; y++)
    for (let x = left; x < right; x++, i++)
      if ((mask[y * width + x] ? 1 : 0) !== wanted)
        down[i] = y > top ? (down[i - across] as number) + 1 : FAR;
  for (let i = down.length - across - 1; i >= 0; i--) {
    const below = (down[i + across] as number) + 1;
    if (below < (down[i] as number)) down[i] = below;
  }
  const places = new Int32Array(across);
  const squares = new Float64Array(across);
  const ends = new Float64Array(across + 1);
  for (let y = top; y < bottom; y++) {
    let k = -1;
    for (let q = left; q < right; q++) {
      const d = down[(y - top) * across + q - left] as number;
      if (d >= FAR) continue;
      const square = d * d;
      let start = Number.NEGATIVE_INFINITY;
      while (k >= 0) {
        const p = places[k] as number;
        start = (square + q * q - (squares[k] as number) - p * p) / (2 * q - 2 * p);
        if (start > (ends[k] as number)) break;
        start = Number.NEGATIVE_INFINITY;
        k--;
      }
      k++;
      places[k] = q;
      squares[k] = square;
      ends[k] = start;
    }
    const last = k;
    k = 0;
    const [from, to] = asked.columns;
    const [x0, x1] = window.columns;
    const start = (y - window.rows[0]) * (x1 - x0) - x0;
    for (let x = from; x < to; x++) {
      while (k < last && (ends[k + 1] as number) < x) k++;
      if ((mask[y * width + x] ? 1 : 0) === wanted) continue;
      const away = x - (places[k] as number);
      out[start + x] = last < 0 ? FAR * FAR : away * away + (squares[k] as number);
    }
  }
};

/** The columns and rows that a mask's cells in a window span; empty ones where it has none. */
const spanOf = (mask: Uint8Array, width: number, { columns, rows }: Window): Window => {
  let [left, right, top, bottom] = [width, 0, 0, 0];
  for (let y = rows[0]; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++) {
      if (!mask[y * width + x]) continue;
      if (right === 0) top = y;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      bottom = y + 1;
    }
  return { columns: [Math.min(left, right), right], rows: [top, bottom] };
};

/** A range one longer on either side, inside another. */
const wider = ([from, to]: Range, [least, most]: Range): Range => [
  Math.max(from - 1, least),
  Math.min(to + 1, most),
];

/**
 * Signed distance, in `unit` cells, to the outline of a mask, half a cell beside it: negative inside. Of
 * the cells of a window, row-major, which all cells of the mask lie in; unless told the whole raster.
 */
export const signedDistance = (
  mask: Uint8Array,
  width: number,
  unit = 1,
  window: Window = { columns: [0, width], rows: [0, mask.length / width] },
): Float64Array => {
  const [[left, right], [top, bottom]] = [window.columns, window.rows];
  const out = new Float64Array((right - left) * (bottom - top));
  const span = spanOf(mask, width, window);
  squaresTo(mask, width, 1, span.columns, window, out, window);
  // What is nearest outside lies in the mask's span or just beside it.
  const columns = wider(span.columns, window.columns);
  const rows = wider(span.rows, window.rows);
  squaresTo(mask, width, 0, columns, { columns, rows }, out, window);
  for (let y = top, i = 0; y < bottom; y++)
    for (let x = left; x < right; x++, i++) {
      const distance = Math.sqrt(out[i] as number);
      out[i] = (mask[y * width + x] ? 0.5 - distance : distance - 0.5) / unit;
    }
  return out;
};
