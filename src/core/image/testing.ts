import type { MammogramImage } from './mammogram-image.ts';
import { plainImage } from './plain-image.ts';

/** A 12-bit MONOCHROME2 image for tests; `value(x, y)` gives the stored value. */
export const testImage = (
  columns: number,
  rows: number,
  value: (x: number, y: number) => number,
  overrides: Partial<MammogramImage> = {},
): MammogramImage => {
  const at = (i: number) => value(i % columns, Math.floor(i / columns));
  const pixels = Uint16Array.from({ length: rows * columns }, (_, i) => at(i));
  return plainImage(columns, rows, pixels, overrides);
};
