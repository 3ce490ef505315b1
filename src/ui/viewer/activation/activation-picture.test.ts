import { expect, it } from 'vitest';
import { activationPixels } from './activation-picture.ts';

it('colours by direction and fades by size', () => {
  const map = { rows: 1, columns: 3, values: Float32Array.of(0.5, -1, 0) };
  const pixels = activationPixels(map, 1);
  expect([...pixels.subarray(0, 4)]).toEqual([255, 145, 60, 128]);
  expect([...pixels.subarray(4, 8)]).toEqual([70, 160, 255, 255]);
  expect(pixels[11]).toBe(0);
});

it('is blank where nothing speaks', () => {
  const map = { rows: 1, columns: 2, values: Float32Array.of(0, 0) };
  expect([...activationPixels(map, 0)].filter((_, i) => i % 4 === 3)).toEqual([0, 0]);
});
