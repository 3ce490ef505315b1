import { exponential, hypotenuse } from '../units/portable-math.ts';
import { seededRandom } from '../stats/random.ts';

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
