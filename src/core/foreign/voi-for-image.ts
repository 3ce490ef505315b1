import type { MammogramImage, Voi } from '../image/mammogram-image.ts';
import { modalityRange } from '../image/presentation-values.ts';

/** LINEAR is made for integers: of modality values in steps this small a narrow window is meant as it is. */
const FRACTIONS = 0.1;
/** Widths that the unit of LINEAR changes visibly. */
const FEW_UNITS = 10;
const UNSIGNED = 2 ** 16;

/**
 * A VOI of a presentation state as it is meant for an image, whose values the state does not know (PS3.3 C.11.2).
 * A table whose first input is written as US covers the image's values or, as a negative number, covers more of
 * them; a narrow LINEAR window over fractions is LINEAR_EXACT. Does not mutate.
 */
export const voiForImage = (voi: Voi, image: MammogramImage): Voi => {
  if (voi.kind === 'window') {
    const { modality } = image;
    const isFraction = 'slope' in modality && Math.abs(modality.slope) <= FRACTIONS;
    const isNarrow = voi.fn === 'LINEAR' && voi.width < FEW_UNITS;
    return isFraction && isNarrow ? { ...voi, fn: 'LINEAR_EXACT' } : voi;
  }
  const { firstMapped, values } = voi.lut;
  const [low, high] = modalityRange(image);
  const covered = (first: number) =>
    Math.min(first + values.length - 1, high) - Math.max(first, low);
  const signed = firstMapped - UNSIGNED;
  const isNegative =
    firstMapped >= UNSIGNED / 2 && covered(signed) >= 0 && covered(signed) > covered(firstMapped);
  return isNegative ? { ...voi, lut: { ...voi.lut, firstMapped: signed } } : voi;
};
