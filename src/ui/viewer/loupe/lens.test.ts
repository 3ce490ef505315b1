import { describe, expect, it } from 'vitest';
import { LENS, lensCorner, lensPlacement } from './lens.ts';

describe('lens', () => {
  it('has the point in its middle and everything else twice as large', () => {
    // Two image pixels a CSS pixel, shifted: x = 2 (u - 10), y = 2 (v - 20).
    const view = {
      canvasToImage: ({ x, y }: { x: number; y: number }) => ({ x: 2 * (x - 10), y: 2 * (y - 20) }),
    };
    const { origin, across, down } = lensPlacement(view, { x: 110, y: 220 }, 2, LENS, 0.5);
    expect([across, down]).toEqual([
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ]);
    const middle = (LENS - 1) / 2;
    expect(origin.x + middle * across.x).toBeCloseTo(200, 9);
    expect(origin.y + middle * down.y).toBeCloseTo(400, 9);
  });

  it('has finer steps on a denser screen and follows a turned view', () => {
    const view = { canvasToImage: ({ x, y }: { x: number; y: number }) => ({ x: y, y: -x }) };
    const { origin, across, down } = lensPlacement(view, { x: 50, y: 60 }, 4, 2 * LENS, 1);
    expect([across.y, down.x]).toEqual([-0.125, 0.125]);
    const middle = (2 * LENS - 1) / 2;
    expect(origin.x + middle * down.x).toBeCloseTo(60, 9);
    expect(origin.y + middle * across.y).toBeCloseTo(-50, 9);
  });

  it('has one image pixel a pixel of the canvas at 1:1, whatever the zoom and place', () => {
    // 0.37 CSS pixels a column, mirrored, on a screen of 1.5 device pixels a CSS pixel.
    const view = {
      canvasToImage: ({ x, y }: { x: number; y: number }) => ({ x: 900 - x / 0.37, y: y / 0.37 }),
    };
    const side = 1.5 * LENS;
    for (const x of [100, 100.123456, 250.7]) {
      const placed = lensPlacement(view, { x, y: 300.2 }, '1:1', side, 0.37);
      expect([placed.across, placed.down]).toEqual([
        { x: -1, y: 0 },
        { x: 0, y: 1 },
      ]);
      expect([placed.origin.x % 1, placed.origin.y % 1]).toEqual([0.5, 0.5]);
      const middle = placed.origin.x - (side - 1) / 2;
      expect(Math.abs(middle - (900 - x / 0.37))).toBeLessThan(1);
    }
  });

  it('stays inside the view, and above a finger', () => {
    const view = { width: 800, height: 700 };
    expect(lensCorner({ at: { x: 400, y: 350 }, by: 'mouse' }, view)).toEqual({ x: 270, y: 220 });
    expect(lensCorner({ at: { x: 3, y: 699 }, by: 'mouse' }, view)).toEqual({ x: 0, y: 440 });
    expect(lensCorner({ at: { x: 400, y: 500 }, by: 'finger' }, view).y).toBe(500 - 290);
    expect(lensCorner({ at: { x: 5, y: 5 }, by: 'keys' }, { width: 90, height: 90 })).toEqual({
      x: 0,
      y: 0,
    });
  });
});
