import { describe, expect, it } from 'vitest';
import { cropMatrix, cropPlacement } from './crop-placement.ts';

const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.2 };
const PLAIN = { transpose: false, flipHorizontal: false, flipVertical: false };
const at = ({ origin, across, down }: ReturnType<typeof cropPlacement>, u: number, v: number) => ({
  x: origin.x + u * across.x + v * down.x,
  y: origin.y + u * across.y + v * down.y,
});

describe('a crop', () => {
  it('has its point in the middle, and as many millimetres a pixel both ways', () => {
    const placed = cropPlacement(geometry, PLAIN, { x: 300, y: 500 }, 20, 101);
    expect(at(placed, 50, 50)).toEqual({ x: 300, y: 500 });
    // 40 raster pixels are 2 mm: 20 columns, 10 rows.
    expect(at(placed, 90, 50)).toEqual({ x: 320, y: 500 });
    expect(at(placed, 50, 90)).toEqual({ x: 300, y: 510 });
  });

  it.each([
    ['mirrored', { ...PLAIN, flipHorizontal: true }, { x: 280, y: 500 }, { x: 300, y: 510 }],
    ['turned', { ...PLAIN, transpose: true }, { x: 300, y: 510 }, { x: 320, y: 500 }],
  ])('hangs as its view does: %s', (_, turn, right, below) => {
    const placed = cropPlacement(geometry, turn, { x: 300, y: 500 }, 20, 101);
    expect(at(placed, 90, 50)).toEqual(right);
    expect(at(placed, 50, 90)).toEqual(below);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = cropMatrix(placed).split(' ').map(Number);
    expect(a * right.x + c * right.y + e).toBeCloseTo(90.5, 9);
    expect(b * right.x + d * right.y + f).toBeCloseTo(50.5, 9);
  });
});
