import { codeTable, EntropyBits, type CodeTable } from './entropy-bits.ts';

/**
 * What walking through a stream says of it: all there; cut off; contradicting itself; or coded in a
 * way that is not walked through here.
 */
export type Completeness = 'complete' | 'cut' | 'broken' | 'unchecked';

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
}

interface Frame {
  readonly rows: number;
  readonly columns: number;
  readonly lossless: boolean;
  readonly components: readonly Component[];
}

interface Tables {
  readonly dc: (CodeTable | undefined)[];
  readonly ac: (CodeTable | undefined)[];
  restartInterval: number;
}

const LOSSLESS = 0xc3;
/** Frames whose scans are walked: baseline, extended sequential, lossless, all Huffman coded. */
const WALKED = new Set([0xc0, 0xc1, LOSSLESS]);
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const EOI = 0xd9;
/** Bytes behind the last bits that an encoder may leave as filling. */
const MOST_FILLING = 2;

const readTables = (segment: Uint8Array, tables: Tables): void => {
  let at = 0;
  while (at + 17 <= segment.length) {
    const spec = segment[at] as number;
    const counts = [...segment.subarray(at + 1, at + 17)];
    const total = counts.reduce((sum, n) => sum + n, 0);
    const symbols = segment.subarray(at + 17, at + 17 + total);
    (spec >> 4 === 0 ? tables.dc : tables.ac)[spec & 3] = codeTable(counts, symbols);
    at += 17 + total;
  }
};

const readFrame = (segment: DataView, lossless: boolean): Frame => ({
  lossless,
  rows: segment.getUint16(1),
  columns: segment.getUint16(3),
  components: Array.from({ length: segment.getUint8(5) }, (_, i) => ({
    id: segment.getUint8(6 + 3 * i),
    across: segment.getUint8(7 + 3 * i) >> 4,
    down: segment.getUint8(7 + 3 * i) & 15,
  })),
});

interface ScanPart {
  readonly units: number;
  readonly dc: CodeTable | undefined;
  readonly ac: CodeTable | undefined;
}

/** Units (blocks or samples) of each component in one MCU, and the number of MCUs (T.81 A.2). */
const scanLayout = (frame: Frame, segment: DataView, tables: Tables) => {
  const side = frame.lossless ? 1 : 8;
  const most = {
    across: Math.max(...frame.components.map((c) => c.across)),
    down: Math.max(...frame.components.map((c) => c.down)),
  };
  const chosen = Array.from({ length: segment.getUint8(0) }, (_, i) => {
    const component = frame.components.find(({ id }) => id === segment.getUint8(1 + 2 * i));
    const selectors = segment.getUint8(2 + 2 * i);
    return { component, dc: tables.dc[selectors >> 4], ac: tables.ac[selectors & 15] };
  });
  const [only, another] = chosen;
  if (only?.component && !another) {
    const { across, down } = only.component;
    const wide = Math.ceil((frame.columns * across) / most.across / side);
    const high = Math.ceil((frame.rows * down) / most.down / side);
    return { parts: [{ ...only, units: 1 }], count: wide * high };
  }
  const wide = Math.ceil(frame.columns / (side * most.across));
  const high = Math.ceil(frame.rows / (side * most.down));
  const parts = chosen.map(({ component, dc, ac }) => ({
    dc,
    ac,
    units: component ? component.across * component.down : 0,
  }));
  return { parts, count: wide * high };
};

/** Passes over one block of coefficients; false where the bits are none. */
const passBlock = (bits: EntropyBits, dc: CodeTable, ac: CodeTable): boolean => {
  const first = bits.symbol(dc);
  if (first < 0 || first > 16) return false;
  bits.skip(first);
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(ac);
    if (symbol < 0) return false;
    const size = symbol & 15;
    if (size === 0) {
      if (symbol >> 4 !== 15) break;
      k += 15;
      continue;
    }
    k += symbol >> 4;
    if (k > 63) return false;
    bits.skip(size);
  }
  return true;
};

/** Passes over one difference of the lossless process (T.81 H.1.2.2: category 16 has no further bits). */
const passSample = (bits: EntropyBits, dc: CodeTable): boolean => {
  const size = bits.symbol(dc);
  if (size < 0 || size > 16) return false;
  if (size < 16) bits.skip(size);
  return true;
};

const walkScan = (
  bits: EntropyBits,
  parts: readonly ScanPart[],
  count: number,
  { lossless, restartInterval }: { lossless: boolean; restartInterval: number },
): Completeness => {
  for (let mcu = 0; mcu < count; mcu++) {
    if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0 && !bits.restart())
      return bits.ranOut ? 'cut' : 'broken';
    for (const { units, dc, ac } of parts)
      for (let unit = 0; unit < units; unit++) {
        const isCode = lossless
          ? dc !== undefined && passSample(bits, dc)
          : dc !== undefined && ac !== undefined && passBlock(bits, dc, ac);
        if (bits.ranOut) return 'cut';
        if (!isCode) return 'broken';
      }
  }
  return bits.surplus > MOST_FILLING ? 'broken' : 'complete';
};

/**
 * Walks through all entropy-coded data of a JPEG stream (ITU-T T.81) and says whether they make the
 * whole picture: decoders fill what is missing and say nothing. What a flipped bit turned into
 * another valid code of the same length is not found: JPEG has no check sums. Never throws.
 */
export const jpegCompleteness = (bytes: Uint8Array): Completeness => {
  const tables: Tables = { dc: [], ac: [], restartInterval: 0 };
  let frame: Frame | undefined;
  let scanned = 0;
  let at = 2;
  try {
    while (at + 4 <= bytes.length) {
      const marker = bytes[at + 1] as number;
      if (bytes[at] !== 0xff) return scanned > 0 ? 'broken' : 'cut';
      if (marker === 0xff) at += 1;
      else if (marker === EOI) break;
      else {
        const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
        if (length < 2 || at + 2 + length > bytes.length) return 'cut';
        const segment = bytes.subarray(at + 4, at + 2 + length);
        const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
        at += 2 + length;
        if (marker === 0xc4) readTables(segment, tables);
        else if (marker === 0xdd) tables.restartInterval = view.getUint16(0);
        else if (isFrame(marker) && !WALKED.has(marker)) return endMarked(bytes);
        else if (isFrame(marker)) frame = readFrame(view, marker === LOSSLESS);
        else if (marker === 0xda) {
          if (!frame) return 'broken';
          const { parts, count } = scanLayout(frame, view, tables);
          const bits = new EntropyBits(bytes, at);
          const walked = walkScan(bits, parts, count, {
            lossless: frame.lossless,
            restartInterval: tables.restartInterval,
          });
          if (walked !== 'complete') return walked;
          scanned += parts.length;
          at = bits.end;
        }
      }
    }
  } catch {
    return 'broken';
  }
  return frame && scanned >= frame.components.length ? 'complete' : 'cut';
};

/**
 * For streams that are not walked through: their end mark must at least be there, behind which zeros
 * may fill a fragment. Without it CharLS was seen to search for half a minute.
 */
export const endMarked = (bytes: Uint8Array): Completeness => {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes[end - 2] === 0xff && bytes[end - 1] === EOI ? 'unchecked' : 'cut';
};
