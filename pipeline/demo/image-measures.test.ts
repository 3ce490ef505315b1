import { describe, expect, it } from 'vitest';
import { noiseOf, spectrumSlope, TILE } from './image-measures.ts';
import { fftLine } from './fft.ts';
import { createRandom } from './random.ts';

const white = (sigma: number): Float64Array => {
  const random = createRandom(4);
  return Float64Array.from({ length: TILE * TILE }, () => 100 + sigma * random.normal());
};

/** White noise shaped to a power spectrum 1/f^beta. */
const shaped = (beta: number): Float64Array => {
  const re = Float32Array.from(white(1), (v) => v - 100);
  const im = new Float32Array(re.length);
  for (let i = 0; i < TILE; i++) fftLine(re, im, TILE, i * TILE, 1, false);
  for (let i = 0; i < TILE; i++) fftLine(re, im, TILE, i, TILE, false);
  for (let y = 0, i = 0; y < TILE; y++)
    for (let x = 0; x < TILE; x++, i++) {
      const f = Math.hypot(Math.min(x, TILE - x), Math.min(y, TILE - y));
      const gain = f > 0 ? f ** (-beta / 2) : 0;
      re[i] = (re[i] as number) * gain;
      im[i] = (im[i] as number) * gain;
    }
  for (let i = 0; i < TILE; i++) fftLine(re, im, TILE, i * TILE, 1, true);
  for (let i = 0; i < TILE; i++) fftLine(re, im, TILE, i, TILE, true);
  return Float64Array.from(re);
};

describe('spectrumSlope', () => {
  it('finds 0 for white noise and 3 for a 1/f^3 field', () => {
    expect(Math.abs(spectrumSlope(white(5)))).toBeLessThan(0.3);
    expect(Math.abs(spectrumSlope(shaped(3)) - 3)).toBeLessThan(0.4);
  });
});

describe('noiseOf', () => {
  it('finds the deviation of white noise and ignores a ramp', () => {
    expect(noiseOf(white(5))).toBeCloseTo(5, 0);
    const ramp = Float64Array.from({ length: TILE * TILE }, (_, i) => i % TILE);
    expect(noiseOf(ramp)).toBeCloseTo(0, 6);
  });
});
