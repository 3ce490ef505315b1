import { codestreamStart } from './codestream-size.ts';
import type { Completeness } from './jpeg-completeness.ts';
import { isCoded, leastHole } from './jpeg2000-data.ts';

const SIZ = 0xff51;
const COD = 0xff52;
const SOT = 0xff90;
const EOC = 0xffd9;

/** Tiles of the reference grid (T.800 B.3). */
const tilesOf = (data: DataView, siz: number): number => {
  const at = (offset: number) => data.getUint32(siz + offset);
  const across = Math.ceil((at(6) - at(30)) / at(22));
  const down = Math.ceil((at(10) - at(34)) / at(26));
  return across * down;
};

/** Whether the last bytes hold the end marker; a fragment may be filled to even length. */
const endsMarked = (data: DataView): boolean => {
  const { byteLength } = data;
  for (let at = byteLength - 2; at >= Math.max(byteLength - 4, 0); at--)
    if (data.getUint16(at) === EOC) return true;
  return false;
};

/**
 * Walks the tile-parts of a JPEG 2000 or HTJ2K codestream (ITU-T T.800 A.4.2, T.814) by their own
 * lengths: all must be there, and every tile. Decoders draw what a cut stream has and say nothing.
 * Of damage within a tile-part only what no coder writes is seen here. Never throws.
 */
export const jpeg2000Completeness = (bytes: Uint8Array): Completeness => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    let at = codestreamStart(data) + 2;
    let tiles = 0;
    let hole = Number.POSITIVE_INFINITY;
    const counted = new Map<number, number>();
    /** Tile-parts that a tile says it has; 0, "not told here", is not kept. */
    const stated = new Map<number, number>();
    while (at + 2 <= data.byteLength) {
      const marker = data.getUint16(at);
      if (marker === EOC) break;
      if (marker !== SOT) {
        if (counted.size > 0) return 'broken';
        if (marker === SIZ) tiles = tilesOf(data, at);
        if (marker === COD) hole = leastHole(data, at);
        at += 2 + data.getUint16(at + 2);
        continue;
      }
      const tile = data.getUint16(at + 4);
      const length = data.getUint32(at + 6);
      const parts = data.getUint8(at + 11);
      counted.set(tile, (counted.get(tile) ?? 0) + 1);
      if (parts > 0) stated.set(tile, parts);
      if (length === 0) {
        if (!endsMarked(data)) return 'cut';
        if (!isCoded(bytes, at, data.byteLength - 4, hole)) return 'broken';
        break;
      }
      if (length < 14 || at + length > data.byteLength) return 'cut';
      if (!isCoded(bytes, at, at + length, hole)) return 'broken';
      at += length;
    }
    // An end mark that lies within the last tile-part's length took the place of its data.
    const hasEnd = at + 2 <= data.byteLength;
    if (!hasEnd && endsMarked(data)) return 'cut';
    if (!hasEnd && at < data.byteLength && data.getUint8(at) !== 0) return 'broken';
    const isWhole = [...stated].every(([tile, parts]) => (counted.get(tile) ?? 0) >= parts);
    return tiles > 0 && counted.size >= tiles && isWhole ? 'complete' : 'cut';
  } catch {
    return 'cut';
  }
};
