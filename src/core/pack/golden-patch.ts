import { exponential, hypotenuse } from '../portable-math.ts';

/** Small seeded generator (mulberry32): the same stream in every engine. Returns values in [0, 1). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/**
 * A lesion-like test patch: a bright ellipse with a soft edge on a sloping background, by formula
 * (no image data). `size * size` values in [0, 1], row-major; the same in every engine. `grain` is the
 * width of the even noise on each pixel: without any, symmetry leaves ties, and what a measured
 * feature does with a tie hangs on the order of operations.
 */
export const goldenPatch = (seed: number, size: number, grain = 0): Float32Array => {
  const random = seededRandom(seed);
  const [cx, cy] = [0.4 + 0.2 * random(), 0.4 + 0.2 * random()];
  const [rx, ry] = [0.12 + 0.2 * random(), 0.12 + 0.2 * random()];
  const [base, slope, peak] = [0.1 + 0.3 * random(), 0.3 * random(), 0.2 + 0.4 * random()];
  const edge = 0.05 + 0.3 * random();
  const patch = new Float32Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) / size;
      const y = (row + 0.5) / size;
      const r = hypotenuse((x - cx) / rx, (y - cy) / ry);
      const noise = grain > 0 ? grain * (random() - 0.5) : 0;
      const lesion = peak / (1 + exponential((r - 1) / edge));
      patch[row * size + column] = Math.min(Math.max(base + slope * x + lesion + noise, 0), 1);
    }
  return patch;
};
