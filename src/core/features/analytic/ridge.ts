import type { Raster } from '../../image/resample.ts';
import {
  derivativeAcross,
  derivativeDown,
  gaussianSmooth,
  gradientOf,
} from '../../segmentation/smooth.ts';

/** Bright lines of one width: strength (grey, 0 where none) and unit direction along the line. */
export interface RidgeField {
  readonly strength: Float32Array;
  /** cos and sin of twice the line's angle to the x axis, so that a line has no head. */
  readonly cos2: Float32Array;
  readonly sin2: Float32Array;
}

/**
 * Bright lines of width about 2 sigma (pixels), by the Hessian of the smoothed raster: strength is
 * sigma^2 times the most negative eigenvalue's size less that of the other where that is negative
 * too (a blob is no line), direction is across that eigenvector (second-order Gaussian derivative
 * operators of Karssemeijer & te Brake, IEEE TMI 15, 1996; scale normalisation of Lindeberg 1998).
 */
export const ridgesOf = (raster: Raster, sigma: number): RidgeField => {
  const { width, height } = raster;
  const { gx, gy } = gradientOf(gaussianSmooth(raster, sigma));
  const xx = derivativeAcross({ width, height, data: gx });
  const xy = derivativeDown({ width, height, data: gx });
  const yy = derivativeDown({ width, height, data: gy });
  const count = raster.data.length;
  const [strength, cos2, sin2] = [
    new Float32Array(count),
    new Float32Array(count),
    new Float32Array(count),
  ];
  for (let i = 0; i < count; i++) {
    const a = xx[i] as number;
    const b = xy[i] as number;
    const c = yy[i] as number;
    const lean = (a - c) / 2;
    const middle = (a + c) / 2;
    // Math.hypot takes many times as long, and no grey comes near its range.
    const half = Math.sqrt(lean * lean + b * b);
    const low = middle - half;
    if (low >= 0 || half === 0) continue;
    strength[i] = sigma * sigma * (-low + Math.min(middle + half, 0));
    // The high eigenvalue's direction (cos 2t, sin 2t) = ((a - c) / 2, b) / half runs along the line.
    cos2[i] = lean / half;
    sin2[i] = b / half;
  }
  return { strength, cos2, sin2 };
};
