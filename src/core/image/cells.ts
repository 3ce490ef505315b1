/** The cell of each of `side` pixels along an axis that `cells` divide evenly, and the pixels in each cell. */
export const cellsOf = (side: number, cells: number) => {
  const of = Int32Array.from({ length: side }, (_, i) => Math.floor((i * cells) / side));
  const pixels = new Uint32Array(cells);
  for (const cell of of) pixels[cell] = (pixels[cell] as number) + 1;
  return { of, pixels };
};
