import { describe, expect, it } from 'vitest';
import type { WorkingImage } from '../image/working-image.ts';
import { boxFromCorners, clipBox, isBoxInside } from '../geometry/box.ts';
import { extractPatch, patchBox } from './extract-patch.ts';

/** A ramp along x plus ten times a ramp along y, in working pixels. */
const ramp = (width: number, height: number, stretch = 1): WorkingImage => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => {
    return ((i % width) + 0.5) / 1000 + (Math.floor(i / width) + 0.5) / 100;
  }),
  breast: new Uint8Array(width * height).fill(1),
  columnsPerPixel: stretch,
  rowsPerPixel: stretch,
});

describe('extractPatch', () => {
  it('is centred on the box and spans its longer side times the context', () => {
    const patch = extractPatch(
      ramp(100, 100),
      { x: 40, y: 45, width: 20, height: 10 },
      { size: 10, context: 1.5 },
    );
    // Side 30 about (50, 50): columns sampled at 36.5, 39.5, ...
    expect(patch[0]).toBeCloseTo(36.5 / 1000 + 36.5 / 100, 5);
    expect(patch[99]).toBeCloseTo(63.5 / 1000 + 63.5 / 100, 5);
  });

  it('maps stored pixels to working pixels', () => {
    const box = { x: 80, y: 90, width: 40, height: 20 };
    const half = { x: 40, y: 45, width: 20, height: 10 };
    const rule = { size: 8, context: 1.3 };
    expect(extractPatch(ramp(100, 100, 2), box, rule)).toEqual(
      extractPatch(ramp(100, 100), half, rule),
    );
  });

  it('averages when it shrinks: single bright lines do not alias', () => {
    const image = ramp(100, 100);
    const striped = {
      ...image,
      data: Float32Array.from(image.data, (_, i) => (i % 2 === 0 ? 1 : 0)),
    };
    const patch = extractPatch(
      striped,
      { x: 10, y: 10, width: 80, height: 80 },
      { size: 10, context: 1 },
    );
    for (const v of patch) expect(v).toBeCloseTo(0.5, 1);
    // A single bright pixel in 64 counts as much wherever it lies.
    const dot = (at: number) => ({ ...image, data: image.data.map((_, i) => (i === at ? 1 : 0)) });
    for (const at of [50 * 100 + 50, 53 * 100 + 52, 47 * 100 + 49]) {
      const seen = extractPatch(
        dot(at),
        { x: 10, y: 10, width: 80, height: 80 },
        { size: 10, context: 1 },
      );
      expect(seen.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1 / 64, 6);
    }
  });

  it('repeats the edge beyond the image', () => {
    const patch = extractPatch(
      ramp(100, 100),
      { x: 0, y: 0, width: 10, height: 10 },
      { size: 10, context: 3 },
    );
    expect(patch[0]).toBeCloseTo(0.0055, 5);
  });
});

describe('patchBox', () => {
  it('goes by the side that is longer in space', () => {
    // 20 columns, and 15 rows that are twice as tall as wide.
    const square = patchBox({ x: 0, y: 0, width: 20, height: 15 }, { size: 8, context: 1 }, 2);
    expect(square).toEqual({ x: -5, y: 0, width: 30, height: 15 });
  });

  it('is what the patch was cut from, also where pixels are not square', () => {
    const image = { ...ramp(100, 100), columnsPerPixel: 2, rowsPerPixel: 1 };
    const box = { x: 80, y: 45, width: 40, height: 10 };
    const rule = { size: 10, context: 1.5 };
    const square = patchBox(box, rule, 2);
    expect(square).toEqual({ x: 70, y: 35, width: 60, height: 30 });
    // The first sample lies half a step inside the corner.
    const patch = extractPatch(image, box, rule);
    const [x, y] = [(square.x + square.width / 20) / 2, square.y + square.height / 20];
    expect(patch[0]).toBeCloseTo(x / 1000 + y / 100, 5);
  });
});

describe('boxes', () => {
  it('are made of any two corners and clipped to the image', () => {
    const box = boxFromCorners(30, 5, -10, 25);
    expect(box).toEqual({ x: -10, y: 5, width: 40, height: 20 });
    expect(clipBox(box, 20, 20)).toEqual({ x: 0, y: 5, width: 20, height: 15 });
  });

  it('count as inside only when wholly so and large enough', () => {
    expect(isBoxInside({ x: 0, y: 0, width: 20, height: 20 }, 20, 20)).toBe(true);
    expect(isBoxInside({ x: 1, y: 0, width: 20, height: 20 }, 20, 20)).toBe(false);
    expect(isBoxInside({ x: 1, y: 1, width: 2, height: 9 }, 20, 20)).toBe(false);
  });
});
