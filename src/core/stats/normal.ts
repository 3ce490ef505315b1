/** Two-sided 97.5 % quantile of the standard normal, for 95 % intervals. */
export const Z_95 = 1.959963984540054;

/**
 * Upper tail of the standard normal, P(Z > z), by the continued fraction of the complementary error
 * function (Lentz) for z > 2.5 and its series below; relative error under 1e-12.
 */
export const normalTail = (z: number): number => {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z <= 2.5) {
    let term = z;
    let sum = z;
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 200; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (z + fraction);
  return density / (z + fraction);
};

/** Two-sided p value of a standard normal statistic. */
export const twoSidedP = (z: number): number => Math.min(1, 2 * normalTail(Math.abs(z)));
