/**
 * In-place radix-2 FFT of one strided line of a complex array (Cooley-Tukey). `n` is a power of
 * two; elements are at `offset + k * stride`. Unnormalised: forward then inverse multiplies by n.
 */
export const fftLine = (
  re: Float32Array,
  im: Float32Array,
  n: number,
  offset: number,
  stride: number,
  inverse: boolean,
): void => {
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const a = offset + i * stride;
      const b = offset + j * stride;
      [re[a], re[b]] = [re[b] as number, re[a] as number];
      [im[a], im[b]] = [im[b] as number, im[a] as number];
    }
  }
  for (let length = 2; length <= n; length <<= 1) {
    const half = length >> 1;
    const angle = ((inverse ? 2 : -2) * Math.PI) / length;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos(angle * k);
      const sin = Math.sin(angle * k);
      for (let start = 0; start < n; start += length) {
        const a = offset + (start + k) * stride;
        const b = a + half * stride;
        const xr = (re[b] as number) * cos - (im[b] as number) * sin;
        const xi = (re[b] as number) * sin + (im[b] as number) * cos;
        re[b] = (re[a] as number) - xr;
        im[b] = (im[a] as number) - xi;
        re[a] = (re[a] as number) + xr;
        im[a] = (im[a] as number) + xi;
      }
    }
  }
};

/** In-place FFT of an n x n x n complex volume, index (z * n + y) * n + x. Unnormalised. */
export const fftCube = (re: Float32Array, im: Float32Array, n: number, inverse: boolean): void => {
  for (let i = 0; i < n * n; i++) fftLine(re, im, n, i * n, 1, inverse);
  for (let z = 0; z < n; z++)
    for (let x = 0; x < n; x++) fftLine(re, im, n, z * n * n + x, n, inverse);
  for (let i = 0; i < n * n; i++) fftLine(re, im, n, i, n * n, inverse);
};
