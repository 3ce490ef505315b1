import type { PixelCoding } from '../read/transfer-syntax.ts';
import { jpegSize } from './codestream-size.ts';

const starts = (bytes: Uint8Array, with_: readonly number[], at = 0): boolean =>
  with_.every((byte, i) => bytes[at + i] === byte);

const JPEG = [0xff, 0xd8, 0xff];
const JPEG_2000 = [0xff, 0x4f, 0xff, 0x51];
/** The signature box of a JP2 file (T.800 I.5.1) that was stored whole. */
const JP2_BOX = [0x6a, 0x50, 0x20, 0x20];
const JPEG_LS_FRAME = 0xf7;
/** Rsiz bit 14: capabilities of further parts, which HTJ2K (T.814 A.2) is one of. */
const HIGH_THROUGHPUT = 0x40;

const isJpeg2000 = (bytes: Uint8Array): boolean =>
  starts(bytes, JPEG_2000) || starts(bytes, JP2_BOX, 4);

/** Whether a JPEG, JPEG-LS or JPEG 2000 stream begins with these bytes. */
export const startsCodestream = (bytes: Uint8Array): boolean =>
  starts(bytes, JPEG) || isJpeg2000(bytes);

const codestreamAt = (bytes: Uint8Array): number => {
  for (let at = 0; at + 4 < Math.min(bytes.length, 4096); at++)
    if (bytes[at] === 0xff && starts(bytes, JPEG_2000, at)) return at;
  return -1;
};

/** The header of RLE (PS3.5 G.5): few segments, the first right behind the header, offsets rising. */
const isRle = (bytes: Uint8Array): boolean => {
  if (bytes.length < 64) return false;
  const header = new DataView(bytes.buffer, bytes.byteOffset, 64);
  const count = header.getUint32(0, true);
  if (count < 1 || count > 15) return false;
  return header.getUint32(4, true) === 64;
};

/** How a compressed frame is coded, by its own first bytes; undefined where they say nothing. */
export const codingOfStream = (bytes: Uint8Array): PixelCoding | undefined => {
  if (starts(bytes, JPEG))
    return jpegSize(bytes)?.frameMarker === JPEG_LS_FRAME ? 'jpeg-ls' : 'jpeg';
  if (isJpeg2000(bytes)) {
    const at = codestreamAt(bytes);
    return at >= 0 && ((bytes[at + 6] as number) & HIGH_THROUGHPUT) !== 0 ? 'htj2k' : 'jpeg-2000';
  }
  return isRle(bytes) ? 'rle' : undefined;
};
