import type { Extent } from './radial-gradient-index.ts';

const OPEN = 0;
const REACHED = 2;

/** State of the cells looked at and a rim about them, and those still to be looked at: as many as any so far. */
let state = new Uint8Array(0);
let stack = new Int32Array(0);

/**
 * The mask with its holes filled: 1 wherever the outside cannot be reached from the border of the
 * raster over 4-neighbours of value 0. Row-major, does not mutate. With the `extent` of what is in the
 * mask only that is looked at.
 */
export const fillHoles = (
  mask: Uint8Array,
  width: number,
  { x0, y0, x1, y1 }: Extent = { x0: 0, y0: 0, x1: width, y1: mask.length / width },
): Uint8Array => {
  // A rim of reached cells about the extent: no cell lacks a neighbour, and none is asked its column.
  const [columns, rows] = [x1 - x0, y1 - y0];
  const across = columns + 2;
  const size = across * (rows + 2);
  if (state.length < size) {
    state = new Uint8Array(size);
    stack = new Int32Array(size);
  }
  const cells = state;
  const waiting = stack;
  cells.fill(REACHED, 0, size);
  for (let y = 0; y < rows; y++) {
    const from = (y0 + y) * width + x0;
    const to = (y + 1) * across + 1;
    for (let x = 0; x < columns; x++) cells[to + x] = mask[from + x] as number;
  }
  let depth = 0;
  const reach = (i: number) => {
    if (cells[i] !== OPEN) return;
    cells[i] = REACHED;
    waiting[depth++] = i;
  };
  for (let x = 1; x <= columns; x++) {
    reach(across + x);
    reach(rows * across + x);
  }
  for (let y = 1; y <= rows; y++) {
    reach(y * across + 1);
    reach(y * across + columns);
  }
  while (depth > 0) {
    const i = waiting[--depth] as number;
    reach(i - 1);
    reach(i + 1);
    reach(i - across);
    reach(i + across);
  }
  const filled = new Uint8Array(mask.length);
  for (let y = 0; y < rows; y++) {
    const from = (y + 1) * across + 1;
    const to = (y0 + y) * width + x0;
    for (let x = 0; x < columns; x++) filled[to + x] = cells[from + x] === REACHED ? 0 : 1;
  }
  return filled;
};
