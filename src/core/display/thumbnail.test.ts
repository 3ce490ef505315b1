import { describe, expect, it } from 'vitest';
import { orientThumbnail, toThumbnail, type Thumbnail } from './thumbnail.ts';

const working = (width: number, height: number, grey: (x: number, y: number) => number) => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) =>
    grey(i % width, Math.floor(i / width)),
  ),
  breast: new Uint8Array(width * height),
  columnsPerPixel: 1,
  rowsPerPixel: 1,
});

describe('toThumbnail', () => {
  it('averages grey over areas and keeps the shape', () => {
    // Left half black, right half striped.
    const image = working(400, 200, (x, y) => (x < 200 ? 0 : y % 2));
    const { width, height, grey } = toThumbnail(image, 40);
    expect([width, height]).toEqual([40, 20]);
    expect(grey[0]).toBe(0);
    expect(grey[39]).toBe(128);
  });

  it('never enlarges', () => {
    expect(toThumbnail(working(10, 17, () => 0))).toMatchObject({ width: 10, height: 17 });
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
