import { cellsOf, valuesAt } from './cells.ts';

/** Mean, standard deviation, skewness and kurtosis (0 for a Gaussian) of some values; 0s for none. */
export const momentsOf = (values: ArrayLike<number>) => {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] as number;
  const mean = n > 0 ? sum / n : 0;
  let [m2, m3, m4] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const d = (values[i] as number) - mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  const variance = n > 0 ? m2 / n : 0;
  const sd = Math.sqrt(variance);
  const flat = variance < 1e-12;
  return {
    n,
    mean,
    sd,
    skewness: flat ? 0 : m3 / n / (sd * sd * sd),
    kurtosis: flat ? 0 : m4 / n / (variance * variance) - 3,
  };
};

/** The same of the values in a mask. */
export const momentsIn = (data: Float32Array, mask: Uint8Array) =>
  momentsOf(valuesAt(data, cellsOf(mask)));
