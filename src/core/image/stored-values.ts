import { countStored, type StoredCounts } from './brightness-levels.ts';
import type { MammogramImage } from './mammogram-image.ts';
import { presentationTransform } from './presentation-values.ts';

/** Lowest and highest stored value, inclusive. */
export interface StoredRange {
  readonly low: number;
  readonly high: number;
}

/** What is known of an image once each of its pixels was looked at. */
export interface StoredValues {
  /** The stored values that occur. */
  readonly all: StoredRange;
  /** Those that occur outside the padding; all where there is nothing else. */
  readonly tissue: StoredRange;
  /**
   * The stored value that processed mammograms put in the place of all air: the darkest one outside
   * the padding, where at least a twentieth of the pixels have it. Undefined where air has its own
   * noise, as on digitised film: no value tells it from fat there.
   */
  readonly air: number | undefined;
}

/** Air of one value covers a third of a processed mammogram and more; a clipped shadow far less. */
const LEAST_AIR = 0.05;

/** What the counts of an image of up to 16 bits say. Does not mutate. */
export const storedValues = (
  image: MammogramImage,
  { first, counts }: StoredCounts = countStored(image),
): StoredValues => {
  const rangeWhere = (counted: (stored: number) => boolean): StoredRange | undefined => {
    const occurs = (n: number, i: number) => n > 0 && counted(i + first);
    const low = counts.findIndex(occurs);
    return low < 0 ? undefined : { low: low + first, high: counts.findLastIndex(occurs) + first };
  };
  const all = rangeWhere(() => true) ?? { low: 0, high: 0 };
  const { padding } = image;
  const tissue =
    (padding && rangeWhere((stored) => stored < padding.low || stored > padding.high)) ?? all;
  const grey = presentationTransform({ ...image, voi: [] });
  const [low, high] = [grey(tissue.low), grey(tissue.high)];
  const darkest = low < high ? tissue.low : tissue.high;
  const isAir = (counts[darkest - first] as number) >= LEAST_AIR * image.pixels.length;
  return { all, tissue, air: low !== high && isAir ? darkest : undefined };
};
