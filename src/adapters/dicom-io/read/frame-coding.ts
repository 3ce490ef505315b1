import type { Encoding } from './data-set-encoding.ts';
import { codingOfStream } from '../decode/codestream-kind.ts';
import type { FrameCoding } from '../decode/decode-frame.ts';
import type { FramePayload } from '../decode/frame-payload.ts';
import { nativeLength } from '../decode/native-pixels.ts';
import type { PixelFormat } from './pixel-format.ts';
import { GE_PRIVATE, type PixelCoding, type TransferSyntax } from './transfer-syntax.ts';

const NAMES: Readonly<Record<PixelCoding, string>> = {
  'native-little': 'uncompressed',
  'native-big': 'uncompressed, big endian',
  rle: 'RLE Lossless',
  jpeg: 'JPEG',
  'jpeg-ls': 'JPEG-LS',
  'jpeg-2000': 'JPEG 2000',
  htj2k: 'High-Throughput JPEG 2000',
};

const isNative = (coding: PixelCoding): boolean =>
  coding === 'native-little' || coding === 'native-big';

/** Rows that are compared to tell a byte order. */
const LOOKED_AT = 64;

/**
 * The byte order in which neighbouring 16-bit pixels differ less: the wrong one turns every small
 * step of the low byte into a large one.
 */
const smootherOrder = (bytes: Uint8Array, { rows, columns }: PixelFormat): PixelCoding => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stride = Math.max(1, Math.floor(rows / LOOKED_AT));
  let [little, big] = [0, 0];
  for (let row = 0; row < rows; row += stride)
    for (let column = 1; column < columns; column++) {
      const at = 2 * (row * columns + column);
      if (at + 2 > bytes.length) break;
      little += Math.abs(view.getUint16(at, true) - view.getUint16(at - 2, true));
      big += Math.abs(view.getUint16(at, false) - view.getUint16(at - 2, false));
    }
  return big < little ? 'native-big' : 'native-little';
};

/**
 * How a frame is coded: by its own first bytes where they say it, whatever the transfer syntax does;
 * undefined where neither fits the bytes.
 */
export const codingOf = (
  payload: FramePayload,
  format: PixelFormat,
  encoding: Encoding,
  stated: { readonly uid: string; readonly syntax: TransferSyntax | undefined },
): FrameCoding | undefined => {
  const { bytes, encapsulated } = payload;
  const named = stated.syntax;
  const found = codingOfStream(bytes);
  const surplus = bytes.length - nativeLength(format);
  /** As many bytes as the plain picture has, with one of filling at most. */
  const isExact = surplus === 0 || surplus === 1;
  const native: PixelCoding =
    stated.uid === GE_PRIVATE && format.bitsAllocated === 16
      ? smootherOrder(bytes, format)
      : encoding === 'explicit-big'
        ? 'native-big'
        : 'native-little';
  const isStream = found !== undefined && (encapsulated || !isExact);
  if (isStream && found !== 'rle')
    return { coding: found, name: named?.coding === found ? named.name : NAMES[found] };
  if (isStream && encapsulated && !isExact) return { coding: 'rle', name: NAMES.rle };
  if (named && isNative(named.coding)) return { coding: native, name: NAMES[native] };
  // A label of compression on bytes that are as many as the plain picture has.
  if (isExact && (!encapsulated || named === undefined))
    return { coding: native, name: NAMES[native] };
  if (isStream && encapsulated) return { coding: 'rle', name: NAMES.rle };
  return named && { coding: named.coding, name: named.name };
};
