import { expect, it } from 'vitest';
import { brightnessLevels, countStored } from './brightness-levels.ts';
import { testImage } from './testing.ts';

it('leaves out bright padding of signed pixels, and counts what lies on the rim, a corner for both its sides', () => {
  const values = [-40, -40, -40, -40, 7, 2000, -40, -40, -40, -40, -40, 2000];
  const image = testImage(4, 3, (x, y) => values[y * 4 + x] as number, {
    signed: true,
    pixels: Int16Array.from(values),
    padding: { low: 2000, high: 2000 },
  });
  expect(brightnessLevels(image, countStored(image))).toEqual([
    { at: -40, pixels: 9, rim: 11 },
    { at: 7, pixels: 1, rim: 1 },
  ]);
});
