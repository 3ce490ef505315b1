import type { StoredPixels } from '../../core/image/mammogram-image.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { refusal, type Refusal } from './open-failure.ts';
import type { PixelFormat } from './pixel-format.ts';

/** Raw samples of one frame, one a pixel, before masking: what a decoder hands over. */
export type RawSamples = Uint8Array | Int8Array | Uint16Array | Int16Array;

export const sizeMismatch = (format: PixelFormat, found: string): Refusal =>
  refusal(
    'size-mismatch',
    `The file says ${format.columns} × ${format.rows} pixels, but its pixel data hold ${found}. Rows, Columns or the pixel data are wrong.`,
  );

/** Pixel data are padded to even length; a few writers pad to four bytes. */
const MOST_PADDING = 3;

/** The file's own bytes as words where they lie so, else a copy. */
const wordsOf = (bytes: Uint8Array, count: number): Uint16Array =>
  bytes.byteOffset % 2 === 0
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, count)
    : new Uint16Array(bytes.slice(0, 2 * count).buffer);

/**
 * The samples of uncompressed bytes, whose number must agree with Rows and Columns. They may be a
 * view of `bytes`: not to be written to.
 */
export const nativeSamples = (
  bytes: Uint8Array,
  format: PixelFormat,
  bigEndian: boolean,
): Result<RawSamples, Refusal> => {
  const count = format.rows * format.columns;
  const wanted = (count * format.bitsAllocated) / 8;
  if (bytes.length < wanted || bytes.length > wanted + MOST_PADDING)
    return err(
      sizeMismatch(
        format,
        `${bytes.length.toLocaleString('en')} bytes instead of ${wanted.toLocaleString('en')}`,
      ),
    );
  if (format.bitsAllocated === 8) return ok(bytes.subarray(0, count));
  const words = wordsOf(bytes, count);
  return ok(bigEndian ? words.map((w) => (w << 8) | (w >> 8)) : words);
};

const target = (format: PixelFormat): Exclude<StoredPixels, Uint32Array | Int32Array> => {
  const count = format.rows * format.columns;
  if (format.bitsAllocated === 8)
    return format.signed ? new Int8Array(count) : new Uint8Array(count);
  return format.signed ? new Int16Array(count) : new Uint16Array(count);
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
  const up = 32 - bitsStored;
  let changed = 0;
  if (signed)
    for (let i = 0; i < length; i++) {
      const v = values[i] as number;
      changed |= v ^ ((v << up) >> up);
    }
  else for (let i = 0; i < length; i++) changed |= (values[i] as number) >> bitsStored;
  return changed === 0 ? values : undefined;
};

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
 * jump from white to black and are rougher than whole, while overlays make whole ones rougher.
 */
export const toStoredPixels = (
  samples: RawSamples,
  format: PixelFormat,
  shift: number,
): StoredPixels => {
  const asTheyAre = shift === 0 ? storedAlready(samples, format) : undefined;
  if (asTheyAre) return asTheyAre;
  const cut = masked(samples, format, shift);
  if (shift !== 0) return cut;
  const all = whole(samples, format);
  return roughness(all, format.columns) < roughness(cut, format.columns) ? all : cut;
};

/** Bits that hold all the values: the declared ones, or more where values exceed them. */
export const bitsInUse = (
  pixels: StoredPixels,
  { bitsStored, signed }: Pick<PixelFormat, 'bitsStored' | 'signed'>,
): number => {
  let bits = 0;
  for (let i = 0; i < pixels.length; i++) {
    const v = pixels[i] as number;
    bits |= v < 0 ? ~v : v;
  }
  return Math.max(32 - Math.clz32(bits) + (signed ? 1 : 0), bitsStored);
};
