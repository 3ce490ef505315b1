import { describe, expect, it } from 'vitest';
import type { Mm } from '../../units/units.ts';
import { CARD_WIDTH, isTrueSize, mmPerCssPixel, screenKey, trueSizeZoom } from './screen-scale.ts';

describe('scale of the screen', () => {
  it('follows from a matched bank card: 321 CSS pixels of 85.60 mm', () => {
    expect(mmPerCssPixel(CARD_WIDTH, 321)).toBeCloseTo(0.266667, 6);
  });

  it('gives the zoom of true size: 0.05 mm columns on 0.25 mm pixels are a fifth', () => {
    const wanted = trueSizeZoom({ kind: 'detector', row: 0.05, column: 0.05 }, 0.25);
    expect(wanted).toBeCloseTo(0.2, 12);
    expect([isTrueSize(0.2005, wanted), isTrueSize(0.202, wanted)]).toEqual([true, false]);
  });

  it('knows none without spacing', () => {
    const wanted = trueSizeZoom({ kind: 'none', row: 1, column: 1 }, 0.25);
    expect(wanted).toBeUndefined();
    expect(isTrueSize(1, wanted)).toBe(false);
  });

  it("tells screens and the browser's zoom apart", () => {
    const screen = { width: 1600, height: 1000, devicePixelRatio: 1 };
    expect(screenKey(screen)).toBe('1600x1000@1');
    expect(screenKey({ ...screen, devicePixelRatio: 1.100000023841858 })).toBe('1600x1000@1.1');
    expect(mmPerCssPixel(100 as Mm, 400)).toBe(0.25);
  });
});
