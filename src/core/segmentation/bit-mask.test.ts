import { describe, expect, it } from 'vitest';
import {
  columnBits,
  countBits,
  emptyMask,
  fromBytes,
  spread,
  sumPlaces,
  toBytes,
} from './bit-mask.ts';

describe('masks of bits', () => {
  const words = [
    0,
    1,
    -1,
    1 << 31,
    0x0ff00ff0,
    0x55555555,
    ...Array.from({ length: 40 }, (_, i) => Math.imul(i + 1, 0x9e3779b1)),
  ];
  const bitsOf = (word: number) => Array.from({ length: 32 }, (_, k) => (word >>> k) & 1);

  it('count cells and sum their places', () => {
    for (const word of words) {
      const bits = bitsOf(word);
      expect(countBits(word)).toBe(bits.reduce((s, v) => s + v, 0));
      expect(sumPlaces(word)).toBe(bits.reduce((s, v, k) => s + v * k, 0));
    }
  });

  it('have the columns of an extent', () => {
    for (const [x0, x1] of [
      [0, 70],
      [31, 33],
      [32, 64],
      [5, 9],
      [64, 65],
      [40, 40],
    ] as const)
      for (const word of [0, 1, 2])
        expect(bitsOf(columnBits(word, x0, x1))).toEqual(
          Array.from({ length: 32 }, (_, k) => (32 * word + k >= x0 && 32 * word + k < x1 ? 1 : 0)),
        );
  });

  it('spread over open cells both ways and no farther', () => {
    for (const open of words)
      for (const asked of words) {
        const [free, reached] = [bitsOf(open), bitsOf(open & asked)];
        for (let k = 1; k < 32; k++) if (reached[k - 1] && free[k]) reached[k] = 1;
        for (let k = 30; k >= 0; k--) if (reached[k + 1] && free[k]) reached[k] = 1;
        expect(bitsOf(spread(open & asked, open))).toEqual(reached);
      }
  });

  it('come from bytes and go back', () => {
    const bytes = Uint8Array.from({ length: 70 * 3 }, (_, i) => (i % 7 < 3 ? 1 : 0));
    expect(toBytes(fromBytes(bytes, 70))).toEqual(bytes);
    expect(toBytes(emptyMask(33, 2))).toEqual(new Uint8Array(66));
  });
});
