import type { MammogramImage } from './mammogram-image.ts';

/** A 12-bit MONOCHROME2 image for tests; `value(x, y)` gives the stored value. */
export const testImage = (
  columns: number,
  rows: number,
  value: (x: number, y: number) => number,
  overrides: Partial<MammogramImage> = {},
): MammogramImage => ({
  rows,
  columns,
  pixels: Uint16Array.from({ length: rows * columns }, (_, i) =>
    value(i % columns, Math.floor(i / columns)),
  ),
  bitsStored: 12,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 1, intercept: 0 },
  voi: [],
  pixelAspect: 1,
  ...overrides,
});
