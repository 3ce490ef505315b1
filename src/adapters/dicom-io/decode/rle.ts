import type { PixelFormat } from '../pixel-format.ts';

/** Unpacks one PackBits segment into every `stride`-th byte of `out`; false where it is too short. */
const unpack = (source: Uint8Array, out: Uint8Array, first: number, stride: number): boolean => {
  let from = 0;
  let to = first;
  while (to < out.length) {
    if (from >= source.length) return false;
    const code = source[from++] as number;
    if (code === 128) continue;
    if (code < 128) {
      const run = code + 1;
      if (from + run > source.length) return false;
      for (let i = 0; i < run && to < out.length; i++, to += stride)
        out[to] = source[from + i] as number;
      from += run;
    } else {
      if (from >= source.length) return false;
      const value = source[from++] as number;
      for (let i = 0; i < 257 - code && to < out.length; i++, to += stride) out[to] = value;
    }
  }
  return true;
};

/**
 * RLE Lossless (DICOM PS3.5 annex G): a 64-byte header of segment offsets, one segment a byte
 * plane, most significant first. Undefined where the frame is damaged or does not fill the image.
 */
export const decodeRle = (
  bytes: Uint8Array,
  format: PixelFormat,
): Uint8Array | Uint16Array | undefined => {
  const planes = format.bitsAllocated / 8;
  if (bytes.length < 64) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset, 64);
  if (header.getUint32(0, true) !== planes) return undefined;
  const out = new Uint8Array(format.rows * format.columns * planes);
  for (let plane = 0; plane < planes; plane++) {
    const start = header.getUint32(4 + 4 * plane, true);
    const end = plane + 1 < planes ? header.getUint32(8 + 4 * plane, true) : bytes.length;
    if (start < 64 || end < start || end > bytes.length) return undefined;
    if (!unpack(bytes.subarray(start, end), out, planes - 1 - plane, planes)) return undefined;
  }
  return planes === 1 ? out : new Uint16Array(out.buffer);
};
