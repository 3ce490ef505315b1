import { describe, expect, it } from 'vitest';
import { calibrationOf } from './calibration.ts';

const spacing = { row: 0.07, column: 0.07 };

describe('calibration of an image', () => {
  it('stays on the detector without a magnification factor', () => {
    expect(calibrationOf({ spacing, spacingSource: 'ImagerPixelSpacing', pixelAspect: 1 })).toEqual(
      {
        kind: 'detector',
        ...spacing,
      },
    );
  });

  it('divides the imager spacing by the magnification', () => {
    const found = calibrationOf({
      spacing: { row: 0.08, column: 0.07 },
      spacingSource: 'ImagerPixelSpacing',
      magnification: 1.25,
      pixelAspect: 0.08 / 0.07,
    });
    expect(found).toMatchObject({ kind: 'magnification', factor: 1.25 });
    expect(found.row).toBeCloseTo(0.064, 12);
    expect(found.column).toBeCloseTo(0.056, 12);
  });

  it('takes Pixel Spacing as it stands: it is corrected already', () => {
    const pixel = {
      spacing,
      spacingSource: 'PixelSpacing',
      magnification: 1.06,
      pixelAspect: 1,
    } as const;
    expect(calibrationOf(pixel)).toEqual({ kind: 'pixel-spacing', ...spacing });
    for (const spacingCalibration of ['geometry', 'fiducial'] as const)
      expect(calibrationOf({ ...pixel, spacingCalibration }).kind).toBe(spacingCalibration);
  });

  it('has no millimetres without spacing, only the shape of a pixel', () => {
    expect(calibrationOf({ pixelAspect: 1.7, magnification: 1.8 })).toEqual({
      kind: 'none',
      row: 1.7,
      column: 1,
    });
  });
});
