import { fftCube } from './fft.ts';
import type { Random } from './random.ts';

/** A periodic 3-D random field, read by trilinear interpolation. */
export interface NoiseField {
  readonly size: number;
  readonly data: Float32Array;
  /** Value at a place in voxels; wraps around. */
  at(x: number, y: number, z: number): number;
}

const normalise = (data: Float32Array): void => {
  let sum = 0;
  let squares = 0;
  for (const v of data) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / data.length;
  const deviation = Math.sqrt(Math.max(squares / data.length - mean * mean, 1e-30));
  for (let i = 0; i < data.length; i++) data[i] = ((data[i] as number) - mean) / deviation;
};

const sampler = (data: Float32Array, n: number) => {
  const mask = n - 1;
  return (x: number, y: number, z: number): number => {
    const xf = Math.floor(x);
    const yf = Math.floor(y);
    const zf = Math.floor(z);
    const fx = x - xf;
    const fy = y - yf;
    const fz = z - zf;
    const x0 = xf & mask;
    const x1 = (xf + 1) & mask;
    const y0 = (yf & mask) * n;
    const y1 = ((yf + 1) & mask) * n;
    const z0 = (zf & mask) * n * n;
    const z1 = ((zf + 1) & mask) * n * n;
    const a0 = data[z0 + y0 + x0] as number;
    const a1 = data[z0 + y1 + x0] as number;
    const b0 = data[z1 + y0 + x0] as number;
    const b1 = data[z1 + y1 + x0] as number;
    const a = a0 + fx * ((data[z0 + y0 + x1] as number) - a0);
    const b = a1 + fx * ((data[z0 + y1 + x1] as number) - a1);
    const c = b0 + fx * ((data[z1 + y0 + x1] as number) - b0);
    const d = b1 + fx * ((data[z1 + y1 + x1] as number) - b1);
    const near = a + fy * (b - a);
    return near + fz * (c + fy * (d - c) - near);
  };
};

/** A periodic field over given voxels, index (z * size + y) * size + x; `size` a power of two. */
export const fieldOf = (data: Float32Array, size: number): NoiseField => ({
  size,
  data,
  at: sampler(data, size),
});

/**
 * Gaussian field of mean 0 and standard deviation 1 whose amplitude spectrum is `amplitude(f)`, f
 * in cycles per voxel (0 to 0.87). `size` is a power of two; the field repeats after it.
 */
export const createNoiseField = (
  random: Random,
  size: number,
  amplitude: (f: number) => number,
): NoiseField => {
  const re = new Float32Array(size ** 3);
  const im = new Float32Array(size ** 3);
  for (let i = 0; i < re.length; i++) re[i] = random.normal();
  fftCube(re, im, size, false);
  const f2 = Float64Array.from({ length: size }, (_, i) => (Math.min(i, size - i) / size) ** 2);
  for (let z = 0, i = 0; z < size; z++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++, i++) {
        const f = Math.sqrt((f2[x] as number) + (f2[y] as number) + (f2[z] as number));
        const gain = f > 0 ? amplitude(f) : 0;
        re[i] = (re[i] as number) * gain;
        im[i] = (im[i] as number) * gain;
      }
  fftCube(re, im, size, true);
  normalise(re);
  return fieldOf(re, size);
};

/**
 * Power spectrum 1/f^beta. Parenchyma in mammograms is near beta = 3 (Burgess, Med Phys 28:419,
 * 2001); a projection of an isotropic 3-D field keeps the exponent (central slice theorem).
 */
export const powerLaw =
  (beta: number) =>
  (f: number): number =>
    f ** (-beta / 2);
