import { describe, expect, it } from 'vitest';
import type { WorkingImage } from '../image/working-image.ts';
import { testImage } from '../image/testing.ts';
import { toWorkingImage } from '../image/working-image.ts';
import { finderInput, finderInputKey, type FinderRule } from './finder-input.ts';

const RULE: FinderRule = {
  mmPerPixel: 0.4,
  rowsWithoutSpacing: 680,
  maxWidth: 416,
  maxHeight: 704,
  margin: 8,
  stride: 32,
};

/** Air with a breast box [x, y, w, h] of grey 0.5 and one bright square of 20 at (bx, by). */
const working = (
  [width, height]: [number, number],
  [x, y, w, h]: [number, number, number, number],
  [bx, by]: [number, number],
  mmPerPixel?: number,
): WorkingImage => {
  const data = new Float32Array(width * height);
  const breast = new Uint8Array(width * height);
  for (let v = y; v < y + h; v++)
    for (let u = x; u < x + w; u++) {
      data[v * width + u] = 0.5;
      breast[v * width + u] = 1;
    }
  for (let v = by - 10; v < by + 10; v++)
    for (let u = bx - 10; u < bx + 10; u++) data[v * width + u] = 1;
  const spacing = mmPerPixel ? { mmPerPixel } : {};
  return { width, height, data, breast, columnsPerPixel: 2, rowsPerPixel: 3, ...spacing };
};

/** Stored place of the middle of what is brighter than 0.75. */
const brightAt = (image: WorkingImage, rule = RULE) => {
  const input = finderInput(image, rule);
  let [sx, sy, n] = [0, 0, 0];
  input.data.forEach((value, i) => {
    if (value < 0.75) return;
    sx += (i % input.width) + 0.5;
    sy += Math.floor(i / input.width) + 0.5;
    n++;
  });
  return {
    x: input.left + (sx / n) * input.columnsPerPixel,
    y: input.top + (sy / n) * input.rowsPerPixel,
    input,
  };
};

describe('finderInput', () => {
  it('crops to the breast in multiples of the stride and says where it lies', () => {
    const { x, y, input } = brightAt(working([1200, 1400], [0, 300, 500, 700], [200, 600], 0.2));
    expect(input.width % 32).toBe(0);
    expect(input.height % 32).toBe(0);
    expect(input.width).toBe(288);
    expect(input.height).toBe(384);
    expect(x).toBeCloseTo(400, 0);
    expect(y).toBeCloseTo(1800, 0);
  });

  it('takes the pitch from the spacing, and from the rows where there is none', () => {
    const box: [number, number, number, number] = [0, 300, 300, 500];
    const known = finderInput(working([800, 1000], box, [100, 600], 0.1), RULE);
    expect(known.columnsPerPixel).toBeCloseTo(8);
    const unknown = finderInput(working([800, 1360], box, [100, 600]), RULE);
    expect(unknown.columnsPerPixel).toBeCloseTo(4);
    expect(unknown.rowsPerPixel).toBeCloseTo(6);
  });

  it('shrinks a breast that would not fit, and still finds the place', () => {
    const { x, y, input } = brightAt(working([1200, 1500], [0, 10, 1190, 1480], [900, 300], 0.2));
    expect(input.width).toBeLessThanOrEqual(416);
    expect(input.height).toBeLessThanOrEqual(704);
    expect(Math.abs(x - 1800)).toBeLessThan(4);
    expect(Math.abs(y - 900)).toBeLessThan(6);
  });

  it('keeps a breast at the far edge whole', () => {
    const { x, input } = brightAt(working([1200, 1400], [700, 300, 500, 700], [1150, 600], 0.2));
    expect(x).toBeCloseTo(2300, 0);
    expect(input.left + input.width * input.columnsPerPixel).toBeCloseTo(2400, 0);
  });

  it('pads a tiny image with black', () => {
    const image = working([60, 50], [0, 0, 60, 50], [30, 25], 0.4);
    const input = finderInput(image, RULE);
    expect([input.width, input.height]).toEqual([64, 64]);
    expect(input.data[63]).toBe(0);
    expect(input.data[0]).toBeCloseTo(0.5);
  });
});

describe('finderInputKey', () => {
  const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 700, lowPercentile: 2, highPercentile: 99.5 };
  const grey = (x: number, y: number) =>
    x < 500 && Math.abs(y - 600) < 500 ? 1500 + ((x * 7 + y * 13) % 900) : 0;
  const keyOf = (more: Parameters<typeof testImage>[3], own = rule, cut = RULE) =>
    finderInputKey(finderInput(toWorkingImage(testImage(800, 1200, grey, more), own), cut));
  const spacing = { row: 0.2, column: 0.2 };

  it('is the same for the same input', () => {
    expect(keyOf({ spacing })).toBe(keyOf({ spacing }));
  });

  it('is another where the same pixels have another spacing, polarity, padding, or rule', () => {
    const finer = { row: 0.1, column: 0.1 };
    const tight = { ...RULE, maxWidth: 96, maxHeight: 96 };
    const keys = [
      keyOf({ spacing }),
      keyOf({ spacing: finer }),
      keyOf({}),
      keyOf({ spacing, photometricInterpretation: 'MONOCHROME1' }),
      keyOf({ spacing, padding: { low: 1500, high: 1600 } }),
      keyOf({ spacing }, { ...rule, highPercentile: 90 }),
      // The breast is shrunk to one size, and the cues are measured in millimetres all the same.
      keyOf({ spacing }, rule, tight),
      keyOf({ spacing: finer }, rule, tight),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
