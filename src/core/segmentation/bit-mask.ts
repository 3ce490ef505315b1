import type { Extent } from './radial-gradient-index.ts';

/**
 * A mask of one bit a cell, row by row, so that 32 cells are asked at once: each row begins with a word of
 * its own, and the lowest bit of a word is its leftmost cell. Bits beyond the width are 0.
 */
export interface BitMask {
  readonly width: number;
  readonly height: number;
  readonly wordsAcross: number;
  readonly words: Int32Array;
}

/** Of no cells. */
export const emptyMask = (width: number, height: number): BitMask => {
  const wordsAcross = Math.ceil(width / 32);
  return { width, height, wordsAcross, words: new Int32Array(wordsAcross * height) };
};

export const addCell = ({ wordsAcross, words }: BitMask, x: number, y: number): void => {
  const at = y * wordsAcross + (x >> 5);
  words[at] = (words[at] as number) | (1 << (x & 31));
};

/** Of the cells that are 1 in a mask of one byte a cell, row-major. */
export const fromBytes = (bytes: Uint8Array, width: number): BitMask => {
  const mask = emptyMask(width, bytes.length / width);
  bytes.forEach((byte, i) => byte && addCell(mask, i % width, Math.floor(i / width)));
  return mask;
};

/** One byte a cell, 0 or 1, row-major. */
export const toBytes = ({ width, height, wordsAcross, words }: BitMask): Uint8Array => {
  const bytes = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      bytes[i] = ((words[y * wordsAcross + (x >> 5)] as number) >>> (x & 31)) & 1;
  return bytes;
};

/** The bits of a word for the columns from `x0` up to but without `x1`. */
export const columnBits = (word: number, x0: number, x1: number): number => {
  const [from, to] = [Math.max(x0 - 32 * word, 0), Math.min(x1 - 32 * word, 32)];
  if (to <= from) return 0;
  return (to === 32 ? -1 : (1 << to) - 1) & ~((1 << from) - 1);
};

/** How many bits of a word are 1. */
export const countBits = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** Bits of a place in a word, by the power of two that they stand for. */
const PLACES = [0xaaaaaaaa | 0, 0xcccccccc | 0, 0xf0f0f0f0 | 0, 0xff00ff00 | 0, 0xffff0000 | 0];

/** The sum of the places, 0 to 31, of a word's bits that are 1. */
export const sumPlaces = (word: number): number => {
  let sum = 0;
  for (let k = 0; k < PLACES.length; k++) sum += countBits(word & (PLACES[k] as number)) << k;
  return sum;
};

/** The seeds and the cells of a word that they reach along it over open ones. */
export const spread = (seeds: number, open: number): number => {
  // Towards higher bits by the carry of an addition, towards lower ones in steps of 1, 2, 4, 8 and 16.
  let reached = seeds | (open & ~(open + seeds));
  let free = open;
  for (let by = 1; by < 32; by <<= 1) {
    reached |= free & (reached >>> by);
    free &= free >>> by;
  }
  return reached;
};

/** Of the words of a row that an extent spans, the first and the one past the last. */
export const wordsOf = ({ x0, x1 }: Extent): readonly [first: number, end: number] => [
  x0 >> 5,
  (x1 + 31) >> 5,
];
