import { describe, expect, it } from 'vitest';
import { candidatesOf, isHit } from './candidates.ts';
import type { FinderInput } from './finder-input.ts';
import { mergeMaps, mirrorInput } from './finder-maps.ts';
import { emptyMaps, putMark } from './testing/made-maps.ts';

const INPUT: FinderInput = {
  width: 160,
  height: 128,
  data: new Float32Array(0),
  left: 100,
  top: 50,
  columnsPerPixel: 2,
  rowsPerPixel: 4,
};
const IMAGE = { columns: 1000, rows: 1000 };
const HALF = Math.log(0.5);

describe('candidatesOf', () => {
  it('reads centre, size and offset of a peak into stored pixels', () => {
    const maps = emptyMaps(20, 16);
    putMark(maps, 5, 3, [2, HALF, 0, 0.25, -0.5, 1.5]);
    const [first, ...others] = candidatesOf(mergeMaps(maps), INPUT, IMAGE);
    // Centre (5.75, 3.0) cells is (46, 24) input pixels; 32 x 64 input pixels.
    expect(first?.box.x).toBeCloseTo(100 + 2 * (46 - 16));
    expect(first?.box.y).toBeCloseTo(50 + 4 * (24 - 32));
    expect(first?.box.width).toBeCloseTo(64);
    expect(first?.box.height).toBeCloseTo(4 * 64);
    expect(first?.score).toBeCloseTo(1 / (1 + Math.exp(-2)));
    expect(first?.outcome).toBe(1.5);
    expect(first?.features[1]).toBe(2);
    expect(others.every((c) => c.score < 0.001)).toBe(true);
  });

  it('gives one mark a place, the stronger, and sorts by strength', () => {
    const maps = emptyMaps(20, 16);
    putMark(maps, 5, 5, [1, HALF, HALF, 0, 0, 0]);
    putMark(maps, 7, 5, [2, HALF, HALF, 0, 0, 0]);
    putMark(maps, 15, 12, [3, HALF, HALF, 0, 0, 0]);
    const strong = candidatesOf(mergeMaps(maps), INPUT, IMAGE).filter((c) => c.score > 0.5);
    expect(strong.map((c) => Math.round(c.box.x))).toEqual([
      100 + 2 * (15.5 * 8 - 16),
      100 + 2 * (7.5 * 8 - 16),
    ]);
  });

  it('leaves out what lies off the image and cuts what reaches over its edge', () => {
    const maps = emptyMaps(20, 16);
    putMark(maps, 19, 8, [3, HALF, HALF, 0, 0, 0]);
    const narrow = { columns: 420, rows: 1000 };
    for (const { box } of candidatesOf(mergeMaps(maps), INPUT, narrow)) {
      expect(box.x + box.width).toBeLessThanOrEqual(420);
      expect(box.width).toBeGreaterThan(0);
    }
    const [first] = candidatesOf(mergeMaps(maps), INPUT, narrow);
    expect(first?.box.x).toBeCloseTo(100 + 2 * (19.5 * 8 - 16));
    expect(first?.box.width).toBeCloseTo(420 - 380);
  });
});

describe('mergeMaps', () => {
  it('turns the mirror image back: a mark seen alike in both stays where it is', () => {
    const maps = emptyMaps(20, 16);
    const other = emptyMaps(20, 16);
    putMark(maps, 5, 3, [2, HALF, 0, 0.25, -0.5, 1]);
    putMark(other, 14, 3, [2, HALF, 0, -0.25, -0.5, 3]);
    const [alone] = candidatesOf(mergeMaps(maps), INPUT, IMAGE);
    const [both] = candidatesOf(mergeMaps(maps, other), INPUT, IMAGE);
    expect(both?.box.x).toBeCloseTo(alone?.box.x ?? Number.NaN);
    expect(both?.score).toBeCloseTo(alone?.score ?? Number.NaN);
    expect(both?.outcome).toBeCloseTo(2);
  });

  it('mirrors rows', () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect([...mirrorInput({ width: 3, height: 2, data }).data]).toEqual([3, 2, 1, 6, 5, 4]);
  });
});

describe('isHit', () => {
  const lesion = { x: 100, y: 100, width: 40, height: 40 };
  it('asks for the centre in the box, or an overlap above a quarter', () => {
    expect(isHit({ x: 115, y: 115, width: 4, height: 4 }, lesion)).toBe(true);
    expect(isHit({ x: 141, y: 100, width: 4, height: 4 }, lesion)).toBe(false);
    // Centre at 141, overlap 19 x 40 of 40 x 40 each: 0.31.
    expect(isHit({ x: 121, y: 100, width: 40, height: 40 }, lesion)).toBe(true);
    expect(isHit({ x: 126, y: 100, width: 40, height: 40 }, lesion)).toBe(false);
  });
});
