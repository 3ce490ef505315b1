import {
  brightnessLevels,
  brightnessOf,
  countStored,
  type Level,
  type StoredCounts,
} from './brightness-levels.ts';
import type { MammogramImage, StoredPixels } from './mammogram-image.ts';
import { inPadding } from './presentation-values.ts';
import type { AddRows } from './resample.ts';
import { levelsOfPicture } from './undeclared-border.ts';
import { powerOfTwo } from '../units/portable-math.ts';

/** Grey in [0, 1] of each stored value that occurs: at index `stored - first`. */
export interface GreyOfStored {
  readonly first: number;
  readonly values: Float32Array;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The step that all levels are multiples of, counted from the darkest: more than 1 where low bits are unused. */
const stepOf = (levels: readonly Level[]): number => {
  const low = levels[0]?.at ?? 0;
  return levels.reduce((step, { at }) => gcd(at - low, step), 0) || 1;
};

/** Pictures of fewer bits than this are taken for such: the training archive's have 8. */
const LEAST_BITS = 8;

/**
 * The grey that everything but the display starts from: 0 is the darkest level of the picture (air), 1
 * the top of the fewest whole bits, 8 or more, that hold its levels, unused low bits left out. Only pixel values, the modality
 * LUT, the photometric sense and padding enter: no window, no VOI LUT, no declared depth. Padding and
 * undeclared borders are 0. Of an image of up to 16 bits, with its counts; does not mutate.
 */
export const workingGrey = (
  image: MammogramImage,
  stored: StoredCounts = countStored(image),
): GreyOfStored => {
  const levels = brightnessLevels(image, stored);
  const picture = levelsOfPicture(levels);
  const [low, high] = [picture[0]?.at ?? 0, picture.at(-1)?.at ?? 0];
  const step = stepOf(picture);
  let bits = LEAST_BITS;
  while (powerOfTwo(bits) < (high - low) / step + 1) bits++;
  const top = (powerOfTwo(bits) - 1) * step;
  const brightness = brightnessOf(image);
  const occurs = (n: number) => n > 0;
  const from = stored.counts.findIndex(occurs);
  const first = from + stored.first;
  const length = stored.counts.findLastIndex(occurs) - from + 1;
  const values = Float32Array.from({ length }, (_, i) => {
    const at = brightness(i + first);
    return at < low || at > high || inPadding(image, i + first) ? 0 : (at - low) / top;
  });
  return { first, values };
};

const addRow = (
  line: Float64Array,
  pixels: StoredPixels,
  start: number,
  { first, values }: GreyOfStored,
  weight: number,
): void => {
  for (let x = 0; x < line.length; x++)
    line[x] =
      (line[x] as number) + weight * (values[(pixels[start + x] as number) - first] as number);
};

/** Four rows in one walk along the line, which takes half the time; added in the same order. */
const addFourRows = (
  line: Float64Array,
  pixels: StoredPixels,
  start: number,
  { first, values }: GreyOfStored,
  [w0, w1, w2, w3]: readonly [number, number, number, number],
): void => {
  const columns = line.length;
  for (let x = 0; x < columns; x++) {
    const at = start + x;
    const p0 = values[(pixels[at] as number) - first] as number;
    const p1 = values[(pixels[at + columns] as number) - first] as number;
    const p2 = values[(pixels[at + 2 * columns] as number) - first] as number;
    const p3 = values[(pixels[at + 3 * columns] as number) - first] as number;
    line[x] = (line[x] as number) + w0 * p0 + w1 * p1 + w2 * p2 + w3 * p3;
  }
};

/** The rows of an image of up to 16 bits in working grey, by the table; for resampleRows. */
export const workingRows = (image: MammogramImage, stored?: StoredCounts): AddRows => {
  const table = workingGrey(image, stored);
  const { pixels, columns } = image;
  return (line, row, weights) => {
    const weight = (k: number) => weights[k] as number;
    let k = 0;
    for (; k + 4 <= weights.length; k += 4) {
      const four = [weight(k), weight(k + 1), weight(k + 2), weight(k + 3)] as const;
      addFourRows(line, pixels, (row + k) * columns, table, four);
    }
    for (; k < weights.length; k++) addRow(line, pixels, (row + k) * columns, table, weight(k));
  };
};
