import { describe, expect, it } from 'vitest';
import { sampleStored, type Sampling } from './sample-stored.ts';

/** 3 columns, 2 rows. */
const image = { columns: 3, rows: 2, pixels: Uint16Array.from([10, 20, 30, 40, 50, 60]) };
const asStored: Sampling = {
  width: 3,
  height: 2,
  across: { at: 0.5, step: 1 },
  down: { at: 0.5, step: 1 },
  transpose: false,
};
const sampled = (change: Partial<Sampling>) => [...sampleStored(image, { ...asStored, ...change })];

describe('stored values under the pixels of a screen', () => {
  it('are those of the image, one to one', () => {
    expect(sampled({})).toEqual([10, 20, 30, 40, 50, 60]);
  });

  it('are turned and mirrored with it', () => {
    expect(sampled({ across: { at: 2.5, step: -1 } })).toEqual([30, 20, 10, 60, 50, 40]);
    expect(sampled({ down: { at: 1.5, step: -1 } })).toEqual([40, 50, 60, 10, 20, 30]);
    expect(sampled({ width: 2, height: 3, transpose: true })).toEqual([10, 40, 20, 50, 30, 60]);
  });

  it('are averaged over areas where it is smaller on screen', () => {
    expect(
      sampled({ width: 1, height: 1, across: { at: 1.5, step: 3 }, down: { at: 1, step: 2 } }),
    ).toEqual([35]);
    const [first, second] = sampled({ width: 2, height: 1, across: { at: 0.75, step: 1.5 } });
    expect(first).toBeCloseTo((10 + 20 / 2) / 1.5, 4);
    expect(second).toBeCloseTo((20 / 2 + 30) / 1.5, 4);
  });

  it('are interpolated where it is larger, and held at its edge', () => {
    const row = sampled({ width: 6, height: 1, across: { at: 0.25, step: 0.5 } });
    expect(row).toEqual([10, 12.5, 17.5, 22.5, 27.5, 30]);
  });

  it('are none beside the image', () => {
    expect(sampled({ width: 5, height: 1, across: { at: -0.5, step: 1 } })).toEqual([
      NaN,
      10,
      20,
      30,
      NaN,
    ]);
    expect(sampled({ down: { at: 9, step: 1 } })).toEqual(Array(6).fill(NaN));
  });

  it('of a large image take each of its pixels in once', () => {
    const size = 600;
    const pixels = Uint16Array.from({ length: size * size }, (_, i) => (i * 7919) % 4096);
    const mean = pixels.reduce((sum, v) => sum + v, 0) / pixels.length;
    const small = sampleStored(
      { columns: size, rows: size, pixels },
      {
        width: 40,
        height: 24,
        across: { at: 7.5, step: 15 },
        down: { at: 12.5, step: 25 },
        transpose: false,
      },
    );
    expect(small.reduce((sum, v) => sum + v, 0) / small.length).toBeCloseTo(mean, 1);
  });
});
