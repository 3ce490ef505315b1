import { message, type Message } from '../../../core/message/message.ts';
import type { StoredPixels } from '../../../core/image/mammogram-image.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { PixelFormat } from '../read/pixel-format.ts';

/** Raw samples of one frame, one a pixel, before masking: what a decoder hands over. */
export type RawSamples = Uint8Array | Int8Array | Uint16Array | Int16Array;

export const sizeMismatch = ({ columns, rows }: PixelFormat, found: Message): Message =>
  message('file.size-mismatch', { columns, rows, found });

/** Pixel data are padded to even length; a few writers pad to four bytes. */
const MOST_PADDING = 3;

/**
 * Whether bytes behind the picture are a filling, as of writers that store whole blocks: all alike,
 * or not as many as further rows or columns would have, which speak of wrong Rows or Columns.
 */
const isFilling = (bytes: Uint8Array, wanted: number, { rows, columns }: PixelFormat): boolean => {
  const surplus = bytes.length - wanted;
  if (surplus <= MOST_PADDING) return true;
  const filler = bytes[wanted];
  if (bytes.subarray(wanted).every((byte) => byte === filler)) return true;
  const pixel = wanted / (rows * columns);
  return surplus % (pixel * columns) !== 0 && surplus % (pixel * rows) !== 0;
};

/** The file's own bytes as words where they lie so, else a copy. */
const wordsOf = (bytes: Uint8Array, count: number): Uint16Array =>
  bytes.byteOffset % 2 === 0
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, count)
    : new Uint16Array(bytes.slice(0, 2 * count).buffer);

/** 8-bit pixels that were written as big endian words (PS3.5 D, OW): each pair the other way round. */
const swapPairs = (bytes: Uint8Array, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => bytes[i ^ 1] ?? (bytes[i] as number));

/** Bytes of the frame where it is not compressed; YBR_FULL_422 has two samples a pixel. */
export const nativeLength = ({ rows, columns, bitsAllocated, samples, colour }: PixelFormat) =>
  rows * columns * (bitsAllocated / 8) * (colour === 'YBR_FULL_422' ? 2 : samples);

/**
 * The samples of uncompressed bytes, whose number must agree with Rows and Columns. `bigEndian` is
 * that of words: 8-bit pixels stand in words where their VR is OW. They may be a view of `bytes`:
 * not to be written to.
 */
export const nativeSamples = (
  bytes: Uint8Array,
  format: PixelFormat,
  bigEndian: boolean,
  inWords: boolean,
): Result<RawSamples, Message> => {
  const wanted = nativeLength(format);
  const count = (wanted * 8) / format.bitsAllocated;
  if (bytes.length < wanted || !isFilling(bytes, wanted, format))
    return err(
      sizeMismatch(
        format,
        message('file.size-mismatch.bytes', {
          found: bytes.length.toLocaleString('en'),
          wanted: wanted.toLocaleString('en'),
        }),
      ),
    );
  if (format.bitsAllocated === 8)
    return ok(bigEndian && inWords ? swapPairs(bytes, count) : bytes.subarray(0, count));
  const words = wordsOf(bytes, count);
  return ok(bigEndian ? swapWords(words) : words);
};

/** 16-bit samples with their bytes the other way round: a copy. */
export const swapWords = (samples: RawSamples): Uint16Array => {
  const out = new Uint16Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    const word = samples[i] as number;
    out[i] = (word << 8) | ((word >> 8) & 0xff);
  }
  return out;
};

/** The samples in the order of bytes that was settled for them. */
export const inOrder = (samples: RawSamples, format: PixelFormat): RawSamples =>
  format.swapped ? swapWords(samples) : samples;

const target = (format: PixelFormat): Exclude<StoredPixels, Uint32Array | Int32Array> => {
  const count = format.rows * format.columns;
  if (format.bitsAllocated === 8)
    return format.signed ? new Int8Array(count) : new Uint8Array(count);
  return format.signed ? new Int16Array(count) : new Uint16Array(count);
};

