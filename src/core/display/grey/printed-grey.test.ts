import { expect, it } from 'vitest';
import { testImage } from '../../image/testing.ts';
import type { MammogramImage, Voi } from '../../image/mammogram-image.ts';
import type { BreastShape } from '../../image/breast-shape.ts';
import { printedGrey } from './printed-grey.ts';

/** Air on the right, tissue of 1,000 to 1,500 on the left. */
const half = (change: Partial<MammogramImage> = {}): MammogramImage =>
  testImage(64, 64, (x, y) => (x < 32 ? 1000 + 8 * x + 4 * y : 0), change);
const shape: BreastShape = {
  box: { x: 0, y: 0, width: 32, height: 64 },
  columns: 8,
  rows: 8,
  cells: Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 255 : 0)),
};
const greyAt = (image: MammogramImage, of: BreastShape | undefined, stored: number) => {
  const { first, values } = printedGrey(image, of);
  return values[stored - first] as number;
};
const black: Voi = { kind: 'window', center: 100_000, width: 10, fn: 'LINEAR' };

it.each([
  ['no window', []],
  ['a black window', [black]],
  ['a step in the tissue', [{ ...black, center: 1200, width: 1 }]],
  [
    'a falling table',
    [{ kind: 'lut', lut: { firstMapped: 0, values: Uint8Array.of(255, 0), bits: 8 } }],
  ],
] as [string, readonly Voi[]][])('spans the tissue of a file with %s', (_, voi) => {
  const image = half({ voi });
  expect(greyAt(image, shape, 1016)).toBeLessThan(0.1);
  expect(greyAt(image, shape, 1230)).toBeCloseTo(0.5, 0.5);
  expect(greyAt(image, shape, 1480)).toBeGreaterThan(0.9);
});

it('is as dense for MONOCHROME1, where dark values are dense', () => {
  const turned = half({ photometricInterpretation: 'MONOCHROME1' });
  expect(greyAt(turned, shape, 1016)).toBeGreaterThan(0.9);
});

it('is the grey that is scored where no breast is known, whatever the window', () => {
  const grey = greyAt(half({ voi: [black] }), undefined, 1200);
  expect(grey).toBeGreaterThan(0.2);
  expect(grey).toBe(greyAt(half(), undefined, 1200));
});
