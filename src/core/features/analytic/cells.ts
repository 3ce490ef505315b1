/** Places of the cells of a mask, in order. */
export const cellsOf = (mask: Uint8Array): Int32Array => {
  const cells = new Int32Array(mask.length);
  let n = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i]) cells[n++] = i;
  return cells.slice(0, n);
};

/** Values at some places, in their order. */
export const valuesAt = (data: Float32Array, cells: Int32Array): Float32Array => {
  const values = new Float32Array(cells.length);
  for (let k = 0; k < cells.length; k++) values[k] = data[cells[k] as number] as number;
  return values;
};

/** Places of all cells of a raster. */
export const allCells = ({ data }: { readonly data: ArrayLike<number> }): Int32Array =>
  Int32Array.from({ length: data.length }, (_, i) => i);
