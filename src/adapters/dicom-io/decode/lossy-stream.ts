import type { PixelCoding } from '../read/transfer-syntax.ts';
import { codestreamStart, jpegSize } from './codestream-size.ts';

const LOSSLESS_FRAMES = new Set([0xc3, 0xc7, 0xcb, 0xcf]);
const COD = 0xff52;
const SOT = 0xff90;

/** Where the first segment with a marker stands; -1 where it is not there. */
export const segmentAt = (
  bytes: Uint8Array,
  wanted: number,
  from: number,
  last: number,
): number => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 4 <= bytes.length; at += 2 + data.getUint16(at + 2)) {
    const marker = data.getUint16(at);
    if (marker === wanted) return at;
    if (marker === last) return -1;
  }
  return -1;
};

/** NEAR of a JPEG-LS scan (ITU-T T.87 C.2.3) stands behind its components. */
const isNearLossless = (bytes: Uint8Array): boolean => {
  const at = segmentAt(bytes, 0xffda, 2, 0xffd9);
  if (at < 0) return false;
  return (bytes[at + 5 + 2 * (bytes[at + 4] as number)] ?? 0) > 0;
};

/** Interleave mode 0 (T.87 C.2.3): one scan a component, so that its samples come out together. */
export const isPlanarJpegLs = (bytes: Uint8Array): boolean => {
  const at = segmentAt(bytes, 0xffda, 2, 0xffd9);
  return at >= 0 && bytes[at + 6 + 2 * (bytes[at + 4] as number)] === 0;
};

/** Low bits that a lossless JPEG left out before it coded the rest: Pt of its scan (T.81 H.1.2.1). */
export const pointTransform = (bytes: Uint8Array): number => {
  const at = segmentAt(bytes, 0xffda, 2, 0xffd9);
  return at < 0 ? 0 : (bytes[at + 7 + 2 * (bytes[at + 4] as number)] ?? 0) & 15;
};

/** Whether COD names the irreversible 9-7 filter (T.800 A.6.1, SPcod transformation 0). */
const isIrreversible = (bytes: Uint8Array): boolean => {
  const start = codestreamStart(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const at = segmentAt(bytes, COD, start + 2, SOT);
  return at >= 0 && bytes[at + 13] === 0;
};

/** Whether a stream says of itself that it lost information; whole streams that say no may be cut ones. */
export const isLossyStream = (bytes: Uint8Array, coding: PixelCoding): boolean => {
  if (coding === 'jpeg')
    return !LOSSLESS_FRAMES.has(jpegSize(bytes)?.frameMarker ?? 0) || pointTransform(bytes) > 0;
  if (coding === 'jpeg-ls') return isNearLossless(bytes);
  if (coding === 'jpeg-2000' || coding === 'htj2k') return isIrreversible(bytes);
  return false;
};
