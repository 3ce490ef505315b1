import type { Raster } from '../../image/resample.ts';
import { unitVector } from '../../units/portable-math.ts';

/** Neighbours on the circle, and number of codes: 0 to 8 brighter ones in a run, 9 for no run. */
const NEIGHBOURS = 8;
export const PATTERNS = NEIGHBOURS + 2;

const circle = (radius: number) =>
  Array.from({ length: NEIGHBOURS }, (_, k) => {
    const [x, y] = unitVector(k, NEIGHBOURS);
    return [radius * x, radius * y] as const;
  });

/** Code of eight bits, one a neighbour in turn: how many are set, or PATTERNS - 1 for no one run. */
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

/** Where linear interpolation `offset` away reads along an axis of n pixels; edges repeat. */
const readingsOf = (n: number, offset: number) => {
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

/** Sets bit k of each pixel whose neighbour (dx, dy) away is no darker than itself. */
const compareWith = (
  { width, height, data }: Raster,
  [dx, dy]: readonly [number, number],
  k: number,
  bits: Uint8Array,
): void => {
  const across = readingsOf(width, dx);
  const down = readingsOf(height, dy);
  for (let y = 0; y < height; y++) {
    const upper = (down.first[y] as number) * width;
    const lower = (down.second[y] as number) * width;
    const fy = down.share[y] as number;
    for (let x = 0; x < width; x++) {
      const left = across.first[x] as number;
      const right = across.second[x] as number;
      const fx = across.share[x] as number;
      const top = (data[upper + left] as number) * (1 - fx) + (data[upper + right] as number) * fx;
      const low = (data[lower + left] as number) * (1 - fx) + (data[lower + right] as number) * fx;
      const i = y * width + x;
      // Rounding of the sines must not turn equal grey into darker.
      if (top * (1 - fy) + low * fy - (data[i] as number) >= -1e-6)
        bits[i] = (bits[i] as number) | (1 << k);
    }
  }
};

/**
 * Rotation-invariant uniform local binary patterns with 8 neighbours at `radius` pixels, linear
 * between pixels (Ojala, Pietikäinen, Mäenpää, IEEE TPAMI 24, 2002; scikit-image
 * local_binary_pattern, method uniform). Codes 0-9, row-major. Beyond the raster its edge repeats.
 */
export const uniformPatterns = (raster: Raster, radius: number): Uint8Array => {
  const bits = new Uint8Array(raster.data.length);
  circle(radius).forEach((offset, k) => compareWith(raster, offset, k, bits));
  for (let i = 0; i < bits.length; i++) bits[i] = CODES[bits[i] as number] as number;
  return bits;
};
