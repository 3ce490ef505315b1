import type { DataSet } from 'dicom-parser';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { number, numbers } from './values.ts';

type Spacing = NonNullable<MammogramImage['spacing']>;

/** First value between rows, second between columns (PS3.3 10.7.1.1); undefined unless both are positive. */
const pairOf = (dataSet: DataSet, tag: string): Spacing | undefined => {
  const [row, column] = numbers(dataSet, tag);
  return row && column && row > 0 && column > 0 ? { row, column } : undefined;
};

const same = (a: Spacing, b: Spacing): boolean =>
  Math.abs(a.row - b.row) < 1e-6 && Math.abs(a.column - b.column) < 1e-6;

/**
 * PixelSpacing that equals ImagerPixelSpacing has not been corrected for magnification (PS3.3
 * 10.7.1.3): both then speak of the detector plane.
 */
const spacingOf = (dataSet: DataSet) => {
  const pixel = pairOf(dataSet, 'x00280030');
  const imager = pairOf(dataSet, 'x00181164');
  if (pixel && !(imager && same(pixel, imager)))
    return { spacing: pixel, spacingSource: 'PixelSpacing' as const };
  if (imager) return { spacing: imager, spacingSource: 'ImagerPixelSpacing' as const };
  return {};
};

type Geometry = Pick<MammogramImage, 'spacing' | 'spacingSource' | 'magnification' | 'pixelAspect'>;

/** Spacing in mm with its plane, magnification, and the height of a pixel over its width. */
export const readGeometry = (dataSet: DataSet): Geometry => {
  const found = spacingOf(dataSet);
  const ratio = pairOf(dataSet, 'x00280034');
  const shape = found.spacing ?? ratio ?? { row: 1, column: 1 };
  const magnification = number(dataSet, 'x00181114');
  return {
    ...found,
    ...(magnification && magnification > 0 ? { magnification } : {}),
    pixelAspect: shape.row / shape.column,
  };
};
