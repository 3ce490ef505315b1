import { describe, expect, it } from 'vitest';
import { bilinear, resample } from './resample.ts';

const read = (data: readonly number[], width: number, height: number) => ({ width, height, data });

describe('resample', () => {
  it('averages exactly what each output pixel covers, also at fractional factors', () => {
    expect([...resample(read([0, 3, 6], 3, 1), 2, 1).data]).toEqual([1, 5]);
    expect([...resample(read([1, 2, 3, 4], 2, 2), 1, 1).data]).toEqual([2.5]);
  });

  it('keeps the mean of an image when it shrinks', () => {
    const values = Array.from({ length: 35 }, (_, i) => Math.sin(i * 1.7));
    const { data } = resample(read(values, 7, 5), 3, 2);
    const mean = (a: ArrayLike<number>) => Array.from(a).reduce((s, v) => s + v, 0) / a.length;
    expect(mean(data)).toBeCloseTo(mean(values), 5);
  });

  it('interpolates linearly where an axis grows and keeps a ramp a ramp', () => {
    const { data } = resample(read([0, 1, 2, 3], 1, 4), 1, 8);
    expect([...data]).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3]);
  });

  it('copies at equal size', () => {
    expect([...resample(read([1, 2, 3, 4], 2, 2), 2, 2).data]).toEqual([1, 2, 3, 4]);
  });
});

describe('bilinear', () => {
  const raster = { width: 2, height: 2, data: Float32Array.of(0, 1, 2, 3) };
  it('gives the pixel at its centre, the mean at the corner, the edge beyond it', () => {
    expect(bilinear(raster, 0.5, 0.5)).toBe(0);
    expect(bilinear(raster, 1, 1)).toBe(1.5);
    expect(bilinear(raster, 99, 99)).toBe(3);
  });
});
