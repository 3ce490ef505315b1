import { expect, it } from 'vitest';
import { breastShare } from './breast-share.ts';

it('is the share of the box that lies on breast', () => {
  const [width, height] = [20, 10];
  const breast = Uint8Array.from({ length: width * height }, (_, i) => (i % width < 10 ? 1 : 0));
  const data = new Float32Array(width * height);
  const image = { width, height, data, breast, columnsPerPixel: 4, rowsPerPixel: 2 };
  const at = (x: number) => breastShare(image, { x, y: 2, width: 15.9, height: 7.9 });
  expect(at(8)).toBe(1);
  expect(at(32)).toBe(0.5);
  expect(at(48)).toBe(0);
  expect(breastShare(image, { x: 500, y: 500, width: 10, height: 10 })).toBe(0);
});
