import { describe, expect, it } from 'vitest';
import type { MammogramImage } from './mammogram-image.ts';
import { testImage } from './testing.ts';
import { workingGrey } from './working-grey.ts';

const [COLUMNS, ROWS] = [80, 100];
/** Air of `air` on the right half, tissue of 600 levels above 200 on the left. */
const picture = (over: Partial<MammogramImage> = {}, air = 0): MammogramImage =>
  testImage(COLUMNS, ROWS, (x, y) => (x < 40 ? 200 + ((x * 17 + y * 7) % 600) : air), over);
const mapped = (image: MammogramImage, map: (v: number, x: number) => number): MammogramImage => ({
  ...image,
  pixels: Uint16Array.from(image.pixels, (v, i) => map(v, i % COLUMNS)),
  bitsStored: 16,
});
const greyOf = (image: MammogramImage): number[] => {
  const { first, values } = workingGrey(image);
  return Array.from(image.pixels, (v) => values[v - first] as number);
};
const plain = greyOf(picture());

describe('working grey', () => {
  it('is the stored value over 255 of a picture of 8 bits, as in training', () => {
    const image = testImage(256, 1, (x) => x, { bitsStored: 8 });
    expect(greyOf(image)).toEqual(Array.from({ length: 256 }, (_, x) => Math.fround(x / 255)));
    const dim = testImage(200, 1, (x) => x, { bitsStored: 8 });
    expect(greyOf(dim)[199]).toBe(Math.fround(199 / 255));
  });

  it('knows no window, no table, no declared depth', () => {
    const window = { kind: 'window', center: 5, width: 10, fn: 'SIGMOID' } as const;
    const lut = { firstMapped: 0, values: Uint16Array.of(9, 3), bits: 16 };
    for (const over of [
      { voi: [window] },
      { voi: [{ kind: 'lut', lut } as const] },
      { bitsStored: 16 },
    ])
      expect(greyOf(picture(over))).toEqual(plain);
  });

  it('follows sense, not slope and intercept', () => {
    const negative = mapped(picture(), (v) => 4095 - v);
    const m1 = { ...negative, photometricInterpretation: 'MONOCHROME1' } as const;
    expect(greyOf(m1)).toEqual(plain);
    expect(greyOf({ ...negative, modality: { slope: -0.001, intercept: 7 } })).toEqual(plain);
    expect(greyOf({ ...negative, presentationLutShape: 'INVERSE' })).toEqual(plain);
  });

  it('takes a modality LUT', () => {
    const values = Uint16Array.from({ length: 4096 }, (_, i) => 3 * i);
    expect(greyOf(picture({ modality: { firstMapped: 0, values, bits: 16 } }))).toEqual(plain);
  });

  it('leaves out unused low bits and an offset', () => {
    expect(greyOf(mapped(picture(), (v) => 16 * v))).toEqual(plain);
    expect(greyOf(mapped(picture(), (v) => v + 1000))).toEqual(plain);
  });

  it('makes padding black, and a border of 65535 that nothing declares', () => {
    const border = mapped(picture(), (v, x) => (x > 70 ? 65_535 : v));
    expect(greyOf(border)).toEqual(plain);
    expect(greyOf({ ...border, padding: { low: 65_535, high: 65_535 } })).toEqual(plain);
    const dark = mapped(picture(), (v, x) => (x > 70 ? 65_535 : 4095 - v));
    expect(greyOf({ ...dark, photometricInterpretation: 'MONOCHROME1' })).toEqual(plain);
  });

  it('keeps air that lies far below the tissue', () => {
    const far = mapped(picture(), (v) => (v === 0 ? 0 : v + 30_000));
    const grey = greyOf(far);
    expect(Math.max(...grey.filter((_, i) => i % COLUMNS >= 40))).toBe(0);
    expect(Math.min(...grey.filter((_, i) => i % COLUMNS < 40))).toBeGreaterThan(0.5);
  });
});
