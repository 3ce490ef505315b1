import type { LogisticModel } from '../../src/core/finder/logistic.ts';

/** Solves a small system by Gauss's elimination with pivots. Does not mutate. */
const solve = (matrix: readonly Float64Array[], right: Float64Array): number[] => {
  const n = right.length;
  const a: Float64Array[] = matrix.map((row) => row.slice());
  const x = [...right];
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++)
      if (Math.abs(a[i]?.[k] ?? 0) > Math.abs(a[pivot]?.[k] ?? 0)) pivot = i;
    [a[k], a[pivot]] = [a[pivot] as Float64Array, a[k] as Float64Array];
    [x[k], x[pivot]] = [x[pivot] as number, x[k] as number];
    const row = a[k] as Float64Array;
    for (let i = k + 1; i < n; i++) {
      const other = a[i] as Float64Array;
      const factor = (other[k] as number) / (row[k] as number);
      for (let j = k; j < n; j++) other[j] = (other[j] as number) - factor * (row[j] as number);
      x[i] = (x[i] as number) - factor * (x[k] as number);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    const row = a[k] as Float64Array;
    let sum = x[k] as number;
    for (let j = k + 1; j < n; j++) sum -= (row[j] as number) * (x[j] as number);
    x[k] = sum / (row[k] as number);
  }
  return x;
};

export interface Example {
  readonly cues: Readonly<Record<string, number>>;
  readonly label: boolean;
}

const STEPS = 30;

/**
 * Logistic regression with a ridge on the weights of standardised cues (not on the bias), by Newton's
 * method. `ridge` is the precision of the weights' Gaussian prior.
 */
export const fitLogistic = (
  examples: readonly Example[],
  names: readonly string[],
  ridge = 1,
): LogisticModel => {
  const n = examples.length;
  const column = (name: string) => examples.map(({ cues }) => cues[name] as number);
  const mean = names.map((name) => column(name).reduce((a, b) => a + b, 0) / n);
  const scale = names.map((name, k) => {
    const m = mean[k] as number;
    const variance = column(name).reduce((sum, v) => sum + (v - m) ** 2, 0) / n;
    return Math.max(Math.sqrt(variance), 1e-6);
  });
  const rows = examples.map(({ cues }) => [
    1,
    ...names.map(
      (name, k) => ((cues[name] as number) - (mean[k] as number)) / (scale[k] as number),
    ),
  ]);
  const size = names.length + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    rows.forEach((row, r) => {
      const z = row.reduce((sum, v, k) => sum + v * (weights[k] as number), 0);
      const p = 1 / (1 + Math.exp(-z));
      const error = (examples[r]?.label ? 1 : 0) - p;
      const h = p * (1 - p);
      for (let i = 0; i < size; i++) {
        const v = row[i] as number;
        gradient[i] = (gradient[i] as number) + error * v;
        const line = hessian[i] as Float64Array;
        for (let j = 0; j < size; j++) line[j] = (line[j] as number) + h * v * (row[j] as number);
      }
    });
    for (let i = 0; i < size; i++) {
      const line = hessian[i] as Float64Array;
      const own = i === 0 ? 1e-6 : ridge;
      line[i] = (line[i] as number) + own;
      gradient[i] = (gradient[i] as number) - own * (weights[i] as number);
    }
    const change = solve(hessian, gradient);
    weights = weights.map((w, i) => w + (change[i] as number));
    if (change.every((c) => Math.abs(c) < 1e-8)) break;
  }
  return { names, mean, scale, weights: weights.slice(1), bias: weights[0] as number };
};
