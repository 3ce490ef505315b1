import { blockToSamples } from './idct.ts';
import {
  BitReader,
  buildHuffman,
  decodeSymbol,
  receiveExtend,
  type Huffman,
} from './jpeg-huffman.ts';

/** ITU-T T.81 figure A.6. */
const ZIGZAG = Uint8Array.of(
  ...[
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
  ],
  ...[13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59],
  ...[52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

interface Tables {
  readonly quant: (Float64Array | undefined)[];
  readonly dc: (Huffman | undefined)[];
  readonly ac: (Huffman | undefined)[];
  restartInterval: number;
}

interface Frame {
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly quantTable: number;
}

class DamagedJpeg extends Error {}

const readQuantTables = (segment: DataView, tables: Tables): void => {
  let at = 0;
  while (at < segment.byteLength) {
    const spec = segment.getUint8(at++);
    const wide = spec >> 4 !== 0;
    const table = new Float64Array(64);
    for (let k = 0; k < 64; k++, at += wide ? 2 : 1)
      table[ZIGZAG[k] as number] = wide ? segment.getUint16(at) : segment.getUint8(at);
    tables.quant[spec & 3] = table;
  }
};

const readHuffmanTables = (segment: DataView, tables: Tables): void => {
  let at = 0;
  while (at < segment.byteLength) {
    const spec = segment.getUint8(at++);
    const counts = Array.from({ length: 16 }, (_, i) => segment.getUint8(at + i));
    at += 16;
    const total = counts.reduce((sum, n) => sum + n, 0);
    const symbols = Uint8Array.from({ length: total }, (_, i) => segment.getUint8(at + i));
    at += total;
    (spec >> 4 === 0 ? tables.dc : tables.ac)[spec & 3] = buildHuffman(counts, symbols);
  }
};

const readFrame = (segment: DataView): Frame => {
  if (segment.getUint8(5) !== 1) throw new DamagedJpeg('one component expected');
  return {
    precision: segment.getUint8(0),
    rows: segment.getUint16(1),
    columns: segment.getUint16(3),
    quantTable: segment.getUint8(8) & 3,
  };
};

/** Coefficients of one block, dequantised, in natural order; returns the new DC predictor. */
const readBlock = (
  bits: BitReader,
  dc: Huffman,
  ac: Huffman,
  quant: Float64Array,
  predictor: number,
  block: Float64Array,
): number => {
  block.fill(0);
  const level = predictor + receiveExtend(bits, decodeSymbol(bits, dc));
  block[0] = level * (quant[0] as number);
  for (let k = 1; k < 64; k++) {
    const symbol = decodeSymbol(bits, ac);
    const size = symbol & 15;
    const run = symbol >> 4;
    if (size === 0) {
      if (run !== 15) break;
      k += 15;
      continue;
    }
    k += run;
    if (k > 63) throw new DamagedJpeg('run beyond the block');
    const at = ZIGZAG[k] as number;
    block[at] = receiveExtend(bits, size) * (quant[at] as number);
  }
  return level;
};

const readScan = (
  bytes: Uint8Array,
  start: number,
  selectors: number,
  frame: Frame,
  tables: Tables,
): Uint16Array => {
  const dc = tables.dc[(selectors >> 4) & 3];
  const ac = tables.ac[selectors & 3];
  const quant = tables.quant[frame.quantTable];
  if (!dc || !ac || !quant) throw new DamagedJpeg('a table is missing');
  const across = Math.ceil(frame.columns / 8);
  const blocks = across * Math.ceil(frame.rows / 8);
  const out = new Uint16Array(frame.rows * frame.columns);
  const block = new Float64Array(64);
  const bits = new BitReader(bytes, start);
  let predictor = 0;
  for (let b = 0; b < blocks; b++) {
    if (tables.restartInterval > 0 && b > 0 && b % tables.restartInterval === 0) {
      bits.skipRestartMarker();
      predictor = 0;
    }
    predictor = readBlock(bits, dc, ac, quant, predictor, block);
    blockToSamples(block, frame, out, (b % across) * 8, Math.floor(b / across) * 8);
  }
  return out;
};

/**
 * Sequential DCT JPEG with Huffman coding, one component, 8 or 12 bits a sample (ITU-T T.81, the
 * baseline and extended processes): here for the 12-bit files of JPEG Extended, which the 8-bit
 * decoder cannot read. Throws where the stream is damaged; never reads past its end.
 */
export const decodeSequentialJpeg = (bytes: Uint8Array): Uint16Array => {
  const tables: Tables = { quant: [], dc: [], ac: [], restartInterval: 0 };
  let frame: Frame | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] as number;
    if (bytes[at] !== 0xff) throw new DamagedJpeg('marker expected');
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    if (length < 2 || at + 2 + length > bytes.length) throw new DamagedJpeg('segment too long');
    const segment = new DataView(bytes.buffer, bytes.byteOffset + at + 4, length - 2);
    at += 2 + length;
    if (marker === 0xdb) readQuantTables(segment, tables);
    else if (marker === 0xc4) readHuffmanTables(segment, tables);
    else if (marker === 0xc0 || marker === 0xc1) frame = readFrame(segment);
    else if (marker === 0xdd) tables.restartInterval = segment.getUint16(0);
    else if (marker === 0xda) {
      if (!frame) throw new DamagedJpeg('scan before frame');
      return readScan(bytes, at, segment.getUint8(2), frame, tables);
    }
  }
  throw new DamagedJpeg('no scan');
};
