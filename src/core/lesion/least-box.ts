import type { Box } from '../geometry/box.ts';
import type { MammogramImage } from '../image/mammogram-image.ts';
import { longerSide } from './lesion-size.ts';

/**
 * Longer side of the smallest box that a hand means, mm. Of the 1,304 boxes that the models were trained on the
 * smallest is 4.1 mm long and 1 % are below 7.3 mm, a pixel of the archive taken for the 0.2 mm that it stands for; a
 * hand that trembles by 4 pixels draws 2 mm over a whole breast on a small screen.
 */
const LEAST_MM = 3;
/** What the height of an image without spacing stands for, as in the archive: 1,360 pixels of 0.2 mm. */
const ASSUMED_HEIGHT_MM = 272;

export type BoxedImage = Pick<MammogramImage, 'columns' | 'rows' | 'pixelAspect' | 'spacing'>;

/** Whether a box is smaller than anything that is marked, so that its drawing was meant for a click. */
export const isBelowLesions = (box: Box, { rows, pixelAspect, spacing }: BoxedImage): boolean => {
  const column = spacing?.column ?? ASSUMED_HEIGHT_MM / (rows * pixelAspect);
  const row = spacing?.row ?? column * pixelAspect;
  return longerSide(box, { row, column }) < LEAST_MM;
};
