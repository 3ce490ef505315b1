import type { DataSet } from 'dicom-parser';
import type { StoredPixels } from '../../../core/image/mammogram-image.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { framePayload } from '../frame-payload.ts';
import { nativeSamples, sizeMismatch, toStoredPixels, type RawSamples } from '../native-pixels.ts';
import { refusal, type Refusal } from '../open-failure.ts';
import type { PixelFormat } from '../pixel-format.ts';
import type { TransferSyntax } from '../transfer-syntax.ts';
import { jpeg2000Size, jpegSize, type CodestreamSize } from './codestream-size.ts';
import { decodeJpeg } from './jpeg.ts';
import { decodeRle } from './rle.ts';
import { DecoderUnavailable, decodeWithWasm, type WasmSource } from './wasm-codecs.ts';

const damaged = (syntax: TransferSyntax): Refusal =>
  refusal(
    'damaged-pixel-data',
    `The compressed image (${syntax.name}) is damaged and cannot be decoded.`,
  );

/** Compares what the frame says of itself with the header, before any memory is taken for it. */
const checkSize = (size: CodestreamSize, format: PixelFormat): Refusal | undefined => {
  if (size.components !== 1)
    return refusal('colour', 'The compressed image is a colour picture, not a mammogram.');
  if (size.rows !== format.rows || size.columns !== format.columns)
    return sizeMismatch(format, `an image of ${size.columns} × ${size.rows}`);
  if (size.precision > format.bitsAllocated)
    return refusal(
      'unsupported-pixel-format',
      `The compressed image has ${size.precision} bits a pixel, the header only ${format.bitsAllocated}.`,
    );
  return undefined;
};

const decodeSamples = (
  frame: Uint8Array,
  size: CodestreamSize,
  syntax: TransferSyntax,
  wasm: WasmSource,
): Promise<RawSamples> => {
  if (syntax.coding === 'jpeg-2000') return decodeWithWasm('openjpeg', frame, wasm);
  if (syntax.coding === 'htj2k') return decodeWithWasm('openjph', frame, wasm);
  return decodeJpeg(frame, size, wasm);
};

const decodeCompressed = async (
  frame: Uint8Array,
  format: PixelFormat,
  syntax: TransferSyntax,
  wasm: WasmSource,
): Promise<Result<RawSamples, Refusal>> => {
  const isWavelet = syntax.coding === 'jpeg-2000' || syntax.coding === 'htj2k';
  const size = isWavelet ? jpeg2000Size(frame) : jpegSize(frame);
  if (!size) return err(damaged(syntax));
  const wrong = checkSize(size, format);
  if (wrong) return err(wrong);
  try {
    const samples = await decodeSamples(frame, size, syntax, wasm);
    return samples.length === format.rows * format.columns ? ok(samples) : err(damaged(syntax));
  } catch (error) {
    if (!(error instanceof DecoderUnavailable)) return err(damaged(syntax));
    return err(refusal('decoder-crashed', `The decoder for ${syntax.name} could not be started.`));
  }
};

/**
 * The stored values of the one frame of a data set. Decoders give the stored bits from bit 0 up;
 * native and run-length coded pixels keep them where HighBit says.
 */
export const decodeFrame = async (
  dataSet: DataSet,
  format: PixelFormat,
  syntax: TransferSyntax,
  wasm: WasmSource,
): Promise<Result<StoredPixels, Refusal>> => {
  const payload = framePayload(dataSet);
  if (!payload.ok) return payload;
  const { bytes, encapsulated } = payload.value;
  const shift = format.highBit + 1 - format.bitsStored;
  if (syntax.coding === 'native-little' || syntax.coding === 'native-big') {
    const samples = nativeSamples(bytes, format, syntax.coding === 'native-big');
    return samples.ok ? ok(toStoredPixels(samples.value, format, shift)) : samples;
  }
  if (!encapsulated) return err(damaged(syntax));
  if (syntax.coding === 'rle') {
    const samples = decodeRle(bytes, format);
    return samples ? ok(toStoredPixels(samples, format, shift)) : err(damaged(syntax));
  }
  const samples = await decodeCompressed(bytes, format, syntax, wasm);
  return samples.ok ? ok(toStoredPixels(samples.value, format, 0)) : samples;
};
