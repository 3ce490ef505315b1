import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import { modalityTransform, presentationTransform } from '../../core/image/presentation-values.ts';

/** Lowest and highest stored value, inclusive. */
export interface StoredRange {
  readonly low: number;
  readonly high: number;
}

/** Grey in [0, 1] of the stored values `low + i * step`; between them it is interpolated linearly. */
export interface GreyTable {
  readonly low: number;
  readonly step: number;
  readonly values: Float32Array;
}

const inPadding = (image: MammogramImage, stored: number): boolean =>
  image.padding !== undefined && stored >= image.padding.low && stored <= image.padding.high;

/** The stored values that occur, and those that occur outside the padding. One pass over the pixels. */
export const storedRanges = (
  image: MammogramImage,
): { readonly all: StoredRange; readonly tissue: StoredRange } => {
  const { pixels } = image;
  const from = image.padding?.low ?? Number.POSITIVE_INFINITY;
  const to = image.padding?.high ?? Number.NEGATIVE_INFINITY;
  let [low, high, tissueLow, tissueHigh] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < pixels.length; i++) {
    const v = pixels[i] as number;
    if (v < low) low = v;
    if (v > high) high = v;
    if (v >= from && v <= to) continue;
    if (v < tissueLow) tissueLow = v;
    if (v > tissueHigh) tissueHigh = v;
  }
  const all = { low, high };
  return { all, tissue: tissueLow > tissueHigh ? all : { low: tissueLow, high: tissueHigh } };
};

/** The window over the values that occur: what an image is shown with when its file names none. */
export const spanningVoi = (image: MammogramImage, tissue: StoredRange): Voi => {
  const map = modalityTransform(image);
  const ends = [map(tissue.low), map(tissue.high)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const width = Math.max(high - low, 1);
  return {
    kind: 'window',
    center: low + width / 2,
    width,
    fn: 'LINEAR_EXACT',
    explanation: 'full range',
  };
};

/**
 * Stored value to grey on screen: the product's one grey pipeline (presentationTransform) with the
 * chosen VOI, and the reader's inversion on top. Padding stays black either way.
 */
export const greyTransform = (
  image: MammogramImage,
  voi: Voi,
  inverted: boolean,
): ((stored: number) => number) => {
  const grey = presentationTransform({ ...image, voi: [voi] });
  if (!inverted) return grey;
  return (stored) => (inPadding(image, stored) ? 0 : 1 - grey(stored));
};

/** The stored values between which a window of a rescaled image rises; null where that is not known. */
const knees = (image: MammogramImage, voi: Voi): StoredRange | null => {
  if (voi.kind !== 'window' || voi.fn === 'SIGMOID' || 'values' in image.modality) return null;
  const { slope, intercept } = image.modality;
  const half = voi.width / 2 + 1;
  const ends = [voi.center - half, voi.center + half].map((m) => (m - intercept) / slope);
  return { low: Math.floor(Math.min(...ends)), high: Math.ceil(Math.max(...ends)) };
};

/**
 * The range that the table has to cover. An image whose values fit the table has one entry for each
 * value. A wider one without padding is cut to where the window rises: beyond it grey is constant.
 */
const tableRange = (image: MammogramImage, voi: Voi, all: StoredRange, most: number) => {
  if (all.high - all.low < most || image.padding) return all;
  const rise = knees(image, voi);
  if (!rise) return all;
  const low = Math.min(Math.max(rise.low, all.low), all.high);
  return { low, high: Math.max(Math.min(rise.high, all.high), low) };
};

/** Grey over the stored values of an image, at most `most` entries (2 or more). */
export const greyTable = (
  image: MammogramImage,
  all: StoredRange,
  voi: Voi,
  inverted: boolean,
  most: number,
): GreyTable => {
  const { low, high } = tableRange(image, voi, all, most);
  const length = Math.min(Math.max(high - low + 1, 2), most);
  const step = Math.max(high - low, 1) / (length - 1);
  const grey = greyTransform(image, voi, inverted);
  const values = Float32Array.from({ length }, (_, i) => grey(low + i * step));
  return { low, step, values };
};
