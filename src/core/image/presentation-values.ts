import type { LookupTable, MammogramImage, Voi } from './mammogram-image.ts';
import { exponential, powerOfTwo } from '../units/portable-math.ts';

const isLut = (m: MammogramImage['modality']): m is LookupTable => 'values' in m;

const lookUp = (lut: LookupTable, input: number): number => {
  const index = Math.min(Math.max(Math.round(input) - lut.firstMapped, 0), lut.values.length - 1);
  return lut.values[index] as number;
};

/** Modality LUT or rescale: stored value to modality value. DICOM PS3.3 C.11.1. */
export const modalityTransform = (image: MammogramImage): ((stored: number) => number) => {
  const { modality } = image;
  if (isLut(modality)) return (stored) => lookUp(modality, stored);
  return (stored) => stored * modality.slope + modality.intercept;
};

/** The span of modality values that the stored bits can express: the window of last resort. */
export const modalityRange = (image: MammogramImage): readonly [low: number, high: number] => {
  const span = powerOfTwo(image.bitsStored);
  const low = image.signed ? -span / 2 : 0;
  const map = modalityTransform(image);
  const ends = [map(low), map(low + span - 1)];
  return [Math.min(...ends), Math.max(...ends)];
};

const clampUnit = (v: number): number => Math.min(Math.max(v, 0), 1);

/**
 * VOI transform of one preset: modality value to [0, 1]. DICOM PS3.3 C.11.2.1.2 (LINEAR),
 * C.11.2.1.3.1 (SIGMOID), C.11.2.1.3.2 (LINEAR_EXACT), C.11.2.1.1 (VOI LUT Sequence).
 */
export const voiTransform = (voi: Voi): ((modality: number) => number) => {
  if (voi.kind === 'lut') {
    const top = powerOfTwo(voi.lut.bits) - 1;
    return (x) => clampUnit(lookUp(voi.lut, x) / top);
  }
  const { center: c, width: w, fn } = voi;
  if (fn === 'SIGMOID') return (x) => 1 / (1 + exponential((-4 * (x - c)) / w));
  if (fn === 'LINEAR_EXACT') return (x) => clampUnit((x - c) / w + 0.5);
  if (w <= 1) return (x) => (x <= c - 0.5 ? 0 : 1);
  return (x) => clampUnit((x - (c - 0.5)) / (w - 1) + 0.5);
};

/** The preset that is used when the file names none: LINEAR_EXACT over the modality range. */
export const fullRangeVoi = (image: MammogramImage): Voi => {
  const [low, high] = modalityRange(image);
  return {
    kind: 'window',
    center: (low + high) / 2,
    width: high - low || 1,
    fn: 'LINEAR_EXACT',
  };
};

/** Whether the darkest output belongs to the largest input: MONOCHROME1 xor an INVERSE LUT shape. */
export const isInverted = (image: MammogramImage): boolean =>
  (image.photometricInterpretation === 'MONOCHROME1') !==
  (image.presentationLutShape === 'INVERSE');

/** Whether a stored value is of the padding that the file declares. */
export const inPadding = ({ padding }: MammogramImage, stored: number): boolean =>
  padding !== undefined && stored >= padding.low && stored <= padding.high;

/**
 * A function from stored value to P-value in [0, 1], 0 black (air), 1 white (dense), by the whole
 * DICOM grey pipeline: modality LUT, then VOI (the file's first preset, else the full range), then
 * photometric interpretation. Stored values in the padding range map to 0. For the display alone:
 * what is scored starts from workingGrey.
 */
export const presentationTransform = (image: MammogramImage): ((stored: number) => number) => {
  const modality = modalityTransform(image);
  const voi = voiTransform(image.voi[0] ?? fullRangeVoi(image));
  const inverted = isInverted(image);
  return (stored) => {
    if (inPadding(image, stored)) return 0;
    const p = voi(modality(stored));
    return inverted ? 1 - p : p;
  };
};

/** The stored values that an image of up to 16 bits can have, for tables: at index `stored - first`. */
export const storedSpan = ({
  bitsStored,
  signed,
}: Pick<MammogramImage, 'bitsStored' | 'signed'>): { first: number; length: number } => {
  const bits = Math.min(bitsStored, 16);
  return { first: signed ? -powerOfTwo(bits - 1) : 0, length: powerOfTwo(bits) };
};

/** The same as a table over storedSpan. Cheaper than the closure for millions of pixels. */
export const presentationTable = (
  image: MammogramImage,
): { readonly first: number; readonly values: Float32Array } => {
  const { first, length } = storedSpan(image);
  const transform = presentationTransform(image);
  return { first, values: Float32Array.from({ length }, (_, i) => transform(i + first)) };
};
