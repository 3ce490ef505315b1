import { describe, expect, it } from 'vitest';
import { breastFrame, fromImage, toImage } from './breast-frame.ts';
import { AS_STORED, halfDisc } from './testing.ts';

const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };

describe('breastFrame', () => {
  it('measures from the chest wall and from the level of the foremost point', () => {
    const frame = breastFrame(geometry, AS_STORED, 'left', halfDisc(geometry, 'left', 500, 400));
    expect(frame.origin.x).toBe(0);
    expect(Math.abs(frame.origin.y - 500)).toBeLessThan(12);
    expect(frame.depth).toBeCloseTo(40, 0);
    expect(Math.abs(frame.above - 40)).toBeLessThan(1.5);
    expect(Math.abs(frame.below - 40)).toBeLessThan(1.5);
  });

  it('is the same for a breast of the other side, mirrored', () => {
    const left = breastFrame(geometry, AS_STORED, 'left', halfDisc(geometry, 'left', 500, 400));
    const right = breastFrame(geometry, AS_STORED, 'right', halfDisc(geometry, 'right', 500, 400));
    expect(right.depth).toBeCloseTo(left.depth, 9);
    expect(Math.abs(right.above - left.above)).toBeLessThan(1);
    expect(Math.abs(right.below - left.below)).toBeLessThan(1);
    const place = { depth: 12, below: -7 };
    const [l, r] = [toImage(left, place), toImage(right, place)];
    expect(r.x).toBeCloseTo(800 - l.x, 9);
    expect(r.y - right.origin.y).toBeCloseTo(l.y - left.origin.y, 9);
  });

  it('finds the chest wall of a mirrored file where it hangs', () => {
    const turn = { ...AS_STORED, flipHorizontal: true };
    const frame = breastFrame(geometry, turn, 'left', halfDisc(geometry, 'right', 500, 400));
    expect(frame.origin.x).toBe(800);
    expect(frame.depth).toBeCloseTo(40, 0);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('turns back what it turned: %i', (bits) => {
    const turn = {
      transpose: (bits & 1) > 0,
      flipHorizontal: (bits & 2) > 0,
      flipVertical: (bits & 4) > 0,
    };
    const frame = breastFrame(geometry, turn, 'right', halfDisc(geometry, 'left', 300, 200));
    const there = fromImage(frame, { x: 123, y: 456 });
    const back = toImage(frame, there);
    expect(back.x).toBeCloseTo(123, 9);
    expect(back.y).toBeCloseTo(456, 9);
    expect(frame.above + frame.below).toBeGreaterThan(0);
  });

  it('leaves out a film border, but nothing as wide as tissue that the mask has lost', () => {
    const originOf = (border: number) => {
      const shape = halfDisc(geometry, 'left', 500, 400);
      const box = { ...shape.box, x: border, width: shape.box.width - border };
      return breastFrame(geometry, AS_STORED, 'left', { ...shape, box }).origin.x;
    };
    expect(originOf(80)).toBeCloseTo(80, 9);
    expect(originOf(130)).toBeCloseTo(0, 9);
  });

  it('takes the whole image without a shape', () => {
    const frame = breastFrame(geometry, AS_STORED, 'right', undefined);
    expect(frame.origin).toEqual({ x: 800, y: 600 });
    expect(frame).toMatchObject({ depth: 80, above: 60, below: 60 });
  });
});
