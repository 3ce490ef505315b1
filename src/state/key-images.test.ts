import { expect, it, vi } from 'vitest';
import type { ScreenGrey } from '../core/display/grey/screen-grey.ts';
import { lookAgain, lookOf } from './key-images.ts';

const WINDOW: ScreenGrey = {
  voi: { kind: 'window', center: 1000, width: 500, fn: 'LINEAR' },
  inverted: true,
};

/** A view of 200 x 100 CSS pixels at two a stored pixel, mirrored, its left edge at column 90. */
const mirrored = (grey: ScreenGrey | null = WINDOW) => ({
  size: () => ({ width: 200, height: 100 }),
  canvasToImage: ({ x, y }: { x: number; y: number }) => ({ x: 90.5 - x / 2, y: 20.25 + y / 2 }),
  imageToCanvas: ({ x, y }: { x: number; y: number }) => ({
    x: (90.5 - x) * 2,
    y: (y - 20.25) * 2,
  }),
  screenGrey: () => grey,
  pose: () => ({ center: { x: 0, y: 0 }, scale: 4 }),
  lookAt: vi.fn(),
  setWindow: vi.fn(),
  invert: vi.fn(),
});

it('is the whole pixels of the image on show, with window and inversion', () => {
  expect(lookOf(mirrored(), { columns: 80, rows: 60 })).toEqual({
    // Columns -9.5 to 90.5 and rows 20.25 to 70.25, as far as there is an image.
    area: { x: 0, y: 20, width: 80, height: 40 },
    window: { center: 1000, width: 500, function: 'LINEAR' },
    inverted: true,
  });
  const lut = { bits: 8, firstMapped: 0, values: [0, 1] };
  const throughTable = lookOf(
    mirrored({ voi: { kind: 'lut', lut } as unknown as ScreenGrey['voi'], inverted: false }),
    { columns: 80, rows: 60 },
  );
  expect(throughTable?.window).toBeUndefined();
});

it('is nothing where the image is out of sight or not there', () => {
  expect(lookOf(mirrored(), { columns: 80, rows: 15 })).toBeUndefined();
  expect(lookOf(mirrored(null), { columns: 80, rows: 60 })).toBeUndefined();
});

it('is looked at again whole, in its window', () => {
  const view = mirrored();
  lookAgain(view, {
    id: 'k',
    sopInstanceUid: 's',
    at: '',
    area: { x: 20, y: 10, width: 40, height: 40 },
    window: { center: 7, width: 8, function: 'LINEAR' },
    inverted: false,
  });
  // 40 pixels are 80 CSS pixels now and may be 100: a quarter more.
  expect(view.lookAt).toHaveBeenCalledExactlyOnceWith({ center: { x: 40, y: 30 }, scale: 5 });
  expect(view.setWindow).toHaveBeenCalledExactlyOnceWith(7, 8);
  expect(view.invert).toHaveBeenCalledExactlyOnceWith(false);
});
