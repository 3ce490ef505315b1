import { expect, it } from 'vitest';
import { sharpened, UNSHARP_KERNEL } from './sharpening.ts';

it('keeps even grey as it is and steepens edges', () => {
  expect(UNSHARP_KERNEL.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  const edge = [0, 0, 0, 1, 1];
  const dark = UNSHARP_KERNEL.reduce((sum, w, i) => sum + w * (edge[i % 5] ?? 0), 0);
  expect(dark).toBeLessThan(0);
});

it('is the same mask without a graphics card', () => {
  const [width, height] = [9, 7];
  const grey = Float32Array.from({ length: width * height }, (_, i) => (i * 37) % 200);
  const out = sharpened(grey, width, height);
  for (let y = 2; y < height - 2; y++)
    for (let x = 2; x < width - 2; x++) {
      const wanted = UNSHARP_KERNEL.reduce((sum, w, i) => {
        const [dx, dy] = [(i % 5) - 2, Math.floor(i / 5) - 2];
        return sum + w * (grey[(y + dy) * width + x + dx] as number);
      }, 0);
      expect(out[y * width + x]).toBeCloseTo(wanted, 3);
    }
  expect(new Set(sharpened(new Float32Array(20).fill(90), 5, 4))).toEqual(new Set([90]));
});
