import { expect, it } from 'vitest';
import type { WorkingImage } from '../../image/working-image.ts';
import { cutLesion, gridOf } from './lesion-cut.ts';

const [WIDTH, HEIGHT] = [50, 40];
const isBreast = (x: number, y: number) =>
  x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT && x + y < 60;
const image: WorkingImage = {
  ...{ width: WIDTH, height: HEIGHT, columnsPerPixel: 2, rowsPerPixel: 2.5 },
  data: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % 97) / 97),
  breast: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isBreast(i % WIDTH, Math.floor(i / WIDTH)) ? 1 : 0,
  ),
};

it.each([
  ['inside the image', { x: 60, y: 60, width: 20, height: 24 }],
  ['at its upper left corner', { x: 0, y: 0, width: 31, height: 20 }],
  ['at its lower right corner', { x: 75, y: 70, width: 25, height: 30 }],
])('of a box %s shows breast where the image does, and none beyond it', (_, box) => {
  const cut = cutLesion(image, box);
  const side = cut.square.width;
  expect(side).toBe(Math.round(2.2 * Math.max(box.width / 2, box.height / 2.5)));
  for (const cells of [side, 16, 64]) {
    const { roi, valid } = gridOf(cut, cells);
    expect([roi.width, roi.height, valid.length]).toEqual([cells, cells, cells * cells]);
    valid.forEach((shown, i) => {
      const x = Math.floor(roi.x + ((i % cells) + 0.5) * roi.step);
      const y = Math.floor(roi.y + (Math.floor(i / cells) + 0.5) * roi.step);
      expect(shown === 1, `${x} ${y} of ${cells}`).toBe(isBreast(x, y));
    });
  }
});
