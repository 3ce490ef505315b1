import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../../core/display/measure/calibration.ts';
import { draftShape, letGo, press } from './draw-shape.ts';
import { readingLines } from './measure-words.ts';
import { textWidth } from '../marks/label-place.ts';
import { labelPlace } from './screen-shape.ts';

const spacing = { row: 0.1, column: 0.1 };
const imager = calibrationOf({ spacing, spacingSource: 'ImagerPixelSpacing', pixelAspect: 1 });
const none = calibrationOf({ pixelAspect: 1 });

describe('words of a measurement', () => {
  const distance = (calibration: typeof imager) =>
    readingLines({ kind: 'distance', length: 23.44, calibration });

  it('put the calibration beside the number, whichever it is', () => {
    expect(distance(imager)).toEqual(['23.4 mm, detector plane']);
    const magnified = { spacing, spacingSource: 'ImagerPixelSpacing', pixelAspect: 1 } as const;
    expect(distance(calibrationOf({ ...magnified, magnification: 1.06 }))).toEqual([
      '23.4 mm, corrected for magnification 1.06',
    ]);
    const pixel = { spacing, spacingSource: 'PixelSpacing', pixelAspect: 1 } as const;
    expect(distance(calibrationOf(pixel))).toEqual(['23.4 mm, Pixel Spacing']);
    expect(distance(calibrationOf({ ...pixel, spacingCalibration: 'fiducial' }))).toEqual([
      '23.4 mm, Pixel Spacing calibrated by fiducial',
    ]);
    expect(distance(calibrationOf({ ...pixel, spacingCalibration: 'geometry' }))).toEqual([
      '23.4 mm, Pixel Spacing calibrated by geometry',
    ]);
    expect(distance(none)).toEqual(['23 px, not calibrated']);
  });

  it('say what an ellipse holds, and of which values', () => {
    const values = { count: 1234, mean: 2040.6, sd: 99.5, of: 'modality' } as const;
    const size = { width: 12, height: 8, area: 75.398 };
    expect(readingLines({ kind: 'ellipse', calibration: imager, ...size, values })).toEqual([
      '12.0 × 8.0 mm, detector plane',
      'area 75.4 mm², detector plane',
      'mean 2,041, SD 100, modality values',
      '1,234 pixels',
    ]);
    expect(
      readingLines({ kind: 'ellipse', calibration: none, ...size, values: undefined }),
    ).toEqual(['12 × 8 px, not calibrated', 'area 75 px², not calibrated']);
  });

  it('say of an angle whether the shape of its pixels is known', () => {
    expect(readingLines({ kind: 'angle', calibration: none, degrees: 63.4349 })).toEqual([
      '63.4°, not calibrated',
    ]);
  });
});

const p = (x: number, y = 0) => ({ x, y });

describe('drawing', () => {
  it('makes a line of one drag, or of two clicks', () => {
    const line = { shape: { kind: 'distance', points: [p(1), p(9)] } };
    expect(letGo(press(null, 'distance', p(1)), p(9), true)).toEqual(line);
    const clicked = letGo(press(null, 'distance', p(1)), p(1), false);
    if (!('draft' in clicked)) throw new Error('one click is no line');
    expect(letGo(press(clicked.draft, 'distance', p(9)), p(9), false)).toEqual(line);
  });

  it('makes an angle of a drag and a click, shown as a line before', () => {
    const arm = letGo(press(null, 'angle', p(1)), p(5), true);
    if (!('draft' in arm)) throw new Error('one arm is no angle');
    expect(draftShape(press(null, 'angle', p(1))).kind).toBe('distance');
    expect(draftShape(arm.draft)).toEqual({ kind: 'angle', points: [p(1), p(5), p(5)] });
    expect(letGo(press(arm.draft, 'angle', p(5, 7)), p(5, 7), false)).toEqual({
      shape: { kind: 'angle', points: [p(1), p(5), p(5, 7)] },
    });
  });

  it('begins anew when another tool is chosen', () => {
    const arm = press(null, 'angle', p(1));
    expect(press(arm, 'distance', p(2)).set).toEqual([p(2)]);
  });
});

const wide = { width: 1000, height: 600 };

it('words stand to the right, or to the left where the view ends', () => {
  expect(labelPlace([p(100, 50), p(200, 60)], wide, ['ten letter'])).toMatchObject({
    x: 210,
    anchor: 'start',
  });
  expect(labelPlace([p(700, 50), p(990, 60)], wide, ['ten letter'])).toMatchObject({
    x: 690,
    anchor: 'end',
  });
  // Fitting on neither side they move in as far as they must.
  expect(
    labelPlace([p(50, 50), p(200, 60)], { ...wide, width: 240 }, ['ten letter']),
  ).toMatchObject({ x: 145.5, y: 80 });
  expect(labelPlace([p(10, 2), p(900, 60)], wide, ['a', 'b', 'c']).y).toBeGreaterThanOrEqual(14);
});

it('words break where the view is too narrow for them, and end above its scale', () => {
  const narrow = { width: 222, height: 700 };
  const said = '131.0 mm, corrected for magnification 1.06';
  const { x, y, lines } = labelPlace([p(60, 80), p(210, 690)], narrow, [said, 'area 75.4 mm²']);
  expect(lines.join('')).toBe(`${said}area 75.4 mm²`);
  expect(lines.length).toBeGreaterThan(2);
  expect(Math.max(...lines.map((line) => textWidth(line.trimEnd(), 13)))).toBeLessThan(222 - x);
  expect(y + (lines.length - 1) * 16).toBeLessThan(640);
});
