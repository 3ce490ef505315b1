import { expect, it } from 'vitest';
import { UNSHARP_KERNEL } from './sharpening.ts';

it('keeps even grey as it is and steepens edges', () => {
  expect(UNSHARP_KERNEL.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  const edge = [0, 0, 0, 1, 1];
  const dark = UNSHARP_KERNEL.reduce((sum, w, i) => sum + w * (edge[i % 5] ?? 0), 0);
  expect(dark).toBeLessThan(0);
});
