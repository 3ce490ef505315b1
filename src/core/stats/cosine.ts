/** Cosine of the angle between two vectors of one length; 0 when either is all zero or not finite. */
export const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const value = ab / Math.sqrt(aa * bb);
  return Number.isFinite(value) ? value : 0;
};
