import { expect, it } from 'vitest';
import { sharedImageData } from './shared-image-data.ts';

const parts = (pixelArray: Uint16Array) => ({
  origin: [0, 0, 0] as [number, number, number],
  direction: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  dimensions: [3, 1, 1] as [number, number, number],
  spacing: [1, 1, 1] as [number, number, number],
  numberOfComponents: 1,
  pixelArray,
});

it('shares the pixels and takes their range as given', () => {
  const pixels = Uint16Array.of(3, 4000, 7);
  const scalars = sharedImageData(parts(pixels), { low: 1, high: 5000 })
    .getPointData()
    .getScalars();
  expect(scalars.getData()).toBe(pixels);
  expect([...scalars.getRange()]).toEqual([1, 5000]);
  const looked = sharedImageData(parts(pixels), undefined).getPointData().getScalars();
  expect([...looked.getRange()]).toEqual([3, 4000]);
});
