/**
 * The mask with its holes filled: 1 wherever the outside cannot be reached from the border of the
 * raster over 4-neighbours of value 0. Row-major, does not mutate.
 */
export const fillHoles = (mask: Uint8Array, width: number): Uint8Array => {
  const count = mask.length;
  const filled = new Uint8Array(count).fill(1);
  const stack = new Int32Array(count);
  let depth = 0;
  const open = (i: number) => {
    if (mask[i] || !filled[i]) return;
    filled[i] = 0;
    stack[depth++] = i;
  };
  for (let x = 0; x < width; x++) {
    open(x);
    open(count - width + x);
  }
  for (let i = 0; i < count; i += width) {
    open(i);
    open(i + width - 1);
  }
  while (depth > 0) {
    const i = stack[--depth] as number;
    const x = i % width;
    if (x > 0) open(i - 1);
    if (x < width - 1) open(i + 1);
    if (i >= width) open(i - width);
    if (i + width < count) open(i + width);
  }
  return filled;
};
