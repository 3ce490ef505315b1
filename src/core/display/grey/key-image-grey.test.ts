import { expect, it } from 'vitest';
import type { MammogramImage } from '../../image/mammogram-image.ts';
import { keyImageGrey } from './key-image-grey.ts';

const image = {
  bitsStored: 8,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 2, intercept: 10 },
  voi: [{ kind: 'window', center: 0, width: 1, fn: 'LINEAR' }],
} as unknown as MammogramImage;

it('is that of the window that was on screen, in modality values, and not of the file', () => {
  const window = { center: 210, width: 200, function: 'LINEAR_EXACT' } as const;
  const { first, values } = keyImageGrey(image, { window, inverted: false });
  expect(first).toBe(0);
  // 100 stored is 210: the middle of the window.
  expect([values[50], values[100], values[150]]).toEqual([0, 0.5, 1]);
  const inverted = keyImageGrey(image, { window, inverted: true });
  expect([inverted.values[50], inverted.values[125]]).toEqual([1, 0.25]);
});

it('is that of the VOI LUT of the file where the view went through one', () => {
  const lut = { firstMapped: 0, bits: 8, values: [0, 51, 255] };
  const through = {
    ...image,
    modality: { slope: 1, intercept: 0 },
    voi: [...image.voi, { kind: 'lut', lut }],
  };
  const { values } = keyImageGrey(through as unknown as MammogramImage, { inverted: false });
  expect(values[1]).toBeCloseTo(0.2, 6);
});
