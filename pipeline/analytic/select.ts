import { midranks } from '../../src/core/stats/delong.ts';

/** Rows of features; every row has the same length. */
export type Table = readonly ArrayLike<number>[];

/**
 * Features from the most to the least telling by themselves: by the distance of their area under
 * the ROC curve from one half over the given rows. Ties keep the order of the schema.
 */
export const rankFeatures = (table: Table, malignant: readonly boolean[]): number[] => {
  const positives = malignant.filter(Boolean).length;
  const pairs = positives * (malignant.length - positives);
  if (pairs === 0) throw new Error('ranking features needs both outcomes');
  const strength = Array.from({ length: table[0]?.length ?? 0 }, (_, f) => {
    const ranks = midranks(table.map((row) => row[f] as number));
    const sum = malignant.reduce((s, m, i) => (m ? s + (ranks[i] as number) : s), 0);
    return Math.abs((sum - (positives * (positives + 1)) / 2) / pairs - 0.5);
  });
  return strength
    .map((_, f) => f)
    .sort((a, b) => (strength[b] as number) - (strength[a] as number) || a - b);
};

/** Standardises the columns `features` of all rows by the mean and deviation of the rows `by`. */
export const standardiseBy = (
  table: Table,
  by: readonly number[],
  features: readonly number[],
): Float64Array[] => {
  const out = table.map(() => new Float64Array(features.length));
  features.forEach((f, j) => {
    const at = (row: number) => (table[row] as ArrayLike<number>)[f] as number;
    const mean = by.reduce((s, row) => s + at(row), 0) / by.length;
    const variance = by.reduce((s, row) => s + (at(row) - mean) ** 2, 0) / by.length;
    const scale = variance > 1e-12 ? Math.sqrt(variance) : 1;
    out.forEach((z, row) => (z[j] = (at(row) - mean) / scale));
  });
  return out;
};

/** Inner products of all pairs of rows: count x count, row-major. */
export const gramOf = (z: readonly Float64Array[]): Float64Array => {
  const n = z.length;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++) {
      const [a, b] = [z[i] as Float64Array, z[j] as Float64Array];
      let sum = 0;
      for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
      gram[i * n + j] = sum;
      gram[j * n + i] = sum;
    }
  return gram;
};
