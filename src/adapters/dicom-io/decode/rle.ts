import type { PixelFormat } from '../read/pixel-format.ts';

/** A segment is filled to even length (PS3.5 G.3.1); some writers fill to four bytes. */
const MOST_FILLING = 3;

/**
 * Unpacks one PackBits segment into `count` bytes of `out`, every `stride`-th from `first` on. False
 * unless the segment makes exactly that many: too few were cut off, too many belong to another picture.
 */
const unpack = (
  source: Uint8Array,
  out: Uint8Array,
  { first, stride, count }: { first: number; stride: number; count: number },
): boolean => {
  let from = 0;
  let made = 0;
  while (made < count) {
    if (from >= source.length) return false;
    const code = source[from++] as number;
    if (code === 128) continue;
    const run = code < 128 ? code + 1 : 257 - code;
    const taken = code < 128 ? run : 1;
    if (from + taken > source.length || made + run > count) return false;
    for (let i = 0; i < run; i++)
      out[first + (made + i) * stride] = source[from + (code < 128 ? i : 0)] as number;
    from += taken;
    made += run;
  }
  return source.length - from <= MOST_FILLING;
};

/**
 * RLE Lossless (DICOM PS3.5 annex G): a 64-byte header of segment offsets, one segment a byte
 * plane, most significant first, and all planes of one sample before those of the next. The samples
 * of a colour picture come out one colour after the other. Undefined where the frame is damaged or
 * does not make the picture to the byte.
 */
export const decodeRle = (
  bytes: Uint8Array,
  format: PixelFormat,
): Uint8Array | Uint16Array | undefined => {
  const planes = format.bitsAllocated / 8;
  const segments = planes * format.samples;
  if (bytes.length < 64) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset, 64);
  if (header.getUint32(0, true) !== segments) return undefined;
  const count = format.rows * format.columns;
  const out = new Uint8Array(count * segments);
  for (let segment = 0; segment < segments; segment++) {
    const start = header.getUint32(4 + 4 * segment, true);
    const isLast = segment + 1 === segments;
    const end = isLast ? bytes.length : header.getUint32(8 + 4 * segment, true);
    if (start < 64 || end < start || end > bytes.length) return undefined;
    const sample = Math.floor(segment / planes);
    const plane = segment % planes;
    const first = sample * count * planes + (planes - 1 - plane);
    const source = bytes.subarray(start, end);
    if (!unpack(source, out, { first, stride: planes, count })) return undefined;
  }
  return planes === 1 ? out : new Uint16Array(out.buffer);
};
