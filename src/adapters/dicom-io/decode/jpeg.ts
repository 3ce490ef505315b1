import { Decoder as LosslessDecoder } from '@cornerstonejs/jpeg-lossless-decoder-js';
import type { RawSamples } from './native-pixels.ts';
import type { CodestreamSize } from './codestream-size.ts';
import { decodeSequentialJpeg } from './jpeg-sequential.ts';
import { pointTransform, segmentAt } from './lossy-stream.ts';
import { decodeWithWasm, type WasmSource } from './wasm-codecs.ts';

const LOSSLESS = 0xc3;
const JPEG_LS = 0xf7;
const SOF_LOSSLESS = 0xffc3;
const SOS = 0xffda;

/**
 * The decoder knows no point transform: it is given a stream of as many bits as were coded, from which it takes
 * its first prediction, and the values are moved up afterwards (T.81 H.1.2.1). It takes an ArrayBuffer of exactly
 * these bytes.
 */
const decodeLossless = (frame: Uint8Array, precision: number): RawSamples => {
  const exact = frame.slice();
  const dropped = pointTransform(frame);
  if (dropped > 0) exact[segmentAt(frame, SOF_LOSSLESS, 2, SOS) + 4] = precision - dropped;
  const out = new LosslessDecoder().decode(exact.buffer, 0, exact.length, precision <= 8 ? 1 : 2);
  const samples =
    precision <= 8
      ? new Uint8Array(out.buffer, out.byteOffset, out.byteLength)
      : new Uint16Array(out.buffer, out.byteOffset, out.byteLength / 2);
  if (dropped > 0)
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] as number) << dropped;
  return samples;
};

/**
 * Decodes a JPEG frame by what its own frame marker says, because files whose transfer syntax names
 * another process of the family are common. Throws where the frame is damaged.
 */
export const decodeJpeg = async (
  frame: Uint8Array,
  size: CodestreamSize,
  wasm: WasmSource,
): Promise<RawSamples> => {
  if (size.frameMarker === JPEG_LS) return decodeWithWasm('charls', frame, wasm);
  if (size.frameMarker === LOSSLESS) return decodeLossless(frame, size.precision);
  if (size.precision <= 8) return decodeWithWasm('libjpeg-turbo', frame, wasm);
  return decodeSequentialJpeg(frame);
};
