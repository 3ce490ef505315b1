import type { MammogramImage } from './mammogram-image.ts';

/** A made-up image of 12 bits, row by row, of which nothing is said but its pixels, and what `more` says. */
export const plainImage = (
  columns: number,
  rows: number,
  pixels: Uint16Array,
  more: Partial<MammogramImage> = {},
): MammogramImage => ({
  rows,
  columns,
  pixels,
  bitsStored: 12,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 1, intercept: 0 },
  voi: [],
  pixelAspect: 1,
  ...more,
});
