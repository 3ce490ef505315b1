const OPEN = 0;
const REACHED = 2;

/**
 * The mask with its holes filled: 1 wherever the outside cannot be reached from the border of the
 * raster over 4-neighbours of value 0. Row-major, does not mutate.
 */
export const fillHoles = (mask: Uint8Array, width: number): Uint8Array => {
  const height = mask.length / width;
  // A rim of reached cells about the raster: no cell lacks a neighbour, and none is asked its column.
  const across = width + 2;
  const state = new Uint8Array(across * (height + 2)).fill(REACHED);
  for (let y = 0; y < height; y++)
    state.set(mask.subarray(y * width, (y + 1) * width), (y + 1) * across + 1);
  const stack = new Int32Array(mask.length);
  let depth = 0;
  const reach = (i: number) => {
    if (state[i] !== OPEN) return;
    state[i] = REACHED;
    stack[depth++] = i;
  };
  for (let x = 1; x <= width; x++) {
    reach(across + x);
    reach(height * across + x);
  }
  for (let y = 1; y <= height; y++) {
    reach(y * across + 1);
    reach(y * across + width);
  }
  while (depth > 0) {
    const i = stack[--depth] as number;
    reach(i - 1);
    reach(i + 1);
    reach(i - across);
    reach(i + across);
  }
  const filled = new Uint8Array(mask.length);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      filled[i] = state[(y + 1) * across + x + 1] === REACHED ? 0 : 1;
  return filled;
};
