import type { WorkingImage } from '../../image/working-image.ts';
import type { Box } from '../../geometry/box.ts';
import {
  copySquare,
  resampleSquare,
  type Square,
  squareAbout,
} from '../../segmentation/region-of-interest.ts';
import { type BreastGrey, breastGrey } from './measure-density.ts';

/** How large the pixels of a working image are. */
export type ImageScale = Pick<WorkingImage, 'columnsPerPixel' | 'rowsPerPixel' | 'mmPerPixel'>;

/** Side of the square over the longer side of the box. */
export const FRAME_CONTEXT = 2.2;

/**
 * All of an image that the lesion in a box is measured from: plain data, for a worker that has not got the
 * image.
 */
export interface LesionCut {
  readonly scale: ImageScale;
  /** FRAME_CONTEXT box sides of the working image, beyond it its edge. */
  readonly square: Square;
  /** 1 where the square shows breast, 0 also beyond the image. */
  readonly breast: Uint8Array;
  readonly breastGrey: BreastGrey;
}

/** The same square on a grid of cells. */
export interface FrameGrid {
  readonly roi: Square;
  /** 1 where the image shows breast: nothing else is measured. */
  readonly valid: Uint8Array;
}

/** Longer side of a box (stored pixels) in working pixels. */
export const longerSide = (scale: ImageScale, box: Box): number =>
  Math.max(box.width / scale.columnsPerPixel, box.height / scale.rowsPerPixel);

const breastIn = (image: WorkingImage, { x, y, width, height }: Square): Uint8Array => {
  const mask = new Uint8Array(width * height);
  const [left, right] = [Math.max(-x, 0), Math.min(image.width - x, width)];
  if (left >= right) return mask;
  for (let row = Math.max(-y, 0); row < Math.min(image.height - y, height); row++) {
    const start = (y + row) * image.width + x;
    mask.set(image.breast.subarray(start + left, start + right), row * width + left);
  }
  return mask;
};

/** Cuts what the lesion in a box (stored pixels, inside the image) is measured from. Does not mutate. */
export const cutLesion = (image: WorkingImage, box: Box): LesionCut => {
  const { columnsPerPixel, rowsPerPixel, mmPerPixel } = image;
  const [sx, sy] = [columnsPerPixel, rowsPerPixel];
  const [x, y, width, height] = [box.x / sx, box.y / sy, box.width / sx, box.height / sy];
  const side = FRAME_CONTEXT * longerSide(image, box);
  const square = copySquare(image, squareAbout(x + width / 2, y + height / 2, side));
  return {
    scale: { columnsPerPixel, rowsPerPixel, ...(mmPerPixel === undefined ? {} : { mmPerPixel }) },
    square,
    breast: breastIn(image, square),
    breastGrey: breastGrey(image),
  };
};

/** Brings what was cut to `cells` x `cells` cells. */
export const gridOf = ({ square, breast }: LesionCut, cells: number): FrameGrid => {
  if (cells === square.width) return { roi: square, valid: breast };
  const roi = resampleSquare(square, cells);
  const at = (corner: number) =>
    Int32Array.from(
      { length: cells },
      (_, i) => Math.floor(corner + (i + 0.5) * roi.step) - corner,
    );
  const [columns, rows] = [at(square.x), at(square.y)];
  const valid = new Uint8Array(cells * cells);
  for (let y = 0, i = 0; y < cells; y++) {
    const start = (rows[y] as number) * square.width;
    for (let x = 0; x < cells; x++, i++)
      valid[i] = breast[start + (columns[x] as number)] as number;
  }
  return { roi, valid };
};
