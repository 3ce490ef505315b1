import { describe, expect, it } from 'vitest';
import type { WorkingImage } from '../image/working-image.ts';
import { patchProblem } from './judge-patch.ts';

const [WIDTH, HEIGHT] = [200, 200];
/** Breast in the left half, its grey by `grey`. */
const image = (grey: (x: number, y: number) => number): WorkingImage => ({
  width: WIDTH,
  height: HEIGHT,
  data: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    grey(i % WIDTH, Math.floor(i / WIDTH)),
  ),
  breast: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH < 100 ? 1 : 0)),
  columnsPerPixel: 2,
  rowsPerPixel: 2,
});
const textured = image((x, y) => 0.4 + 0.2 * Math.sin(x) * Math.cos(y));
const at = (x: number) => ({ x, y: 150, width: 80, height: 80 });
const rule = { size: 40, context: 1.3 };
const codeOf = (working: WorkingImage, x: number) => patchProblem(working, at(x), rule)?.code;

describe('a marked place', () => {
  it('is judged on tissue, and up to its edge', () => {
    expect(codeOf(textured, 60)).toBeUndefined();
    expect(codeOf(textured, 150)).toBeUndefined();
  });
  it('is not where it lies in air, or mostly outside the breast', () => {
    expect(codeOf(textured, 300)).toBe('in-air');
    expect(codeOf(textured, 175)).toBe('outside-breast');
  });
  it('is not without contrast', () => {
    expect(
      codeOf(
        image(() => 0.4),
        60,
      ),
    ).toBe('no-contrast');
    expect(
      codeOf(
        image(() => 0),
        60,
      ),
    ).toBe('no-contrast');
    expect(
      codeOf(
        image((x) => 0.4 + x / 10_000),
        60,
      ),
    ).toBe('no-contrast');
  });
  it('is not where it is saturated', () => {
    expect(
      codeOf(
        image(() => 1),
        60,
      ),
    ).toBe('saturated');
    expect(
      codeOf(
        image((x) => (x % 60 === 0 ? 0.3 : 1)),
        60,
      ),
    ).toBe('saturated');
    expect(
      codeOf(
        image((x) => (x % 3 === 0 ? 0.3 : 1)),
        60,
      ),
    ).toBeUndefined();
  });
});
