import { describe, expect, it } from 'vitest';
import type { Box } from '../../core/geometry/box.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { presentationTable } from '../../core/image/presentation-values.ts';
import { regionAround, regionPicture } from './region-picture.ts';

const image: MammogramImage = {
  rows: 4,
  columns: 6,
  pixels: Uint8Array.from({ length: 24 }, (_, i) => i * 10),
  bitsStored: 8,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 1, intercept: 0 },
  voi: [{ kind: 'window', center: 127.5, width: 255, fn: 'LINEAR_EXACT' }],
  pixelAspect: 1,
};
const drawn = (of: MammogramImage, region: Box, side: number) =>
  regionPicture(of, region, side, presentationTable(of));
const grey = ({ data }: { data: Uint8ClampedArray }) => data.filter((_, i) => i % 4 === 0);

describe('the picture of a region', () => {
  it('is the region, pixel by pixel, where it is small enough', () => {
    const picture = drawn(image, { x: 1, y: 1, width: 2, height: 2 }, 10);
    expect([picture.width, picture.height]).toEqual([2, 2]);
    expect([...grey(picture)]).toEqual([70, 80, 130, 140]);
    expect(picture.data[3]).toBe(255);
  });

  it('averages where it is larger', () => {
    const picture = drawn(image, { x: 0, y: 0, width: 6, height: 4 }, 3);
    expect([picture.width, picture.height]).toEqual([3, 2]);
    expect(grey(picture)[0]).toBe((0 + 10 + 60 + 70) / 4);
  });

  it('is dark on light turned for MONOCHROME1', () => {
    const turned = { ...image, photometricInterpretation: 'MONOCHROME1' as const };
    const picture = drawn(turned, { x: 0, y: 0, width: 1, height: 1 }, 1);
    expect(grey(picture)[0]).toBe(255);
  });

  it('is tall where pixels are', () => {
    const picture = drawn({ ...image, pixelAspect: 2 }, { x: 0, y: 0, width: 2, height: 2 }, 9);
    expect([picture.width, picture.height]).toEqual([2, 4]);
  });
});

describe('the region around a mark', () => {
  it('is a square about its centre, cut at the rim of the image', () => {
    const large = { ...image, rows: 1000, columns: 1000 };
    const box = { x: 400, y: 450, width: 100, height: 50 };
    expect(regionAround(box, large, 2)).toEqual({ x: 350, y: 375, width: 200, height: 200 });
    const corner = { x: 0, y: 0, width: 100, height: 100 };
    expect(regionAround(corner, large, 2)).toEqual({ x: 0, y: 0, width: 150, height: 150 });
  });
});
