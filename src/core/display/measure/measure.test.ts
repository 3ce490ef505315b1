import { describe, expect, it } from 'vitest';
import { testImage } from '../../image/testing.ts';
import { measure } from './measure.ts';
import {
  isMeasurable,
  type MeasuredShape,
  movedShape,
  shapeHandles,
  startingShape,
  withHandle,
} from './measurement.ts';

const p = (x: number, y: number) => ({ x, y });
const imager = (row: number, column: number, magnification?: number) =>
  ({
    spacing: { row, column },
    spacingSource: 'ImagerPixelSpacing',
    pixelAspect: row / column,
    ...(magnification ? { magnification } : {}),
  }) as const;
const blank = (over = {}) => testImage(100, 80, () => 0, over);

const line = (ax: number, ay: number, bx: number, by: number): MeasuredShape => ({
  kind: 'distance',
  points: [p(ax, ay), p(bx, by)],
});

describe('distance', () => {
  it('is Pythagoras in mm: 30 columns and 40 rows of 0.1 mm are 5 mm', () => {
    const reading = measure(line(10, 10, 40, 50), blank(imager(0.1, 0.1)));
    expect(reading).toMatchObject({ kind: 'distance', calibration: { kind: 'detector' } });
    expect(reading.kind === 'distance' && reading.length).toBeCloseTo(5, 12);
  });

  it('weighs rows and columns apart: 30 x 0.1 mm and 40 x 0.2 mm are the root of 73 mm²', () => {
    const reading = measure(line(10, 10, 40, 50), blank(imager(0.2, 0.1)));
    expect(reading.kind === 'distance' && reading.length).toBeCloseTo(Math.sqrt(73), 12);
  });

  it('is smaller by the magnification: 5 mm on the detector are 4 mm at 1.25', () => {
    const reading = measure(line(10, 10, 40, 50), blank(imager(0.1, 0.1, 1.25)));
    expect(reading.kind === 'distance' && reading.length).toBeCloseTo(4, 12);
    expect(reading.calibration).toMatchObject({ kind: 'magnification', factor: 1.25 });
  });

  it('is in pixels without spacing', () => {
    const reading = measure(line(10, 10, 40, 50), blank());
    expect(reading).toMatchObject({ length: 50, calibration: { kind: 'none' } });
  });
});

describe('angle', () => {
  const corner = (ax: number, ay: number, bx: number, by: number): MeasuredShape => ({
    kind: 'angle',
    points: [p(50 + ax, 40 + ay), p(50, 40), p(50 + bx, 40 + by)],
  });
  const degrees = (shape: MeasuredShape, over = {}) => {
    const reading = measure(shape, blank(over));
    return reading.kind === 'angle' ? reading.degrees : Number.NaN;
  };
  it('runs from 0 to 180 degrees, whichever arm comes first', () => {
    expect(degrees(corner(10, 0, 0, 10))).toBeCloseTo(90, 10);
    expect(degrees(corner(0, 10, 10, 0))).toBeCloseTo(90, 10);
    expect(degrees(corner(10, 0, -10, 0))).toBeCloseTo(180, 10);
    expect(degrees(corner(10, 0, 20, 0))).toBeCloseTo(0, 10);
    expect(degrees(corner(10, 0, 10, 10))).toBeCloseTo(45, 10);
  });
  it('is that of the object where pixels are twice as tall as wide: arctan 2', () => {
    expect(degrees(corner(10, 0, 10, 10), imager(0.2, 0.1))).toBeCloseTo(63.434949, 5);
    expect(degrees(corner(10, 0, 10, 10), { pixelAspect: 2 })).toBeCloseTo(63.434949, 5);
  });
});

describe('ellipse', () => {
  const round: MeasuredShape = { kind: 'ellipse', points: [p(20, 10), p(60, 40)] };
  it('has an area of pi / 4 of its box: 4 mm by 6 mm', () => {
    const reading = measure(round, blank(imager(0.2, 0.1)));
    expect(reading).toMatchObject({ kind: 'ellipse' });
    if (reading.kind !== 'ellipse') throw new Error('no ellipse');
    expect(reading.width).toBeCloseTo(4, 12);
    expect(reading.height).toBeCloseTo(6, 12);
    expect(reading.area).toBeCloseTo(18.849556, 6);
  });

  const valuesOf = (shape: MeasuredShape, image: Parameters<typeof measure>[1]) => {
    const reading = measure(shape, image);
    return reading.kind === 'ellipse' ? reading.values : undefined;
  };

  it('takes the pixels whose centres lie inside: twelve of a circle of four', () => {
    // 4 x 4 pixels, whose corners lie outside: values 1..16 row by row without 1, 4, 13 and 16.
    const image = testImage(4, 4, (x, y) => y * 4 + x + 1);
    const found = valuesOf({ kind: 'ellipse', points: [p(0, 0), p(4, 4)] }, image);
    expect(found).toMatchObject({ count: 12, mean: 8.5, of: 'stored' });
    expect(found?.sd).toBeCloseTo(Math.sqrt(187 / 12), 10);
  });

  it('means modality values, drawn from either corner, and leaves padding out', () => {
    const image = testImage(4, 4, (x, y) => (x === 1 && y === 1 ? 0 : 100), {
      modality: { slope: 2, intercept: -50 },
      padding: { low: 0, high: 0 },
    });
    const found = valuesOf({ kind: 'ellipse', points: [p(4, 0), p(0, 4)] }, image);
    expect(found).toEqual({ count: 11, mean: 150, sd: 0, of: 'modality' });
  });

  it('stops at the edge of the image, and says nothing where it holds no pixel', () => {
    const image = testImage(4, 4, () => 7);
    expect(valuesOf({ kind: 'ellipse', points: [p(-10, -10), p(14, 14)] }, image)?.count).toBe(16);
    const outside: MeasuredShape = { kind: 'ellipse', points: [p(-9, -9), p(-2, -2)] };
    expect(valuesOf(outside, image)).toBeUndefined();
  });
});

describe('editing', () => {
  it('moves one end of a line, or one arm of an angle', () => {
    expect(withHandle(line(0, 0, 10, 0), 1, p(5, 5)).points).toEqual([p(0, 0), p(5, 5)]);
    const angle = startingShape('angle', p(50, 50), 20);
    expect(withHandle(angle, 1, p(0, 0)).points).toEqual([p(60, 40), p(0, 0), p(60, 60)]);
  });

  it('moves one side of an ellipse by the end of its axis', () => {
    const round: MeasuredShape = { kind: 'ellipse', points: [p(20, 10), p(60, 40)] };
    expect(shapeHandles(round).map((h) => h.at)).toEqual([
      p(20, 25),
      p(60, 25),
      p(40, 10),
      p(40, 40),
    ]);
    const sides = [0, 1, 2, 3].map((i) => withHandle(round, i, p(1, 2)).points);
    expect(sides).toEqual([
      [p(1, 10), p(60, 40)],
      [p(20, 10), p(1, 40)],
      [p(20, 2), p(60, 40)],
      [p(20, 10), p(60, 2)],
    ]);
  });

  it('moves as a whole, and refuses what has no size', () => {
    expect(movedShape(line(0, 0, 10, 0), 3, 4).points).toEqual([p(3, 4), p(13, 4)]);
    expect(isMeasurable(line(1, 1, 1.5, 1))).toBe(false);
    expect(isMeasurable({ kind: 'ellipse', points: [p(0, 0), p(30, 0.2)] })).toBe(false);
    for (const kind of ['distance', 'ellipse', 'angle'] as const)
      expect(isMeasurable(startingShape(kind, p(50, 50), 20))).toBe(true);
  });
});
