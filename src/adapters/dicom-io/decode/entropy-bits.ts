/** A Huffman table by the next 16 bits: code length in the upper byte, symbol in the lower; 0 where no code fits. */
export type CodeTable = Uint16Array;

/** Builds the table of a DHT segment: `counts[i]` codes of length i + 1 (T.81 C.2). */
export const codeTable = (counts: readonly number[], symbols: Uint8Array): CodeTable => {
  const table = new Uint16Array(2 ** 16);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    for (let n = counts[length - 1] ?? 0; n > 0; n--, code++, index++) {
      const from = code << (16 - length);
      const to = (code + 1) << (16 - length);
      if (to > 2 ** 16) return table;
      table.fill((length << 8) | (symbols[index] ?? 0), from, to);
    }
    code <<= 1;
  }
  return table;
};

const RESTARTS = { first: 0xd0, last: 0xd7 };

/** Counts through the bits of an entropy-coded segment (T.81 F.1.2.3), without keeping any. */
export class EntropyBits {
  #bytes: Uint8Array;
  #at: number;
  #buffer = 0;
  #held = 0;
  /** Bits that were handed out although the segment had ended. */
  #made = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  #fill(): void {
    while (this.#held <= 16) {
      const byte = this.#bytes[this.#at];
      const isMarker = byte === 0xff && this.#bytes[this.#at + 1] !== 0x00;
      if (byte === undefined || isMarker) {
        this.#buffer <<= 8;
        this.#made += 8;
      } else {
        this.#buffer = (this.#buffer << 8) | byte;
        this.#at += byte === 0xff ? 2 : 1;
      }
      this.#held += 8;
    }
  }

  /** The symbol that comes next, -1 where the bits are no code. */
  symbol(table: CodeTable): number {
    if (this.#held < 16) this.#fill();
    const entry = table[(this.#buffer >>> (this.#held - 16)) & 0xffff] as number;
    if (entry === 0) return -1;
    this.#held -= entry >> 8;
    return entry & 0xff;
  }

  skip(bits: number): void {
    if (this.#held < bits) this.#fill();
    this.#held -= bits;
  }

  /** Whether more bits were asked for than the segment has. */
  get ranOut(): boolean {
    return this.#made > this.#held;
  }

  /** Whole bytes of the segment, up to its marker, that nothing has asked for. */
  get surplus(): number {
    const unread = Math.max(this.#held - this.#made, 0) >> 3;
    let at = this.#at;
    while (at < this.#bytes.length && !(this.#bytes[at] === 0xff && this.#bytes[at + 1] !== 0x00))
      at += this.#bytes[at] === 0xff ? 2 : 1;
    return unread + at - this.#at;
  }

  /** Where the marker stands that ends the segment. */
  get end(): number {
    return this.#at + this.surplus - (Math.max(this.#held - this.#made, 0) >> 3);
  }

  /** Goes behind the restart marker; false where none stands here. */
  restart(): boolean {
    if (this.ranOut || this.surplus > 0) return false;
    let at = this.#at;
    while (this.#bytes[at] === 0xff && this.#bytes[at + 1] === 0xff) at += 1;
    const marker = this.#bytes[at + 1] ?? 0;
    if (this.#bytes[at] !== 0xff || marker < RESTARTS.first || marker > RESTARTS.last) return false;
    this.#at = at + 2;
    this.#buffer = this.#held = this.#made = 0;
    return true;
  }
}
