import { describe, expect, it } from 'vitest';
import { testImage } from './testing.ts';
import { orientThumbnail, toThumbnail, type Thumbnail } from './thumbnail.ts';

describe('toThumbnail', () => {
  it('averages grey over areas and keeps the shape', () => {
    // Full-range window: 0 is black, 4095 white. Left half black, right half striped.
    const image = testImage(400, 200, (x, y) => (x < 200 ? 0 : y % 2 ? 4095 : 0));
    const { width, height, grey } = toThumbnail(image, 40);
    expect([width, height]).toEqual([40, 20]);
    expect(grey[0]).toBe(0);
    expect(grey[39]).toBe(128);
  });

  it('goes through the whole grey pipeline: window, MONOCHROME1, padding', () => {
    const image = testImage(2, 1, (x) => (x ? 1000 : 5), {
      voi: [{ kind: 'window', center: 1000, width: 400, fn: 'LINEAR_EXACT' }],
      photometricInterpretation: 'MONOCHROME1',
      padding: { low: 5, high: 5 },
    });
    expect([...toThumbnail(image).grey]).toEqual([0, 128]);
  });

  it('makes pixels square and never enlarges', () => {
    const image = testImage(10, 10, () => 0, { pixelAspect: 1.7 });
    expect(toThumbnail(image)).toMatchObject({ width: 10, height: 17 });
  });
});

describe('orientThumbnail', () => {
  // 1 2 3
  // 4 5 6
  const picture: Thumbnail = { width: 3, height: 2, grey: Uint8ClampedArray.of(1, 2, 3, 4, 5, 6) };
  const turned = (transpose: boolean, flipHorizontal: boolean, flipVertical: boolean) => {
    const { width, grey } = orientThumbnail(picture, { transpose, flipHorizontal, flipVertical });
    return [width, [...grey].join('')];
  };
  it('flips and transposes as the views do', () => {
    expect(turned(false, false, false)).toEqual([3, '123456']);
    expect(turned(false, true, false)).toEqual([3, '321654']);
    expect(turned(false, false, true)).toEqual([3, '456123']);
    expect(turned(true, false, false)).toEqual([2, '142536']);
    expect(turned(true, true, false)).toEqual([2, '415263']);
    expect(turned(true, false, true)).toEqual([2, '362514']);
  });
});
