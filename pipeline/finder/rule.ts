import type { FinderRule } from '../../src/core/finder/finder-input.ts';

/** The finder's input rule; written into finder.json. */
export const FINDER_RULE: FinderRule = {
  mmPerPixel: 0.4,
  rowsWithoutSpacing: 680,
  maxWidth: 416,
  maxHeight: 704,
  margin: 8,
  stride: 32,
};