/** Bits that hold all of some values, their sign among them. */
const bitsOf = (values: StoredPixels, signed: boolean): number => {
  let bits = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    bits |= v < 0 ? ~v : v;
  }
  return 32 - Math.clz32(bits) + (signed ? 1 : 0);
};

/** The samples as values of the format's type, where no bit of any of them would change. */
const storedAlready = (
  samples: RawSamples,
  { bitsAllocated, bitsStored, signed }: PixelFormat,
): StoredPixels | undefined => {
  if (samples.BYTES_PER_ELEMENT * 8 !== bitsAllocated) return undefined;
  const { buffer, byteOffset, length } = samples;
  const Type =
    bitsAllocated === 8 ? (signed ? Int8Array : Uint8Array) : signed ? Int16Array : Uint16Array;
  const values = new Type(buffer as ArrayBuffer, byteOffset, length);
  return bitsOf(values, signed) <= bitsStored ? values : undefined;
};

/** Whether the samples need no bit above the stored ones, when these begin at bit 0. */
export const isStoredAs = (samples: RawSamples, format: PixelFormat): boolean =>
  bitsOf(samples, false) <= format.bitsStored || storedAlready(samples, format) !== undefined;

/** The stored bits alone, signed values extended from their own sign bit. */
const masked = (samples: RawSamples, format: PixelFormat, shift: number): StoredPixels => {
  const out = target(format);
  const { bitsStored, signed } = format;
  const mask = 2 ** bitsStored - 1;
  const up = 32 - bitsStored;
  if (signed)
    for (let i = 0; i < out.length; i++) out[i] = (((samples[i] as number) >> shift) << up) >> up;
  else for (let i = 0; i < out.length; i++) out[i] = ((samples[i] as number) >> shift) & mask;
  return out;
};

/** All bits of the samples as values, whatever is declared. */
const whole = (samples: RawSamples, format: PixelFormat): StoredPixels => {
  const out = target(format);
  out.set(samples);
  return out;
};

/** Sum of the steps from each pixel to the next in its row. */
const roughness = (pixels: StoredPixels, columns: number): number => {
  let sum = 0;
  for (let i = 1; i < pixels.length; i++)
    if (i % columns !== 0) sum += Math.abs((pixels[i] as number) - (pixels[i - 1] as number));
  return sum;
};

/**
 * Stored values of PS3.3 C.7.6.3.1: bits above HighBit (once used for overlays) and below the
 * stored ones are dropped, signed values are extended from their own sign bit. `shift` is how far
 * the lowest stored bit lies above bit 0. Samples that are stored values already are taken as they
 * are, without a copy: the values may be a view of the file's bytes. Where bits above the stored ones
 * are in use, the picture decides whether the values exceed what is declared: cut down, such values
 * jump from white to black and are rougher than whole, while overlays make whole ones rougher. With the bits
 * that hold all the values: the declared ones, or more where values exceed them; and whether bits above them
 * were taken off.
 */
export const toStoredPixels = (
  samples: RawSamples,
  format: PixelFormat,
  shift: number,
): { readonly pixels: StoredPixels; readonly bitsStored: number; readonly isCut: boolean } => {
  const { bitsStored, columns, signed } = format;
  const asTheyAre = shift === 0 ? storedAlready(samples, format) : undefined;
  if (asTheyAre) return { pixels: asTheyAre, bitsStored, isCut: false };
  const cut = masked(samples, format, shift);
  if (shift !== 0) return { pixels: cut, bitsStored, isCut: false };
  const all = whole(samples, format);
  return roughness(all, columns) < roughness(cut, columns)
    ? { pixels: all, bitsStored: Math.max(bitsOf(all, signed), bitsStored), isCut: false }
    : { pixels: cut, bitsStored, isCut: true };
};
