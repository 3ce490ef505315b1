/** One pixel pair of a co-occurrence matrix: the second pixel is `dx` right and `dy` down of the first. */
export interface Offset {
  readonly dx: number;
  readonly dy: number;
}

/** The four directions of Haralick 1973 at a distance in pixels, rounded as scikit-image rounds. */
export const offsetsAt = (distance: number): Offset[] => {
  const diagonal = Math.round(distance * Math.SQRT1_2);
  return [
    { dx: distance, dy: 0 },
    { dx: diagonal, dy: diagonal },
    { dx: 0, dy: distance },
    { dx: -diagonal, dy: diagonal },
  ];
};

/**
 * Grey-level co-occurrence matrix, symmetric, summing to 1: levels x levels, row-major (Haralick
 * 1973; scikit-image graycomatrix with symmetric and normed, summed over the offsets). `grey` holds
 * whole numbers in [0, levels), row-major, `width` a row; only pairs of two of `cells` (in rising order) count. All 0
 * when no pair counts.
 */
export const coOccurrence = (
  grey: Uint8Array,
  cells: Int32Array,
  width: number,
  offsets: readonly Offset[],
  levels: number,
): Float64Array => {
  const height = grey.length / width;
  const mask = new Uint8Array(grey.length);
  for (let k = 0; k < cells.length; k++) mask[cells[k] as number] = 1;
  const matrix = new Float64Array(levels * levels);
  let total = 0;
  for (const { dx, dy } of offsets)
    for (let k = 0, y = 0; k < cells.length; k++) {
      const i = cells[k] as number;
      while (i >= (y + 1) * width) y++;
      const x = i - y * width + dx;
      if (x < 0 || x >= width || y + dy < 0 || y + dy >= height) continue;
      const j = i + dy * width + dx;
      if (!mask[j]) continue;
      const a = grey[i] as number;
      const b = grey[j] as number;
      matrix[a * levels + b] = (matrix[a * levels + b] as number) + 1;
      matrix[b * levels + a] = (matrix[b * levels + a] as number) + 1;
      total += 2;
    }
  return total > 0 ? matrix.map((v) => v / total) : matrix;
};
