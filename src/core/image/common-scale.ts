import type { MammogramImage, StoredPixels } from './mammogram-image.ts';
import { inPadding, modalityTransform } from './presentation-values.ts';
import type { StoredRange, StoredValues } from './stored-values.ts';
import { powerOfTwo } from '../units/portable-math.ts';

/** A slice with what is known of its values. */
interface Slice {
  readonly image: MammogramImage;
  readonly values: StoredValues;
}

type Meaning = Pick<MammogramImage, 'modality' | 'padding'>;

/** Whether a stored value means the same in both: one modality step, one padding. */
export const meansTheSame = (a: Meaning, b: Meaning): boolean =>
  (a.modality === b.modality || JSON.stringify(a.modality) === JSON.stringify(b.modality)) &&
  a.padding?.low === b.padding?.low &&
  a.padding?.high === b.padding?.high;

/** Modality values of a slice over a range of its stored values. */
const tableOf = ({ image, values: { all } }: Slice): Float64Array => {
  const map = modalityTransform(image);
  return Float64Array.from({ length: all.high - all.low + 1 }, (_, i) => map(all.low + i));
};

const spanOf = (table: Float64Array, { low, high }: StoredRange, first: number): StoredRange => {
  const part = table.subarray(low - first, high - first + 1);
  return {
    low: part.reduce((a, b) => Math.min(a, b), Infinity),
    high: part.reduce((a, b) => Math.max(a, b), -Infinity),
  };
};

/** How finely a slice tells modality values apart. */
const stepOf = ({ modality }: MammogramImage): number =>
  'slope' in modality ? Math.abs(modality.slope) : 1;

/**
 * Slices with rescales or paddings of their own in one scale of stored values, so that values at one
 * place can be compared and averaged: the finest step among them, or one that lets all values fit into
 * the slices' type; an error of half a step. The lowest value of the type is the padding of all. Slices
 * that share their scale come back as they are. Does not mutate.
 */
export const inCommonScale = (slices: readonly Slice[]): readonly Slice[] => {
  const [first] = slices;
  if (!first || slices.every(({ image }) => meansTheSame(image, first.image))) return slices;
  const tables = slices.map(tableOf);
  const spans = slices.map(({ values: { all, tissue } }, i) =>
    spanOf(tables[i] as Float64Array, tissue, all.low),
  );
  const low = Math.min(...spans.map((span) => span.low));
  const high = Math.max(...spans.map((span) => span.high));
  const bits = 8 * first.image.pixels.BYTES_PER_ELEMENT;
  const padded = first.image.signed ? -powerOfTwo(bits - 1) : 0;
  const finest = Math.min(...slices.map(({ image }) => stepOf(image)));
  const slope = Math.max(finest, (high - low) / (powerOfTwo(bits) - 2));
  const codeOf = (modality: number): number => padded + 1 + Math.round((modality - low) / slope);
  const Type = first.image.pixels.constructor as new (length: number) => StoredPixels;
  return slices.map((slice, i) => {
    const { image, values } = slice;
    const { low: start } = values.all;
    const codes = (tables[i] as Float64Array).map((modality, at) =>
      inPadding(image, at + start) ? padded : codeOf(modality),
    );
    const pixels = new Type(image.pixels.length);
    for (let at = 0; at < pixels.length; at++)
      pixels[at] = codes[(image.pixels[at] as number) - start] as number;
    const span = spans[i] as StoredRange;
    const tissue = { low: codeOf(span.low), high: codeOf(span.high) };
    const { exceedsDeclaredBits: _, ...rest } = image;
    return {
      image: {
        ...{ ...rest, pixels, bitsStored: bits, padding: { low: padded, high: padded } },
        modality: { slope, intercept: low - slope * (padded + 1) },
      },
      values: {
        all: { low: Math.min(padded, tissue.low), high: tissue.high },
        tissue,
        air: values.air === undefined ? undefined : codes[values.air - start],
      },
    };
  });
};
