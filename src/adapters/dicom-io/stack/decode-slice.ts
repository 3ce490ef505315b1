import { joinBytes } from '../../../core/units/join-bytes.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { storedValues } from '../../../core/image/stored-values.ts';
import type { SlicePicture } from '../../../ports/frames.ts';
import { decodeFrame, type DecodedFrame, type FrameCoding } from '../decode/decode-frame.ts';
import { inOrder } from '../decode/native-pixels.ts';
import type { WasmSource } from '../decode/wasm-codecs.ts';
import { greyPicture } from '../read/grey-of-colour.ts';
import { costOf, needsMemory } from '../read/memory-cost.ts';
import type { PixelFormat } from '../read/pixel-format.ts';
import type { ByteRange } from './frame-index.ts';

/** An image but for what its pixels say. */
export type ImageFrame = Omit<MammogramImage, 'pixels' | 'bitsStored' | 'exceedsDeclaredBits'>;

/** What a worker needs to decode one frame of a file. */
export interface SliceRequest {
  readonly file: Blob;
  readonly parts: readonly ByteRange[];
  readonly encapsulated: boolean;
  readonly inWords: boolean;
  readonly format: PixelFormat;
  readonly coding: FrameCoding;
  readonly frame: ImageFrame;
  /** Whether the header says that it was compressed lossily. */
  readonly wasLossy: boolean;
  /** Most bytes to take at a time. */
  readonly allowance: number;
}

export const bytesOfParts = async (
  file: Blob,
  parts: readonly ByteRange[],
): Promise<Uint8Array> => {
  const read = parts.map(
    async ([from, to]) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  );
  const [first, ...others] = await Promise.all(read);
  return first && others.length === 0 ? first : joinBytes(await Promise.all(read));
};

/** The samples of one frame of a file, which is read no further than it needs. Rejects where it cannot be read. */
export const sliceSamples = async (
  { file, parts, format, coding, ...request }: Omit<SliceRequest, 'frame' | 'wasLossy'>,
  wasm: WasmSource,
): Promise<Result<DecodedFrame, Message>> => {
  const length = parts.reduce((sum, [from, to]) => sum + to - from, 0);
  if (costOf(format, coding.coding, length) > request.allowance) return err(needsMemory);
  const bytes = await bytesOfParts(file, parts);
  if (bytes.length < length) {
    const [have, want] = [bytes.length, length].map((n) => n.toLocaleString('en'));
    return err(message('file.truncated-pixel-data', { have: have ?? '', want: want ?? '' }));
  }
  return decodeFrame({ ...request, bytes, end: 0 }, format, coding, wasm);
};

/** Decodes one frame of a file. Rejects where it cannot be read. */
export const decodeSlice = async (
  { frame, wasLossy, ...request }: SliceRequest,
  wasm: WasmSource,
): Promise<Result<SlicePicture, Message>> => {
  const { format } = request;
  const decoded = await sliceSamples(request, wasm);
  if (!decoded.ok) return decoded;
  const samples = inOrder(decoded.value.samples, format);
  const grey = greyPicture({ ...decoded.value, samples }, format, { lossy: wasLossy });
  if (!grey.ok) return grey;
  const image: MammogramImage = { ...frame, ...grey.value.picture };
  return ok({ image, values: storedValues(image) });
};
