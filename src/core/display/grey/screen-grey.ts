import type { MammogramImage, Voi } from '../../image/mammogram-image.ts';
import { inPadding, presentationTransform, storedSpan } from '../../image/presentation-values.ts';

/** How the grey of a view is made: the VOI in use, the reader's inversion, and what stays black. */
export interface ScreenGrey {
  readonly voi: Voi;
  readonly inverted: boolean;
  /** The stored value of uniform air, where the image has one (see StoredValues). */
  readonly air?: number | undefined;
}

/**
 * Stored value to grey on screen in [0, 1]: the product's one grey pipeline (presentationTransform)
 * with the chosen VOI, and the reader's inversion on top. Inversion leaves padding and air black, so
 * that the screen does not glare beside the breast.
 */
export const greyTransform = (
  image: MammogramImage,
  { voi, inverted, air }: ScreenGrey,
): ((stored: number) => number) => {
  const grey = presentationTransform({ ...image, voi: [voi] });
  if (!inverted) return grey;
  return (stored) => (stored === air || inPadding(image, stored) ? 0 : 1 - grey(stored));
};

/** Grey of 0 to 255 of every stored value that the image can have: at index `stored - first`. */
export interface GreyBytes {
  readonly first: number;
  readonly values: Uint8ClampedArray;
}

/** The same as a table, exact for each value of images of up to 16 bits. */
export const greyBytes = (image: MammogramImage, how: ScreenGrey): GreyBytes => {
  const { first, length } = storedSpan(image);
  const grey = greyTransform(image, how);
  return { first, values: Uint8ClampedArray.from({ length }, (_, i) => 255 * grey(i + first)) };
};
