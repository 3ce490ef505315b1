import { describe, expect, it } from 'vitest';
import { magnify } from './magnify.ts';
import { greyBytes } from './screen-grey.ts';
import { testImage } from '../../image/testing.ts';
import { asWindow, steppedWindow } from '../../image/voi-window.ts';

const image = testImage(4, 4, (x, y) => (y * 4 + x) * 10, { bitsStored: 8 });
const grey = greyBytes(image, {
  voi: { kind: 'window', center: 127.5, width: 255, fn: 'LINEAR_EXACT' },
  inverted: false,
});
const through = (placement: Parameters<typeof magnify>[2], width: number, height: number) => {
  const data = new Uint8ClampedArray(width * height * 4);
  magnify(image, grey, placement, { width, height, data });
  return Array.from({ length: width * height }, (_, i) => data[4 * i]);
};

describe('magnify', () => {
  it('repeats pixels with hard edges when it enlarges', () => {
    const twice = {
      origin: { x: 1.25, y: 1.25 },
      across: { x: 0.5, y: 0 },
      down: { x: 0, y: 0.5 },
    };
    expect(through(twice, 4, 2)).toEqual([50, 50, 60, 60, 50, 50, 60, 60]);
  });

  it('averages stored values when it reduces', () => {
    const half = { origin: { x: 1, y: 1 }, across: { x: 2, y: 0 }, down: { x: 0, y: 2 } };
    // (0 + 10 + 40 + 50) / 4 and so on.
    expect(through(half, 2, 2)).toEqual([25, 45, 105, 125]);
  });

  it('follows a turned and mirrored view, and is black and opaque outside', () => {
    const turned = { origin: { x: 3.5, y: 0.5 }, across: { x: 0, y: 1 }, down: { x: -1, y: 0 } };
    expect(through(turned, 2, 2)).toEqual([30, 70, 20, 60]);
    const outside = { origin: { x: -5, y: 0 }, across: { x: 1, y: 0 }, down: { x: 0, y: 1 } };
    const data = new Uint8ClampedArray(4);
    magnify(image, grey, outside, { width: 1, height: 1, data });
    expect(Array.from(data)).toEqual([0, 0, 0, 255]);
  });
});

describe('steps of a window', () => {
  const voi = { kind: 'window', center: 1000, width: 400, fn: 'SIGMOID' } as const;
  it('brighten by a lower centre, or a higher one where low values are white', () => {
    expect(steppedWindow(image, voi, false, { brighter: 1 })).toEqual({ ...voi, center: 960 });
    expect(steppedWindow(image, voi, true, { brighter: 1 })).toEqual({ ...voi, center: 1040 });
    const m1 = { ...image, photometricInterpretation: 'MONOCHROME1' } as const;
    expect(steppedWindow(m1, voi, false, { brighter: -1 })).toEqual({ ...voi, center: 960 });
  });
  it('widen and narrow back, and start at the span of a table', () => {
    const wide = steppedWindow(image, voi, false, { wider: 1 });
    expect(wide.width).toBeCloseTo(480, 9);
    expect(steppedWindow(image, wide, false, { wider: -1 }).width).toBeCloseTo(400, 9);
    const lut = { firstMapped: 100, values: new Uint16Array(200), bits: 12 };
    expect(asWindow({ kind: 'lut', lut })).toMatchObject({ center: 200, width: 200 });
  });
});
