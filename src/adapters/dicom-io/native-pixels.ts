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

/**
 * Stored values of PS3.3 C.7.6.3.1: bits above HighBit (once used for overlays) and below the
 * stored ones are dropped, signed values are extended from their own sign bit. `shift` is how far
 * the lowest stored bit lies above bit 0. Samples that are stored values already are taken as they
 * are, without a copy: the values may be a view of the file's bytes.
 */
export const toStoredPixels = (
  samples: RawSamples,
  format: PixelFormat,
  shift: number,
): StoredPixels => {
  const asTheyAre = shift === 0 ? storedAlready(samples, format) : undefined;
  if (asTheyAre) return asTheyAre;
  const out = target(format);
  const { bitsStored, signed } = format;
  const mask = 2 ** bitsStored - 1;
  const up = 32 - bitsStored;
  if (signed)
    for (let i = 0; i < out.length; i++) out[i] = (((samples[i] as number) >> shift) << up) >> up;
  else for (let i = 0; i < out.length; i++) out[i] = ((samples[i] as number) >> shift) & mask;
  return out;
};
