import { addCell, type BitMask, emptyMask } from './bit-mask.ts';
import type { Extent } from './radial-gradient-index.ts';

/** Grey levels that the region grower tells apart. */
const LEVELS = 256;

/** Numbers of the 256 equal steps up to the largest value that the values fall on. */
const levelsOf = (values: Float32Array): Uint8Array => {
  let top = 0;
  for (let i = 0; i < values.length; i++)
    if ((values[i] as number) > top) top = values[i] as number;
  const scale = top > 0 ? LEVELS / top : 0;
  const levels = new Uint8Array(values.length);
  for (let i = 0; i < levels.length; i++)
    levels[i] = Math.min(Math.max(Math.floor((values[i] as number) * scale), 0), LEVELS - 1);
  return levels;
};

/**
 * Every region that thresholds of `values` make around the seeds, from the highest threshold down:
 * the 4-connected set of cells at or above the threshold that hangs together with a seed. One pass
 * of a priority flood, so that all thresholds together cost little more than one. `visit` gets the
 * mask so far (shared, not to be kept or changed), its area and its extent, after each of 256
 * even thresholds at which the area has grown by the share `growth`; it answers false to stop. Cells
 * where `allowed` is 0, and cells of the lowest level, never join.
 */
export const growRegions = (
  values: Float32Array,
  allowed: Uint8Array,
  width: number,
  seeds: readonly number[],
  growth: number,
  visit: (mask: BitMask, area: number, extent: Extent) => boolean,
): void => {
  const count = values.length;
  const levels = levelsOf(values);
  const mask = emptyMask(width, count / width);
  const queued = new Uint8Array(count);
  // Waiting cells: a linked stack a level.
  const head = new Int32Array(LEVELS).fill(-1);
  const next = new Int32Array(count);
  let threshold = LEVELS - 1;
  const push = (i: number) => {
    if (queued[i] || !allowed[i]) return;
    queued[i] = 1;
    const level = Math.min(levels[i] as number, threshold);
    next[i] = head[level] as number;
    head[level] = i;
  };
  let [x0, y0, x1, y1] = [width, count / width, 0, 0];
  const join = (i: number) => {
    const y = Math.floor(i / width);
    const x = i - y * width;
    addCell(mask, x, y);
    if (x < x0) x0 = x;
    if (x >= x1) x1 = x + 1;
    if (y < y0) y0 = y;
    if (y >= y1) y1 = y + 1;
    if (x > 0) push(i - 1);
    if (x < width - 1) push(i + 1);
    if (i >= width) push(i - width);
    if (i + width < count) push(i + width);
  };
  seeds.forEach(push);
  let [area, reported] = [0, 0];
  for (; threshold > 0; threshold--) {
    for (let i = head[threshold] as number; i >= 0; i = head[threshold] as number) {
      head[threshold] = next[i] as number;
      join(i);
      area++;
    }
    if (area === 0 || area < reported * (1 + growth)) continue;
    reported = area;
    if (!visit(mask, area, { x0, y0, x1, y1 })) return;
  }
};
