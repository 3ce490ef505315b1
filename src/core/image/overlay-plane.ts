/** An overlay plane of groups 6000 to 60FE (PS3.3 C.9.2): a drawing of one bit a pixel over the image. */
export interface OverlayPlane {
  /** 0 for group 6000, 1 for 6002 and so on. */
  readonly number: number;
  /** 'graphics' or a region of interest (OverlayType R). */
  readonly type: 'graphics' | 'region';
  /** OverlayLabel, else OverlayDescription; '' where it has neither. */
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  /** Where its first pixel lies in the image, from 0; it may lie outside. */
  readonly left: number;
  readonly top: number;
  /** The frame that it lies over, counted from 1; absent: all of them. */
  readonly frame?: number;
  /** One bit a pixel, row by row, the lowest bit of a byte first (PS3.5 8.1.2). */
  readonly bits: Uint8Array;
}

const isSet = ({ bits }: OverlayPlane, at: number): boolean =>
  (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;

/** Whether anything is drawn in it. */
export const isEmptyPlane = ({ bits }: OverlayPlane): boolean => bits.every((byte) => byte === 0);

/**
 * The plane in cells of `step` x `step` pixels, 1 where any of a cell's pixels is drawn, so that thin
 * lines survive being shown small. Row-major, ceil(columns / step) wide.
 */
export const coarsePlane = (
  plane: OverlayPlane,
  step: number,
): { readonly width: number; readonly height: number; readonly cells: Uint8Array } => {
  const { columns, rows } = plane;
  const [width, height] = [Math.ceil(columns / step), Math.ceil(rows / step)];
  const cells = new Uint8Array(width * height);
  for (let y = 0; y < rows; y++) {
    const row = Math.floor(y / step) * width;
    for (let x = 0; x < columns; x++)
      if (isSet(plane, y * columns + x)) cells[row + Math.floor(x / step)] = 1;
  }
  return { width, height, cells };
};
