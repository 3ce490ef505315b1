import { describe, expect, it } from 'vitest';
import { storedValues } from './stored-values.ts';
import { testImage } from './testing.ts';

describe('storedValues', () => {
  const of = (values: readonly number[], over = {}) =>
    storedValues(testImage(values.length, 1, (x) => values[x] as number, over));

  it('separates the padding from what occurs besides', () => {
    const padding = { low: 65535, high: 65535 };
    const { all, tissue } = of([0, 0, 120, 4000, 65535], { padding, bitsStored: 16 });
    expect(all).toEqual({ low: 0, high: 65535 });
    expect(tissue).toEqual({ low: 0, high: 4000 });
  });

  it('falls back to the padding where there is nothing else', () => {
    expect(of([7, 7, 7], { padding: { low: 7, high: 7 } }).tissue).toEqual({ low: 7, high: 7 });
  });

  it('counts signed values from the lowest', () => {
    const pixels = Int16Array.of(-32768, -5, 32767);
    const { all } = of([0, 0, 0], { pixels, signed: true, bitsStored: 16 });
    expect(all).toEqual({ low: -32768, high: 32767 });
  });
});

describe('the air of storedValues', () => {
  // One pixel in ten is air.
  const picture = (air: number, over = {}) =>
    storedValues(testImage(100, 1, (x) => (x % 10 === 0 ? air : 500 + x), over)).air;

  it('is the darkest value that a twentieth of the pixels have', () => {
    expect(picture(3)).toBe(3);
    const few = testImage(100, 1, (x) => (x < 4 ? 3 : 500 + x));
    expect(storedValues(few).air).toBeUndefined();
  });

  it('lies at the other end where low values are white', () => {
    expect(picture(4000, { photometricInterpretation: 'MONOCHROME1' })).toBe(4000);
    expect(picture(4000, { modality: { slope: -1, intercept: 4095 } })).toBe(4000);
  });

  it('is looked for outside the padding', () => {
    expect(picture(3, { padding: { low: 3, high: 3 } })).toBeUndefined();
  });

  it('is nothing in a flat image', () => {
    expect(storedValues(testImage(9, 1, () => 5)).air).toBeUndefined();
  });
});
