import type { Raster } from '../../image/resample.ts';

/** Neighbours on the circle, and number of codes: 0 to 8 brighter ones in a run, 9 for no run. */
const NEIGHBOURS = 8;
export const PATTERNS = NEIGHBOURS + 2;

/** A neighbour is darker below this difference: rounding must not turn equal grey into darker. */
const DARKER = -1e-6;

/** Code of eight bits, one a neighbour in turn from the right one on over the lower one: how many are set, or PATTERNS - 1 for no one run. */
const codeOf = (bits: number): number => {
  let [ones, turns] = [0, 0];
  for (let k = 0; k < NEIGHBOURS; k++) {
    const bit = (bits >> k) & 1;
    ones += bit;
    if (bit !== ((bits >> ((k + 1) % NEIGHBOURS)) & 1)) turns++;
  }
  return turns <= 2 ? ones : PATTERNS - 1;
};
const CODES = Uint8Array.from({ length: 1 << NEIGHBOURS }, (_, bits) => codeOf(bits));

interface Readings {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Of the second. */
  readonly share: Float64Array;
}

/** Where linear interpolation `offset` away reads along an axis of n pixels; edges repeat. */
const readingsOf = (n: number, offset: number): Readings => {
  const [first, second] = [new Int32Array(n), new Int32Array(n)];
  const share = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = Math.min(Math.max(i + offset, 0), n - 1);
    first[i] = Math.floor(at);
    second[i] = Math.min(Math.floor(at) + 1, n - 1);
    share[i] = at - Math.floor(at);
  }
  return { first, second, share };
};

/** Linear between the four pixels that column x and row y are read from. */
const readAt = (
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

/**
 * Rotation-invariant uniform local binary patterns with 8 neighbours at `radius` (whole) pixels, linear
 * between pixels, at some cells (in rising order), in their order (Ojala, Pietikäinen, Mäenpää, IEEE TPAMI 24, 2002;
 * scikit-image local_binary_pattern, method uniform). Codes 0-9. Beyond the raster its edge repeats.
 */
export const uniformPatterns = (
  { width, height, data }: Raster,
  radius: number,
  cells: Int32Array,
): Uint8Array => {
  const slant = radius * Math.SQRT1_2;
  const [right, left] = [readingsOf(width, slant), readingsOf(width, -slant)];
  const [lower, upper] = [readingsOf(height, slant), readingsOf(height, -slant)];
  const codes = new Uint8Array(cells.length);
  for (let n = 0, y = 0; n < cells.length; n++) {
    const i = cells[n] as number;
    while (i >= (y + 1) * width) y++;
    const row = y * width;
    const x = i - row;
    const here = data[i] as number;
    let bits = 0;
    if ((data[row + Math.min(x + radius, width - 1)] as number) - here >= DARKER) bits |= 1;
    if (readAt(data, width, right, x, lower, y) - here >= DARKER) bits |= 2;
    if ((data[Math.min(y + radius, height - 1) * width + x] as number) - here >= DARKER) bits |= 4;
    if (readAt(data, width, left, x, lower, y) - here >= DARKER) bits |= 8;
    if ((data[row + Math.max(x - radius, 0)] as number) - here >= DARKER) bits |= 16;
    if (readAt(data, width, left, x, upper, y) - here >= DARKER) bits |= 32;
    if ((data[Math.max(y - radius, 0) * width + x] as number) - here >= DARKER) bits |= 64;
    if (readAt(data, width, right, x, upper, y) - here >= DARKER) bits |= 128;
    codes[n] = CODES[bits] as number;
  }
  return codes;
};
