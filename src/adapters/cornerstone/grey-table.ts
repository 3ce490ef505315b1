import { meansTheSame } from '../../core/image/common-scale.ts';
import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import { modalityTransform } from '../../core/image/presentation-values.ts';
import { greyTransform, type ScreenGrey } from '../../core/display/grey/screen-grey.ts';
import type { StoredRange } from '../../core/image/stored-values.ts';

/** Grey in [0, 1] of the stored values `low + i * step`; between them it is interpolated linearly. */
export interface GreyTable {
  readonly low: number;
  readonly step: number;
  readonly values: Float32Array;
}

/** The window over the values that occur: what an image is shown with when its file names none. */
export const spanningVoi = (image: MammogramImage, tissue: StoredRange): Voi => {
  const map = modalityTransform(image);
  const ends = [map(tissue.low), map(tissue.high)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const width = high - low || 1;
  return {
    kind: 'window',
    center: low + width / 2,
    width,
    fn: 'LINEAR_EXACT',
    explanation: 'full range',
  };
};

/** The stored values between which a window of a rescaled image rises; null where that is not known. */
const knees = (image: MammogramImage, voi: Voi): StoredRange | null => {
  if (voi.kind !== 'window' || voi.fn === 'SIGMOID' || 'values' in image.modality) return null;
  const { slope, intercept } = image.modality;
  const half = voi.width / 2 + 1;
  const ends = [voi.center - half, voi.center + half].map((m) => (m - intercept) / slope);
  return { low: Math.floor(Math.min(...ends)), high: Math.ceil(Math.max(...ends)) };
};

/** The stored values that are black for themselves, lowest and highest: padding, and air inverted. */
const blackRange = ({ padding }: MammogramImage, { inverted, air }: ScreenGrey) => {
  const own = [padding?.low, padding?.high, inverted ? air : undefined].filter(
    (v) => v !== undefined,
  );
  return own.length > 0 ? { low: Math.min(...own), high: Math.max(...own) } : undefined;
};

/** What of a picture its table depends on, beside the window and the range of its values. */
interface Greyed {
  readonly image: MammogramImage;
  readonly air: number | undefined;
}

/** Whether a stored value of the one picture may be another grey in the other, by one window. */
export const hasOtherGrey = (a: Greyed, b: Greyed): boolean =>
  a.air !== b.air || !meansTheSame(a.image, b.image);

/**
 * The range that the table has to cover. An image whose values fit the table has one entry for each
 * value. A wider one is cut to where the window rises: beyond it grey is constant, but for what is
 * black for itself. An end that has such values beyond it is cut only where the rest is black too.
 */
const tableRange = (
  image: MammogramImage,
  how: ScreenGrey,
  all: StoredRange,
  most: number,
): StoredRange => {
  const rise = all.high - all.low < most ? null : knees(image, how.voi);
  if (!rise) return all;
  const clamp = (v: number) => Math.min(Math.max(v, all.low), all.high);
  const cut = { low: clamp(rise.low), high: clamp(rise.high) };
  const grey = greyTransform(image, how);
  const black = blackRange(image, how);
  const mayCut = (end: number, isBeyond: boolean) => !isBeyond || grey(end) === 0;
  return {
    low: mayCut(cut.low, black !== undefined && black.low < cut.low) ? cut.low : all.low,
    high: mayCut(cut.high, black !== undefined && black.high > cut.high) ? cut.high : all.high,
  };
};

/** Grey over the stored values of an image, at most `most` entries (2 or more). */
export const greyTable = (
  image: MammogramImage,
  all: StoredRange,
  how: ScreenGrey,
  most: number,
): GreyTable => {
  const { low, high } = tableRange(image, how, all, most);
  const length = Math.min(Math.max(high - low + 1, 2), most);
  const step = Math.max(high - low, 1) / (length - 1);
  const grey = greyTransform(image, how);
  const values = Float32Array.from({ length }, (_, i) => grey(low + i * step));
  return { low, step, values };
};
