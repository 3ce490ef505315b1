import type { Raster } from '../../image/resample.ts';
import { gaussianSmooth } from '../../segmentation/smooth.ts';
import { allCells } from './cells.ts';

/** Bright lines of one width: strength (grey, 0 where none) and unit direction along the line. */
export interface RidgeField {
  readonly strength: Float32Array;
  /** cos and sin of twice the line's angle to the x axis, so that a line has no head. */
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
}

/** Central difference of values `step` apart about place `at` of `count`, one-sided at either end. */
const difference = (
  value: (i: number) => number,
  i: number,
  step: number,
  at: number,
  count: number,
): number => {
  if (count < 2) return 0;
  if (at === 0) return value(i + step) - value(i);
  if (at === count - 1) return value(i) - value(i - step);
  return (value(i + step) - value(i - step)) / 2;
};

/**
 * Bright lines at some cells (in rising order) of a smoothed raster, in their order: of width about 2 sigma (pixels),
 * sigma that of the smoothing, by the Hessian: strength is sigma^2 times the most negative eigenvalue's
 * size less that of the other where that is negative too (a blob is no line), direction is across that
 * eigenvector (second-order Gaussian derivative operators of Karssemeijer & te Brake, IEEE TMI 15,
 * 1996; scale normalisation of Lindeberg 1998). Derivatives are central differences of 32-bit floats,
 * one-sided at the edges (numpy.gradient).
 */
export const ridgesAt = (
  { width, height, data }: Raster,
  sigma: number,
  cells: Int32Array,
): RidgeField => {
  const count = cells.length;
  const strength = new Float32Array(count);
  const cos2 = new Float32Array(count);
  const sin2 = new Float32Array(count);
  const columnOf = (i: number) => i % width;
  const rowOf = (i: number) => Math.floor(i / width);
  const grey = (i: number) => data[i] as number;
  const across = (i: number) => Math.fround(difference(grey, i, 1, columnOf(i), width));
  const down = (i: number) => Math.fround(difference(grey, i, width, rowOf(i), height));
  for (let k = 0, y = 0; k < count; k++) {
    const i = cells[k] as number;
    while (i >= (y + 1) * width) y++;
    const x = i - y * width;
    let [a, b, c] = [0, 0, 0];
    if (x > 1 && y > 1 && x < width - 2 && y < height - 2) {
      const here = data[i] as number;
      const [up, low] = [i - width, i + width];
      const right = Math.fround(((data[i + 2] as number) - here) / 2);
      const left = Math.fround((here - (data[i - 2] as number)) / 2);
      const below = Math.fround(((data[low + width] as number) - here) / 2);
      const above = Math.fround((here - (data[up - width] as number)) / 2);
      const belowAcross = Math.fround(((data[low + 1] as number) - (data[low - 1] as number)) / 2);
      const aboveAcross = Math.fround(((data[up + 1] as number) - (data[up - 1] as number)) / 2);
      a = Math.fround((right - left) / 2);
      b = Math.fround((belowAcross - aboveAcross) / 2);
      c = Math.fround((below - above) / 2);
    } else {
      a = Math.fround(difference(across, i, 1, x, width));
      b = Math.fround(difference(across, i, width, y, height));
      c = Math.fround(difference(down, i, width, y, height));
    }
    const lean = (a - c) / 2;
    const middle = (a + c) / 2;
    // Math.hypot takes many times as long, and no grey comes near its range.
    const half = Math.sqrt(lean * lean + b * b);
    const least = middle - half;
    if (least >= 0 || half === 0) continue;
    strength[k] = sigma * sigma * (-least + Math.min(middle + half, 0));
    // The high eigenvalue's direction (cos 2t, sin 2t) = ((a - c) / 2, b) / half runs along the line.
    cos2[k] = lean / half;
    sin2[k] = b / half;
  }
  return { strength, cos2, sin2 };
};

/** The same everywhere in a raster, which is smoothed by sigma first. */
export const ridgesOf = (raster: Raster, sigma: number): RidgeField =>
  ridgesAt(gaussianSmooth(raster, sigma), sigma, allCells(raster));
