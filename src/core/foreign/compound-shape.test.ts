import { describe, expect, it } from 'vitest';
import { compoundShapes } from './compound-shape.ts';
import { boundsOf } from './shape.ts';

const at = (...flat: readonly number[]) =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({
    x: flat[2 * i] as number,
    y: flat[2 * i + 1] as number,
  }));
const rounded = (points: readonly { readonly x: number; readonly y: number }[]) =>
  points.map(({ x, y }) => [Math.round(x), Math.round(y)]);

describe('a compound graphic', () => {
  it('is a rectangle or an ellipse between two corners', () => {
    const [box, ...more] = compoundShapes({ type: 'RECTANGLE', points: at(10, 20, 50, 40) }).shapes;
    expect(more).toEqual([]);
    expect(box).toEqual({ kind: 'outline', points: at(10, 20, 50, 20, 50, 40, 10, 40) });
    const { shapes, whole } = compoundShapes({ type: 'ELLIPSE', points: at(10, 20, 50, 40) });
    expect(whole).toBe(true);
    const { x, y, width, height } = boundsOf(shapes[0]?.points ?? []);
    [x, y, width, height].forEach((n, i) =>
      expect(n).toBeCloseTo([10, 20, 40, 20][i] as number, 6),
    );
  });

  it('is turned counterclockwise as seen, about its point or its middle', () => {
    const line = { type: 'POLYLINE', points: at(0, 0, 10, 0), rotation: 90 };
    expect(
      rounded(compoundShapes({ ...line, about: { x: 0, y: 0 } }).shapes[0]?.points ?? []),
    ).toEqual([
      [0, 0],
      [0, -10],
    ]);
    expect(rounded(compoundShapes(line).shapes[0]?.points ?? [])).toEqual([
      [5, 5],
      [5, -5],
    ]);
  });

  it('is several lines', () => {
    const { shapes } = compoundShapes({ type: 'MULTILINE', points: at(0, 0, 1, 1, 5, 5, 6, 7) });
    expect(shapes.map(({ points }) => points)).toEqual([at(0, 0, 1, 1), at(5, 5, 6, 7)]);
  });

  it.each(['INFINITELINE', 'CUTLINE'])('runs through the whole view: %s', (type) => {
    const { shapes, whole } = compoundShapes({ type, points: at(100, 100, 103, 104) });
    expect(whole).toBe(false);
    const [from, to] = shapes[0]?.points ?? [];
    expect(from && (100 - from.y) / (100 - from.x)).toBeCloseTo(4 / 3, 6);
    expect(Math.abs(from?.x ?? 0)).toBeGreaterThan(20_000);
    expect(to?.y).toBeGreaterThan(20_000);
  });

  it.each([
    ['RANGELINE', 'line'],
    ['RULER', 'line'],
    ['AXIS', 'line'],
    ['ARROW', 'line'],
    ['CROSSHAIR', 'point'],
  ])('is drawn by its points, and said not to be whole: %s', (type, kind) => {
    const { shapes, whole } = compoundShapes({ type, points: at(1, 2, 3, 4) });
    expect(shapes.map((shape) => shape.kind)).toEqual([kind]);
    expect(shapes[0]?.points[0]).toEqual({ x: 1, y: 2 });
    expect(whole).toBe(false);
  });

  it.each([
    ['SPIRAL', at(1, 2, 3, 4)],
    ['RECTANGLE', at(1, 2)],
    ['CROSSHAIR', []],
  ])('of another type, or with too few points, gives none: %s', (type, points) => {
    expect(compoundShapes({ type, points })).toEqual({ shapes: [], whole: false });
  });
});
