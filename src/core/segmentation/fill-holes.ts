import { type BitMask, columnBits, emptyMask, spread, wordsOf } from './bit-mask.ts';
import type { Extent } from './radial-gradient-index.ts';

const TOP_BIT = 1 << 31;

/** Adds what the cells of a row's words, with some seeds above or below them, reach along the row; tells whether any. */
const reachAlong = (
  reached: Int32Array,
  open: Int32Array,
  row: number,
  beside: number,
  words: number,
): boolean => {
  let isNew = false;
  for (let w = 0; w < words; w++) {
    const at = row + w;
    const before = reached[at] as number;
    const fromLeft = w > 0 ? (reached[at - 1] as number) >>> 31 : 0;
    const free = open[at] as number;
    const seeds = (before | (reached[beside + w] as number) | fromLeft) & free;
    if (seeds === before) continue;
    reached[at] = spread(seeds, free);
    isNew = true;
  }
  for (let w = words - 2; w >= 0; w--) {
    const at = row + w;
    const free = open[at] as number;
    const fromRight = (reached[at + 1] as number) & 1 ? TOP_BIT & free : 0;
    if ((fromRight & ~(reached[at] as number)) === 0) continue;
    reached[at] = spread((reached[at] as number) | fromRight, free);
    isNew = true;
  }
  return isNew;
};

/**
 * The mask with its holes filled: cells that the outside cannot be reached from over 4-neighbours that are
 * not in the mask. `extent` holds all that is in it; what lies beyond is outside. Does not mutate.
 */
export const fillHoles = (mask: BitMask, extent: Extent): BitMask => {
  const { x0, y0, x1, y1 } = extent;
  const { width, height, wordsAcross } = mask;
  const filled = emptyMask(width, height);
  const [first, end] = wordsOf(extent);
  const [words, rows] = [end - first, y1 - y0];
  const inside = Int32Array.from({ length: words }, (_, w) => columnBits(first + w, x0, x1));
  const [open, reached] = [new Int32Array(words * rows), new Int32Array(words * rows)];
  for (let y = 0, i = 0; y < rows; y++)
    for (let w = 0; w < words; w++, i++) {
      const all = inside[w] as number;
      const free = all & ~(mask.words[(y0 + y) * wordsAcross + first + w] as number);
      const sides = columnBits(first + w, x0, x0 + 1) | columnBits(first + w, x1 - 1, x1);
      open[i] = free;
      reached[i] = spread(y === 0 || y === rows - 1 ? free : free & sides, free);
    }
  for (let isNew = true; isNew;) {
    isNew = false;
    for (let y = 1; y < rows; y++)
      if (reachAlong(reached, open, y * words, (y - 1) * words, words)) isNew = true;
    for (let y = rows - 2; y >= 0; y--)
      if (reachAlong(reached, open, y * words, (y + 1) * words, words)) isNew = true;
  }
  for (let y = 0, i = 0; y < rows; y++)
    for (let w = 0; w < words; w++, i++)
      filled.words[(y0 + y) * wordsAcross + first + w] =
        (inside[w] as number) & ~(reached[i] as number);
  return filled;
};
