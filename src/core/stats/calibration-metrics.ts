/** Likelihoods with their outcomes, entry by entry. */
export interface Forecast {
  readonly likelihoods: ArrayLike<number>;
  readonly malignant: readonly boolean[];
}

/** Mean squared difference between likelihood and outcome (Brier 1950). Lower is better. */
export const brier = ({ likelihoods, malignant }: Forecast): number =>
  malignant.reduce((sum, m, i) => sum + ((likelihoods[i] as number) - (m ? 1 : 0)) ** 2, 0) /
  malignant.length;

/** One bin of a reliability diagram. */
export interface ReliabilityBin {
  readonly count: number;
  readonly meanLikelihood: number;
  readonly malignantShare: number;
}

/** Bins of equal width over [0, 1]; empty ones are left out. */
export const reliability = ({ likelihoods, malignant }: Forecast, bins = 10): ReliabilityBin[] => {
  const sums = Array.from({ length: bins }, () => ({ count: 0, likelihood: 0, malignant: 0 }));
  malignant.forEach((m, i) => {
    const p = likelihoods[i] as number;
    const bin = sums[Math.min(Math.floor(p * bins), bins - 1)];
    if (!bin) throw new Error(`likelihood ${p} is outside [0, 1]`);
    bin.count++;
    bin.likelihood += p;
    if (m) bin.malignant++;
  });
  return sums
    .filter((bin) => bin.count > 0)
    .map((bin) => ({
      count: bin.count,
      meanLikelihood: bin.likelihood / bin.count,
      malignantShare: bin.malignant / bin.count,
    }));
};

/**
 * Expected calibration error: mean distance between likelihood and share of malignant cases over
 * bins of equal width, weighted by their cases (Naeini 2015).
 */
export const ece = (forecast: Forecast, bins = 10): number =>
  reliability(forecast, bins).reduce(
    (sum, bin) =>
      sum +
      (bin.count / forecast.malignant.length) * Math.abs(bin.meanLikelihood - bin.malignantShare),
    0,
  );

const logit = (p: number): number => {
  const q = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  return Math.log(q / (1 - q));
};

/**
 * Slope and intercept of the logistic regression of the outcome on logit(likelihood), fitted
 * together (Cox 1958): 1 and 0 when calibrated; a slope under 1 means likelihoods too extreme.
 * Undefined with one outcome only or where the classes are separated.
 */
export const calibrationLine = ({
  likelihoods,
  malignant,
}: Forecast): { readonly slope: number; readonly intercept: number } | undefined => {
  const x = Float64Array.from(likelihoods, logit);
  let [intercept, slope] = [0, 1];
  for (let iteration = 0; iteration < 100; iteration++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    malignant.forEach((m, i) => {
      const v = x[i] as number;
      const p = 1 / (1 + Math.exp(-(intercept + slope * v)));
      const [d, w] = [(m ? 1 : 0) - p, p * (1 - p)];
      g0 += d;
      g1 += d * v;
      h00 += w;
      h01 += w * v;
      h11 += w * v * v;
    });
    const det = h00 * h11 - h01 * h01;
    if (!(det > 1e-12)) return undefined;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det];
    const shrink = Math.min(1, 2 / Math.max(Math.abs(d0), Math.abs(d1), 1e-12));
    intercept += shrink * d0;
    slope += shrink * d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-10) return { slope, intercept };
  }
  return undefined;
};
