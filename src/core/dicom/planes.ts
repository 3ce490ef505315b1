import { cross, dot, type InSpace } from '../geometry/in-space.ts';

/** Where the frames of an image lie in the patient: parallel planes (PS3.3 C.7.6.2). */
export interface Planes {
  /** FrameOfReferenceUID (0020,0052): places of other objects count only where theirs is the same. */
  readonly frameOfReference: string;
  /** The middle of the first pixel of the first frame. */
  readonly origin: InSpace;
  /** Directions of length 1: along a row, to higher columns; and along a column, to higher rows. */
  readonly alongRow: InSpace;
  readonly alongColumn: InSpace;
  /** Millimetres between rows, and between columns. */
  readonly spacing: { readonly row: number; readonly column: number };
  /** Distance of each frame from the first one along `normalOf`, mm. */
  readonly depths: readonly number[];
}

export const normalOf = ({ alongRow, alongColumn }: Pick<Planes, 'alongRow' | 'alongColumn'>) =>
  cross(alongRow, alongColumn);

/** How far directions may be from length 1 and from right angles: they are written with few digits. */
const TOLERANCE = 1e-3;

/** Whether two directions can be those of rows and columns. */
export const areAxes = (a: InSpace, b: InSpace): boolean =>
  Math.abs(dot(a, a) - 1) < TOLERANCE &&
  Math.abs(dot(b, b) - 1) < TOLERANCE &&
  Math.abs(dot(a, b)) < TOLERANCE;

/** Half of the usual step from frame to frame, mm; of one frame half a millimetre. */
export const halfStep = ({ depths }: Planes): number => {
  const span = Math.max(...depths) - Math.min(...depths);
  return depths.length < 2 || span === 0 ? 0.5 : span / (depths.length - 1) / 2;
};
