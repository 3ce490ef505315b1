/** A Huffman table as first code, first index and count for each code length (T.81 F.2.2.3). */
export interface Huffman {
  readonly maxCode: Int32Array;
  readonly offset: Int32Array;
  readonly symbols: Uint8Array;
}

/** Builds the table of a DHT segment: `counts[i]` codes of length i + 1. */
export const buildHuffman = (counts: readonly number[], symbols: Uint8Array): Huffman => {
  const maxCode = new Int32Array(17).fill(-1);
  const offset = new Int32Array(17);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    offset[length] = index - code;
    if (count > 0) maxCode[length] = code + count - 1;
    index += count;
    code = (code + count) << 1;
  }
  return { maxCode, offset, symbols };
};

/** Bits of an entropy-coded segment, with byte stuffing removed. Zeros follow its end. */
export class BitReader {
  #bytes: Uint8Array;
  #at: number;
  #buffer = 0;
  #left = 0;
  #past = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  #nextByte(): number {
    const byte = this.#bytes[this.#at];
    const stuffed = byte === 0xff && this.#bytes[this.#at + 1] === 0x00;
    if (byte === undefined || (byte === 0xff && !stuffed)) {
      // A marker or the end: the encoder may have left a few bits open, not bytes and bytes.
      if (++this.#past > 8) throw new RangeError('the entropy-coded data end too early');
      return 0;
    }
    this.#at += stuffed ? 2 : 1;
    return byte;
  }

  bit(): number {
    if (this.#left === 0) {
      this.#buffer = this.#nextByte();
      this.#left = 8;
    }
    this.#left -= 1;
    return (this.#buffer >> this.#left) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = (value << 1) | this.bit();
    return value;
  }

  /** Drops the open bits and passes RST0-RST7. */
  skipRestartMarker(): void {
    this.#left = 0;
    while (this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === 0xff) this.#at += 1;
    const marker = this.#bytes[this.#at + 1] ?? 0;
    if (this.#bytes[this.#at] !== 0xff || marker < 0xd0 || marker > 0xd7)
      throw new RangeError('restart marker expected');
    this.#at += 2;
    this.#past = 0;
  }
}

/** One symbol; throws where the bits are no code of the table. */
export const decodeSymbol = (bits: BitReader, table: Huffman): number => {
  let code = 0;
  for (let length = 1; length <= 16; length++) {
    code = (code << 1) | bits.bit();
    if (code <= (table.maxCode[length] as number))
      return table.symbols[code + (table.offset[length] as number)] as number;
  }
  throw new RangeError('no such Huffman code');
};

/** RECEIVE and EXTEND of T.81 F.2.2.1: a signed value of `size` bits. */
export const receiveExtend = (bits: BitReader, size: number): number => {
  if (size === 0) return 0;
  if (size > 16) throw new RangeError('coefficient too long');
  const value = bits.bits(size);
  return value < 2 ** (size - 1) ? value - 2 ** size + 1 : value;
};
