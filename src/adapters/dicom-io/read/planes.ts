import type { DataSet } from 'dicom-parser';
import { areAxes, normalOf, type Planes } from '../../../core/dicom/planes.ts';
import { dot, type InSpace, minus } from '../../../core/geometry/in-space.ts';
import { readGeometry } from './geometry.ts';
import { numbers, text } from './values.ts';

const inSpace = (dataSet: DataSet, tag: string, from = 0): InSpace | undefined => {
  const [x, y, z] = numbers(dataSet, tag).slice(from);
  return x === undefined || y === undefined || z === undefined ? undefined : { x, y, z };
};

/**
 * Where the frames of an image lie in the patient, by Image Position and Image Orientation (Patient);
 * undefined where the file does not say it of each, or names no frame of reference.
 */
export const readPlanes = (
  frameAt: (index: number) => DataSet,
  count: number,
): Planes | undefined => {
  const first = frameAt(0);
  const frameOfReference = text(first, 'x00200052');
  const origin = inSpace(first, 'x00200032');
  const alongRow = inSpace(first, 'x00200037');
  const alongColumn = inSpace(first, 'x00200037', 3);
  const { spacing } = readGeometry(first);
  if (!frameOfReference || !origin || !alongRow || !alongColumn || !spacing) return undefined;
  if (!areAxes(alongRow, alongColumn)) return undefined;
  const normal = normalOf({ alongRow, alongColumn });
  const depths: number[] = [];
  for (let i = 0; i < count; i++) {
    const position = inSpace(frameAt(i), 'x00200032');
    if (!position) return undefined;
    depths.push(dot(minus(position, origin), normal));
  }
  return { frameOfReference, origin, alongRow, alongColumn, spacing, depths };
};
