/** Mean grey of the cells of a grid, 0 to 255. */
export type Grey = Float64Array;

const MIN_SPREAD = 8;

const meanOf = (grey: Grey) => grey.reduce((sum, g) => sum + g, 0) / grey.length;

/** Whether there is more than an even ground: a standard deviation of at least 8 of 255 levels. */
export const isDrawn = (grey: Grey): boolean => {
  const mean = meanOf(grey);
  return Math.sqrt(grey.reduce((sum, g) => sum + (g - mean) ** 2, 0) / grey.length) >= MIN_SPREAD;
};

/** Correlation of two grids of equal length, -1 to 1; 0 where one is missing or even. */
export const likeness = (a: Grey, b: Grey | undefined): number => {
  if (!b) return 0;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    both += x * y;
    ownA += x * x;
    ownB += y * y;
  }
  return ownA > 0 && ownB > 0 ? both / Math.sqrt(ownA * ownB) : 0;
};

/** How far the means of two grids are apart, in levels; 0 where one is missing. */
export const apart = (a: Grey, b: Grey | undefined): number =>
  b ? Math.abs(meanOf(a) - meanOf(b)) : 0;
