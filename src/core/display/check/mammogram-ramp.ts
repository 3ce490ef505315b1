import type { MammogramImage } from '../../image/mammogram-image.ts';
import { plainImage } from '../../image/plain-image.ts';

const TOP = 4095;

/**
 * A mammogram of 12 bits that rises from black to white and, below, falls again, as many pixels as the
 * screen: to be shown as any other, one pixel of it to one of the screen.
 */
export const mammogramRamp = (columns: number, rows: number): MammogramImage => {
  const pixels = new Uint16Array(columns * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const value = Math.round((TOP * x) / (columns - 1));
      pixels[y * columns + x] = 2 * y < rows ? value : TOP - value;
    }
  return plainImage(columns, rows, pixels, {
    voi: [{ kind: 'window', center: 2047.5, width: TOP, fn: 'LINEAR_EXACT' }],
  });
};

/** Grey levels of 0 to 255 that the pixel at a place of the ramp should have, to a fraction. */
export const rampGrey = (image: MammogramImage, x: number, y: number): number =>
  (255 * (image.pixels[y * image.columns + x] as number)) / TOP;
