import type { BreastShape } from '../../image/breast-shape.ts';
import type { MammogramImage } from '../../image/mammogram-image.ts';
import { presentationTable } from '../../image/presentation-values.ts';
import { type GreyOfStored, workingGrey } from '../../image/working-grey.ts';
import { tissueWindow } from './tissue-window.ts';

/**
 * The grey of a picture that nobody sets a window for, as on paper: through the window over the breast
 * tissue, and where there is none to speak of, the grey that is scored. No window of the file enters,
 * for a narrow or wrong one prints a lesion black.
 */
export const printedGrey = (
  image: MammogramImage,
  shape: BreastShape | undefined,
): GreyOfStored => {
  const voi = shape && tissueWindow(image, shape);
  return voi ? presentationTable({ ...image, voi: [voi] }) : workingGrey(image);
};
