import type { DataSet } from 'dicom-parser';
import { magnificationOf, type Magnification } from '../../../core/dicom/magnification.ts';
import type { PixelGeometry } from '../../../core/image/mammogram-image.ts';
import { number, numbers, short, text } from './values.ts';

type Spacing = NonNullable<PixelGeometry['spacing']>;

/** A pixel of a film scanner is at most about twice as tall as wide; the working image grows with it. */
const MOST_ELONGATED = 4;
/** Far finer and far coarser than any mammogram's, mm. */
const SPACING_RANGE = { least: 0.001, most: 10 };

/** First value between rows, second between columns (PS3.3 10.7.1.1); undefined unless both make sense. */
const pairOf = (dataSet: DataSet, tag: string): Spacing | undefined => {
  const [row, column] = numbers(dataSet, tag);
  if (!row || !column || row <= 0 || column <= 0) return undefined;
  const shape = row / column;
  return shape <= MOST_ELONGATED && shape >= 1 / MOST_ELONGATED ? { row, column } : undefined;
};

/** Far longer than any detector or film, mm: 1\1 stands for a spacing that its writer did not know. */
const LONGEST = 600;

const fitsDetector = (dataSet: DataSet, { row, column }: Spacing): boolean =>
  row * (short(dataSet, 'x00280010') ?? 0) <= LONGEST &&
  column * (short(dataSet, 'x00280011') ?? 0) <= LONGEST;

const spacingPair = (dataSet: DataSet, tag: string): Spacing | undefined => {
  const pair = pairOf(dataSet, tag);
  const { least, most } = SPACING_RANGE;
  const isPlausible = pair && [pair.row, pair.column].every((mm) => mm >= least && mm <= most);
  return isPlausible ? pair : undefined;
};

/** PixelSpacing, ImagerPixelSpacing, NominalScannedPixelSpacing. */
const SPACINGS = ['x00280030', 'x00181164', 'x00182010'];

const same = (a: Spacing, b: Spacing): boolean =>
  Math.abs(a.row - b.row) < 1e-6 && Math.abs(a.column - b.column) < 1e-6;

/** PixelSpacingCalibrationType (0028,0A02): by the known geometry, or by an object of known size. */
const calibrationOf = (dataSet: DataSet) => {
  const type = text(dataSet, 'x00280a02').toLowerCase();
  return type === 'geometry' || type === 'fiducial' ? ({ spacingCalibration: type } as const) : {};
};

/**
 * PixelSpacing that equals ImagerPixelSpacing has not been corrected for magnification (PS3.3
 * 10.7.1.3): both then speak of the detector plane. NominalScannedPixelSpacing (0018,2010) is that of a
 * film under its scanner, where PixelSpacing may repeat it.
 */
const spacingOf = (dataSet: DataSet) => {
  const stated = spacingPair(dataSet, 'x00280030');
  const imager = spacingPair(dataSet, 'x00181164');
  const film = spacingPair(dataSet, 'x00182010');
  const isPixelKept = stated && ((!imager && !film) || fitsDetector(dataSet, stated));
  const pixel = isPixelKept ? stated : undefined;
  if (pixel && !(imager && same(pixel, imager)) && !(film && same(pixel, film)))
    return {
      spacing: pixel,
      spacingSource: 'PixelSpacing' as const,
      ...calibrationOf(dataSet),
    };
  if (imager) return { spacing: imager, spacingSource: 'ImagerPixelSpacing' as const };
  if (film) return { spacing: film, spacingSource: 'NominalScannedPixelSpacing' as const };
  const written = SPACINGS.map((tag) => text(dataSet, tag)).find((value) => value !== '');
  return written === undefined ? {} : { unusedSpacing: written };
};

/** Magnification by the stated factor, else by the distances from source to detector and to breast. */
export const readMagnification = (dataSet: DataSet): Magnification =>
  magnificationOf(
    number(dataSet, 'x00181114'),
    number(dataSet, 'x00181110'),
    number(dataSet, 'x00181111'),
  );

/** Spacing in mm with its plane, magnification, and the height of a pixel over its width. */
export const readGeometry = (dataSet: DataSet): PixelGeometry => {
  const found = spacingOf(dataSet);
  const ratio = pairOf(dataSet, 'x00280034');
  const shape = found.spacing ?? ratio ?? { row: 1, column: 1 };
  const { factor, from } = readMagnification(dataSet);
  return {
    ...found,
    ...(factor && from && { magnification: factor, magnificationFrom: from }),
    pixelAspect: shape.row / shape.column,
  };
};
