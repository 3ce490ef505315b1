import { message, type Message } from '../../../core/message/message.ts';
import type { PixelFormat } from '../read/pixel-format.ts';
import type { DecodedFrame } from './decode-frame.ts';
import { isStoredAs, swapWords, type RawSamples } from './native-pixels.ts';

/** A frame and the format that it is taken by, and what the header said otherwise. */
export interface SettledFrame {
  readonly format: PixelFormat;
  /** In the order of bytes and with the shift of that format. */
  readonly frame: DecodedFrame;
  readonly remarks: readonly Message[];
}

/** Fewer pixels than this are no picture that a header could be held against. */
const A_PICTURE = 4096;
/** About as many rows are compared. */
const LOOKED_AT = 128;
/** How many times smoother the other byte order has to be. */
const CLEARLY = 2;

/** Goes along a sample of rows; `see` is given where each begins. */
const eachRow = ({ rows, columns }: PixelFormat, see: (start: number) => void): number => {
  const stride = Math.max(1, Math.floor(rows / LOOKED_AT));
  for (let row = 0; row < rows; row += stride) see(row * columns);
  return Math.ceil(rows / stride);
};

/** Sum of the steps from each pixel to the next in a sample of rows, as a share of the range of values there. */
const roughness = (
  samples: RawSamples,
  format: PixelFormat,
  take: (sample: number) => number,
): number => {
  let [sum, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  eachRow(format, (start) => {
    let last = take(samples[start] as number);
    for (let i = start; i < start + format.columns; i++) {
      const value = take(samples[i] as number);
      sum += Math.abs(value - last);
      low = Math.min(low, value);
      high = Math.max(high, value);
      last = value;
    }
  });
  return high > low ? sum / (high - low) : 0;
};

const asIs = (sample: number): number => sample;
const swapped = (sample: number): number => ((sample & 0xff) << 8) | (sample >> 8);

/** Whether the picture is clearly smoother with the bytes of its words the other way round. */
const isSwapped = (samples: RawSamples, format: PixelFormat): boolean =>
  roughness(samples, format, swapped) * CLEARLY < roughness(samples, format, asIs);

/**
 * How far the lowest stored bit lies above bit 0. Bits below it are empty, or hold overlays. Where they carry
 * the picture and none of its values needs a bit above the stored ones, HighBit is overstated.
 */
const settledShift = (samples: RawSamples, format: PixelFormat, stated: number): number => {
  if (stated === 0) return 0;
  const below = 2 ** stated - 1;
  let low = 0;
  for (let i = 0; i < samples.length; i++) low |= (samples[i] as number) & below;
  // Two overlay planes below one picture were never seen.
  const bitsInUse = low.toString(2).replaceAll('0', '').length;
  if (bitsInUse < Math.min(2, stated) || !isStoredAs(samples, format)) return stated;
  const cut = roughness(samples, format, (sample) => sample >> stated);
  return roughness(samples, format, asIs) < 1.5 * cut ? 0 : stated;
};

/** Half the span of 16 bits, and what a smooth picture does not step over. */
const HALF = 2 ** 15;
const NEAR = 2 ** 13;
/** Fewer values on either side of a jump belong to a border or a label. */
const FEWEST_VALUES = 4;

/**
 * Whether a picture of 16 bits jumps from one end of its values to the other in the stated sign, again and again
 * and between many values, and does not in the other sign.
 */
const isOfOtherSign = (samples: RawSamples, format: PixelFormat): boolean => {
  const high = new Set<number>();
  const low = new Set<number>();
  let [jumps, near, others, rows] = [0, 0, 0, 0];
  /** Where the values of the other sign jump. */
  const seam = format.signed ? 0 : HALF;
  const value = (i: number): number => {
    const word = (samples[i] as number) & 0xffff;
    return format.signed && word >= HALF ? word - 2 * HALF : word;
  };
  const looked = eachRow(format, (start) => {
    const before = jumps;
    let last = value(start);
    for (let i = start + 1; i < start + format.columns; i++) {
      const here = value(i);
      const step = Math.abs(here - last);
      if (step > HALF) {
        jumps++;
        if (2 * HALF - step < NEAR) near++;
        if (high.size < FEWEST_VALUES) high.add(Math.max(here, last));
        if (low.size < FEWEST_VALUES) low.add(Math.min(here, last));
      } else if (here < seam !== last < seam) others++;
      last = here;
    }
    if (jumps > before) rows++;
  });
  return (
    rows >= looked / 8 &&
    near >= 0.9 * jumps &&
    8 * others <= jumps &&
    high.size === FEWEST_VALUES &&
    low.size === FEWEST_VALUES
  );
};

const isSignedArray = (samples: RawSamples): boolean =>
  samples instanceof Int16Array || samples instanceof Int8Array;

/** What a signed stream holds is signed; of words only the picture can tell. */
const settledSign = (samples: RawSamples, format: PixelFormat): boolean => {
  if (isSignedArray(samples)) return format.signed || samples.some((sample) => sample < 0);
  const canTell = samples.BYTES_PER_ELEMENT === 2 && (format.bitsStored === 16 || !format.signed);
  return canTell && isOfOtherSign(samples, format) ? !format.signed : format.signed;
};

/**
 * The format in which a frame is read: as the header states it, except where the samples clearly
 * contradict it on the order of bytes, on HighBit, or on the sign. Nothing is settled of colours, whose bits are
 * read from bit 0 up.
 */
export const settleFormat = (frame: DecodedFrame, stated: PixelFormat): SettledFrame => {
  if (stated.colour) return { format: stated, frame, remarks: [] };
  const { samples, shift, inWords } = frame;
  const isPicture = samples.length >= A_PICTURE;
  const isOther = isPicture && inWords && stated.bitsAllocated === 16 && isSwapped(samples, stated);
  const ordered = isOther ? swapWords(samples) : samples;
  const settled = isPicture ? settledShift(ordered, stated, shift) : shift;
  const signed =
    isSignedArray(samples) || (isPicture && settled === 0)
      ? settledSign(ordered, stated)
      : stated.signed;
  const format: PixelFormat = {
    ...stated,
    highBit: stated.bitsStored - 1 + settled,
    signed,
    ...(isOther && { swapped: true as const }),
  };
  return {
    format,
    frame: { ...frame, samples: ordered, shift: settled },
    remarks: [
      ...(isOther ? [message('remark.byte-order')] : []),
      ...(settled === shift ? [] : [message('remark.high-bit', { highest: stated.highBit })]),
      ...(signed === stated.signed ? [] : [message(signed ? 'remark.signed' : 'remark.unsigned')]),
    ],
  };
};
