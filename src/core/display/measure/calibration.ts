import type { PixelGeometry } from '../../image/mammogram-image.ts';
import type { ScalePlane } from '../../lesion/lesion-size.ts';
import type { Mm } from '../../units/units.ts';

/**
 * What a pixel is worth and why it may be believed. `row` and `column` are the distances between the
 * centres of neighbouring rows and columns: mm, or for 'none' multiples of a column's width.
 *
 * - detector: ImagerPixelSpacing as it stands; the breast is smaller by the magnification.
 * - film: NominalScannedPixelSpacing as it stands; likewise.
 * - magnification: either of them divided by the magnification, stated or made by two distances.
 * - geometry, fiducial: PixelSpacing with that PixelSpacingCalibrationType (0028,0A02).
 * - pixel-spacing: PixelSpacing whose file does not say how it was calibrated.
 * - none: no spacing at all.
 */
export type Calibration = { readonly row: number; readonly column: number } & (
  | { readonly kind: 'detector' | 'film' | 'geometry' | 'fiducial' | 'pixel-spacing' | 'none' }
  | {
      readonly kind: 'magnification';
      readonly factor: number;
      readonly from: 'stated' | 'distances';
    }
);

/**
 * How lengths on an image are to be taken. DICOM PS3.3 10.7.1.3 and CP 586: a projection image has
 * its spacing at the detector; in mammography the factor SID / SOD of the DX Positioning module
 * brings it to the breast. PixelSpacing is a calibrated value already, so the factor does not apply.
 */
export const calibrationOf = (image: PixelGeometry): Calibration => {
  const { spacing, magnification: factor, magnificationFrom: from = 'stated' } = image;
  if (!spacing) return { kind: 'none', row: image.pixelAspect, column: 1 };
  const { row, column } = spacing;
  if (image.spacingSource === 'PixelSpacing')
    return { kind: image.spacingCalibration ?? 'pixel-spacing', row, column };
  const isFilm = image.spacingSource === 'NominalScannedPixelSpacing';
  if (!factor) return { kind: isFilm ? 'film' : 'detector', row, column };
  return { kind: 'magnification', factor, from, row: row / factor, column: column / factor };
};

const PLANES = {
  detector: 'detector',
  film: 'detector',
  magnification: 'breast',
  geometry: 'breast',
  fiducial: 'breast',
  'pixel-spacing': 'unsaid',
  none: 'unsaid',
} as const satisfies Record<Calibration['kind'], ScalePlane>;

/** The plane that the mm of a calibration hold in. */
export const planeOf = ({ kind }: Pick<Calibration, 'kind'>): ScalePlane => PLANES[kind];

/** Width of one image column in mm of the plane that the calibration names; undefined without one. */
export const columnMm = (calibration: Calibration): Mm | undefined =>
  calibration.kind === 'none' ? undefined : (calibration.column as Mm);
