import { expect, it } from 'vitest';
import { brightnessLevels, countStored } from './brightness-levels.ts';
import { hasBrightAir } from './bright-air.ts';
import type { MammogramImage } from './mammogram-image.ts';
import { plainImage } from './plain-image.ts';

const SIDE = 100;
/** Tissue from the left edge to `width`, of values about 500 to 3500, with a few brightest pixels; air of 40. */
const breast = (width: number, reversed: boolean, more: Partial<MammogramImage> = {}) => {
  const pixels = Uint16Array.from({ length: SIDE * SIDE }, (_, i) => {
    const value = i % SIDE < width ? 500 + ((i * 7919) % 3000) : 40 + (i % 7);
    return reversed ? 4095 - value : value;
  });
  const image = plainImage(SIDE, SIDE, pixels, more);
  return hasBrightAir(brightnessLevels(image, countStored(image)));
};

it.each([30, 50, 70])(
  'tells a reversed picture whose breast is %i of 100 columns wide',
  (width) => {
    expect(breast(width, false)).toBe(false);
    expect(breast(width, true)).toBe(true);
  },
);

it('goes by what the file says of its grey', () => {
  expect(breast(60, true, { photometricInterpretation: 'MONOCHROME1' })).toBe(false);
  expect(breast(60, false, { photometricInterpretation: 'MONOCHROME1' })).toBe(true);
});

it('says nothing of a picture without air, or without any contrast', () => {
  expect(breast(100, false)).toBe(false);
  expect(breast(100, true)).toBe(false);
  const flat = plainImage(2, 2, new Uint16Array(4));
  expect(hasBrightAir(brightnessLevels(flat, countStored(flat)))).toBe(false);
});
