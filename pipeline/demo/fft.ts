/** Twiddle factors and scratch of one length; made once. */
interface Plan {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly reverse: Uint32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const plans = new Map<number, Plan>();

const planOf = (n: number): Plan => {
  const known = plans.get(n);
  if (known) return known;
  const angles = Float64Array.from({ length: n / 2 }, (_, k) => (2 * Math.PI * k) / n);
  const reverse = new Uint32Array(n);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    reverse[i] = j;
  }
  const plan = {
    cos: angles.map(Math.cos),
    sin: angles.map(Math.sin),
    reverse,
    re: new Float64Array(n),
    im: new Float64Array(n),
  };
  plans.set(n, plan);
  return plan;
};

const butterflies = ({ cos, sin, re, im }: Plan, n: number, sign: number): void => {
  for (let length = 2; length <= n; length <<= 1) {
    const half = length >> 1;
    const stride = n / length;
    for (let start = 0; start < n; start += length)
      for (let k = 0; k < half; k++) {
        const c = cos[k * stride] as number;
        const s = sign * (sin[k * stride] as number);
        const a = start + k;
        const b = a + half;
        const xr = (re[b] as number) * c - (im[b] as number) * s;
        const xi = (re[b] as number) * s + (im[b] as number) * c;
        re[b] = (re[a] as number) - xr;
        im[b] = (im[a] as number) - xi;
        re[a] = (re[a] as number) + xr;
        im[a] = (im[a] as number) + xi;
      }
  }
};

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
  const plan = planOf(n);
  for (let k = 0, at = offset; k < n; k++, at += stride) {
    const slot = plan.reverse[k] as number;
    plan.re[slot] = re[at] as number;
    plan.im[slot] = im[at] as number;
  }
  butterflies(plan, n, inverse ? 1 : -1);
  for (let k = 0, at = offset; k < n; k++, at += stride) {
    re[at] = plan.re[k] as number;
    im[at] = plan.im[k] as number;
  }
};

/** In-place FFT of an n x n x n complex volume, index (z * n + y) * n + x. Unnormalised. */
export const fftCube = (re: Float32Array, im: Float32Array, n: number, inverse: boolean): void => {
  for (let i = 0; i < n * n; i++) fftLine(re, im, n, i * n, 1, inverse);
  for (let z = 0; z < n; z++)
    for (let x = 0; x < n; x++) fftLine(re, im, n, z * n * n + x, n, inverse);
  for (let i = 0; i < n * n; i++) fftLine(re, im, n, i, n * n, inverse);
};
