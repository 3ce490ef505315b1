import { type Raster, readAt, type Readings, readingsAlong } from '../../image/resample.ts';

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

/** Where each of n pixels of an axis is read `offset` away; edges repeat. */
const readingsOf = (n: number, offset: number): Readings => readingsAlong(n, n, (i) => i + offset);

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
