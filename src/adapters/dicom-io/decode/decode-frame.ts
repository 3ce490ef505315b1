import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { FramePayload } from './frame-payload.ts';
import { nativeSamples, sizeMismatch, type RawSamples } from './native-pixels.ts';
import type { PixelFormat } from '../read/pixel-format.ts';
import type { PixelCoding } from '../read/transfer-syntax.ts';
import { jpeg2000Size, jpegSize, unknownProcess, type CodestreamSize } from './codestream-size.ts';
import { endMarked, jpegCompleteness, type Completeness } from './jpeg-completeness.ts';
import { jpeg2000Completeness } from './jpeg2000-completeness.ts';
import { decodeJpeg } from './jpeg.ts';
import { isLossyStream, isPlanarJpegLs } from './lossy-stream.ts';
import { decodeRle } from './rle.ts';
import {
  DecoderUnavailable,
  decodeWithWasm,
  IncompleteFrame,
  type WasmSource,
} from './wasm-codecs.ts';

/** How a frame is coded, as found in its bytes, and what that is called. */
export interface FrameCoding {
  readonly coding: PixelCoding;
  readonly name: string;
}

/** The samples of a frame, and how they are to be taken. */
export interface DecodedFrame {
  readonly samples: RawSamples;
  /** How far the lowest stored bit lies above bit 0, by the header. */
  readonly shift: number;
  /** Whether the samples were words in the file, in some order of bytes. */
  readonly inWords: boolean;
  /** As the stream itself says, whatever the file does. */
  readonly lossy: boolean;
  /** A decoder that turned YBR into RGB on the way. */
  readonly asRgb: boolean;
  /** All samples of one colour together. */
  readonly planar: boolean;
}

const damaged = (format: string) => err(message('file.damaged-pixel-data', { format }));

/** Refused rather than shown: what a decoder makes up looks like breast. */
const incomplete = (format: string) =>
  err(message('file.damaged-pixel-data.incomplete', { format }));

/** Compares what the frame says of itself with the header, before any memory is taken for it. */
const checkSize = (size: CodestreamSize, format: PixelFormat): Message | undefined => {
  if (size.components !== format.samples) return message('file.colour.compressed');
  if (size.rows !== format.rows || size.columns !== format.columns)
    return sizeMismatch(
      format,
      message('file.size-mismatch.image', { columns: size.columns, rows: size.rows }),
    );
  if (size.precision > format.bitsAllocated)
    return message('file.unsupported-pixel-format.bits', {
      bits: size.precision,
      allocated: format.bitsAllocated,
    });
  return undefined;
};

const isWavelet = (coding: PixelCoding): boolean => coding === 'jpeg-2000' || coding === 'htj2k';

const decodeSamples = (
  frame: Uint8Array,
  size: CodestreamSize,
  coding: PixelCoding,
  wasm: WasmSource,
): Promise<RawSamples> => {
  if (coding === 'jpeg-2000') return decodeWithWasm('openjpeg', frame, wasm);
  if (coding === 'htj2k') return decodeWithWasm('openjph', frame, wasm);
  return decodeJpeg(frame, size, wasm);
};

const completenessOf = (frame: Uint8Array, coding: PixelCoding): Completeness => {
  if (isWavelet(coding)) return jpeg2000Completeness(frame);
  return coding === 'jpeg-ls' ? endMarked(frame) : jpegCompleteness(frame);
};

const decodeCompressed = async (
  frame: Uint8Array,
  format: PixelFormat,
  { coding, name }: FrameCoding,
  wasm: WasmSource,
): Promise<Result<{ readonly samples: RawSamples; readonly precision: number }, Message>> => {
  const size = isWavelet(coding) ? jpeg2000Size(frame) : jpegSize(frame);
  if (!size) return damaged(name);
  const process = unknownProcess(size);
  if (process) return err(message('file.jpeg-process', { process }));
  const wrong = checkSize(size, format);
  if (wrong) return err(wrong);
  const found = completenessOf(frame, coding);
  if (found === 'cut' || found === 'broken') return incomplete(name);
  try {
    const samples = await decodeSamples(frame, size, coding, wasm);
    const wanted = format.rows * format.columns * format.samples;
    const { precision } = size;
    return samples.length === wanted ? ok({ samples, precision }) : damaged(name);
  } catch (error) {
    if (error instanceof IncompleteFrame) return incomplete(name);
    if (!(error instanceof DecoderUnavailable)) return damaged(name);
    const { message: reason } = error;
    return err(message('file.decoder-crashed.start', { format: name, reason }));
  }
};

/** How far the lowest stored bit lies above bit 0. */
export const shiftOf = (format: PixelFormat): number => format.highBit + 1 - format.bitsStored;

/**
 * The samples of the one frame of a data set. Native and run-length coded pixels keep the stored bits where
 * HighBit says; decoders give them from bit 0 up, but for streams that hold more bits than are stored.
 */
export const decodeFrame = async (
  payload: FramePayload,
  format: PixelFormat,
  coding: FrameCoding,
  wasm: WasmSource,
): Promise<Result<DecodedFrame, Message>> => {
  const { bytes } = payload;
  const shift = shiftOf(format);
  const asStored = { shift, inWords: true, lossy: false, asRgb: false, planar: format.planar };
  if (coding.coding === 'native-little' || coding.coding === 'native-big') {
    const samples = nativeSamples(bytes, format, coding.coding === 'native-big', payload.inWords);
    return samples.ok ? ok({ ...asStored, samples: samples.value }) : samples;
  }
  if (coding.coding === 'rle') {
    const samples = decodeRle(bytes, format);
    return samples ? ok({ ...asStored, planar: true, samples }) : incomplete(coding.name);
  }
  const decoded = await decodeCompressed(bytes, format, coding, wasm);
  if (!decoded.ok) return decoded;
  const { samples, precision } = decoded.value;
  const isLs = coding.coding === 'jpeg-ls';
  return ok({
    samples,
    shift: precision > format.bitsStored ? shift : 0,
    inWords: false,
    lossy: isLossyStream(bytes, coding.coding),
    asRgb: !isLs,
    planar: isLs && isPlanarJpegLs(bytes),
  });
};
