import { describe, expect, it } from 'vitest';
import type { Voi } from '../../image/mammogram-image.ts';
import { presentationTransform } from '../../image/presentation-values.ts';
import { greyBytes, greyTransform } from './screen-grey.ts';
import { testImage } from '../../image/testing.ts';

const window = (
  center: number,
  width: number,
  fn: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID' = 'LINEAR',
): Voi => ({ kind: 'window', center, width, fn });

describe('greyTransform', () => {
  const image = testImage(1, 1, () => 0, {
    bitsStored: 16,
    photometricInterpretation: 'MONOCHROME1',
    padding: { low: 0, high: 10 },
  });

  it('is the grey pipeline of the scores', () => {
    const voi = window(500, 400, 'SIGMOID');
    const grey = greyTransform(image, { voi, inverted: false });
    const expected = presentationTransform({ ...image, voi: [voi] });
    for (const v of [11, 300, 500, 900]) expect(grey(v)).toBe(expected(v));
  });

  it('keeps padding black, inverted or not', () => {
    for (const inverted of [false, true])
      expect(greyTransform(image, { voi: window(500, 400), inverted })(5)).toBe(0);
    expect(greyTransform(image, { voi: window(500, 400), inverted: true })(11)).toBe(0);
    expect(greyTransform(image, { voi: window(500, 400), inverted: false })(11)).toBe(1);
  });
});

describe('greyBytes', () => {
  it('has each stored value, signed ones from the lowest', () => {
    const image = testImage(1, 1, () => 0, { signed: true, bitsStored: 8 });
    const voi = window(0, 256, 'LINEAR_EXACT');
    const bytes = greyBytes(image, { voi, inverted: true, air: -128 });
    expect(bytes.first).toBe(-128);
    expect(Array.from(bytes.values.slice(0, 2))).toEqual([0, 254]);
    expect([bytes.values[128], bytes.values[255]]).toEqual([128, 1]);
  });
});
