import type { MammogramImage, Voi } from './mammogram-image.ts';
import { presentationTransform } from './presentation-values.ts';

/** How the grey of a view is made: the VOI in use, the reader's inversion, and what stays black. */
export interface ScreenGrey {
  readonly voi: Voi;
  readonly inverted: boolean;
  /** The stored value of uniform air, where the image has one (see uniformAir). */
  readonly air?: number | undefined;
}

/** Air of one value covers a third of a processed mammogram and more; a clipped shadow far less. */
const LEAST_AIR = 0.05;

/**
 * The stored value that processed mammograms put in the place of all air: the darkest one outside
 * the padding, where at least a twentieth of the pixels have it. Undefined where air has its own
 * noise, as on digitised film: no value tells it from fat there.
 * @param range lowest and highest stored value outside the padding.
 */
export const uniformAir = (
  image: MammogramImage,
  range: { readonly low: number; readonly high: number },
): number | undefined => {
  const grey = presentationTransform({ ...image, voi: [] });
  const [low, high] = [grey(range.low), grey(range.high)];
  if (low === high) return undefined;
  const darkest = low < high ? range.low : range.high;
  let count = 0;
  for (const v of image.pixels) if (v === darkest) count++;
  return count >= LEAST_AIR * image.pixels.length ? darkest : undefined;
};

const inPadding = (image: MammogramImage, stored: number): boolean =>
  image.padding !== undefined && stored >= image.padding.low && stored <= image.padding.high;

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
  const bits = Math.min(image.bitsStored, 16);
  const first = image.signed ? -(2 ** (bits - 1)) : 0;
  const grey = greyTransform(image, how);
  const values = Uint8ClampedArray.from({ length: 2 ** bits }, (_, i) => 255 * grey(i + first));
  return { first, values };
};
