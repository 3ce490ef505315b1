import type { MammogramHeader, Side } from './mammogram-header.ts';
import { opposite, type Edge } from './picture-evidence.ts';
import { isSettled, pictureDoubt } from './view-doubts.ts';

/**
 * How a stored image is turned for display: first `transpose` (rows become columns), then the
 * flips. Boxes and pixels stay in stored coordinates; only the camera turns.
 */
export interface DisplayOrientation {
  readonly transpose: boolean;
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
  /**
   * 'none': PatientOrientation or the side is missing or in doubt, so the image is shown as stored.
   * 'picture': by the side that the reader named and the chest wall in the picture, because the file
   * does not say or is wrong; whether a view from above is upside down stays open.
   */
  readonly source: 'PatientOrientation' | 'picture' | 'none';
}

const asStored: DisplayOrientation = {
  transpose: false,
  flipHorizontal: false,
  flipVertical: false,
  source: 'none',
};

const OTHER: Readonly<Record<Side, Side>> = { L: 'R', R: 'L' };

/** Head up where the column runs along the body, else lateral up: the column runs to the midline. */
const isUpsideDown = (column: string, side: Side): boolean => {
  if (column.includes('F')) return false;
  if (column.includes('H')) return true;
  return column.startsWith(side) && !column.startsWith(OTHER[side]);
};

/** Chest wall to the middle and muscle above, from where the picture has them. */
const byPicture = (side: Side, chestWall: Edge, pectoral: Edge | undefined): DisplayOrientation => {
  const transpose = chestWall === 'top' || chestWall === 'bottom';
  // After the transposition what was at the top lies left, and what was left lies at the top.
  const wallOnLeft = chestWall === 'left' || chestWall === 'top';
  return {
    transpose,
    flipHorizontal: wallOnLeft === (side === 'R'),
    flipVertical: pectoral === (transpose ? opposite('left') : opposite('top')),
    source: 'picture',
  };
};

/**
 * Chest walls back to back: rows of a right breast run to posterior, of a left breast to anterior.
 * Derived from PatientOrientation (0020,0020), because some archives hold mirrored films and say so
 * there. Where sources disagree nothing is turned; the picture only counts once the reader has said
 * which side it shows.
 */
export const displayOrientation = (header: MammogramHeader): DisplayOrientation => {
  const side = header.laterality.value;
  const orientation = header.patientOrientation;
  if (!side || !isSettled(header)) return asStored;
  const { chestWall, pectoral } = header.picture ?? {};
  const isByReader = header.laterality.source === 'reader' && chestWall !== undefined;
  if (isByReader && (!orientation || pictureDoubt(header)))
    return byPicture(side, chestWall, pectoral);
  if (!orientation) return asStored;
  const transpose = !/^[AP]/.test(orientation[0]) && /^[AP]/.test(orientation[1]);
  const [row, column] = transpose ? [orientation[1], orientation[0]] : orientation;
  if (!/^[AP]/.test(row)) return asStored;
  return {
    transpose,
    flipHorizontal: row.startsWith(side === 'R' ? 'A' : 'P'),
    flipVertical: isUpsideDown(column, side),
    source: 'PatientOrientation',
  };
};
