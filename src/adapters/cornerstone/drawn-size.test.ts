import { describe, expect, it } from 'vitest';
import { drawnRows, drawnShare, drawnSize } from './drawn-size.ts';

describe('the texture of an image', () => {
  it('holds every pixel where the device takes it, and the longer side otherwise', () => {
    expect(drawnShare({ width: 8192, height: 4096 }, 8192)).toBe(1);
    expect(drawnSize({ width: 8192, height: 4096 }, 8192)).toEqual({ width: 8192, height: 4096 });
    expect(drawnShare({ width: 4096, height: 16_384 }, 8192)).toBe(0.5);
    expect(drawnSize({ width: 4096, height: 16_384 }, 8192)).toEqual({ width: 2048, height: 8192 });
    expect(drawnSize({ width: 1, height: 100_000 }, 8192)).toEqual({ width: 1, height: 8192 });
  });

  it('takes the mean of the stored values under each of its own, strip by strip the same', () => {
    const [columns, rows] = [6, 4];
    const pixels = Uint16Array.from({ length: columns * rows }, (_, i) => 100 * i);
    const image = { pixels, columns, rows };
    const size = { width: 3, height: 2 };
    const mean = (x: number, y: number) =>
      [0, 1, columns, columns + 1].reduce((sum, by) => sum + 100 * (y * columns + x + by), 0) / 4;
    const wanted = [mean(0, 0), mean(2, 0), mean(4, 0), mean(0, 2), mean(2, 2), mean(4, 2)];
    expect([...drawnRows(image, size, 0, 2)]).toEqual(wanted);
    expect([...drawnRows(image, size, 1, 1)]).toEqual(wanted.slice(3));
  });

  it('keeps every place where it was when the sides do not divide', () => {
    // A ramp along the rows stays one: the value at a texel is that of the place in its middle.
    const [columns, rows, width] = [1000, 1, 819];
    const pixels = Float32Array.from({ length: columns }, (_, i) => i + 0.5);
    const texels = drawnRows({ pixels, columns, rows }, { width, height: 1 }, 0, 1);
    const off = texels.map((value, i) => Math.abs(value - ((i + 0.5) * columns) / width));
    expect(Math.max(...off)).toBeLessThan(0.25);
  });
});
