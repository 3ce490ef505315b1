import { seededRandom } from '../../src/core/stats/random.ts';

const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
};

/**
 * Splits patients into k folds: all rows of a patient go to one fold, patients with a malignant
 * lesion and those without are dealt out separately so that folds are alike. Deterministic in
 * (rows, k, seed), whatever the order of the rows. Returns patient -> fold in [0, k).
 */
export const assignFolds = (
  rows: readonly { readonly patient: string; readonly malignant: boolean }[],
  k: number,
  seed: number,
): Map<string, number> => {
  const malignant = new Map<string, boolean>();
  for (const row of rows)
    malignant.set(row.patient, row.malignant || malignant.get(row.patient) === true);
  const random = seededRandom(seed);
  const folds = new Map<string, number>();
  let next = 0;
  for (const outcome of [true, false]) {
    const patients = [...malignant.keys()].filter((p) => malignant.get(p) === outcome).sort();
    for (const patient of shuffled(patients, random)) folds.set(patient, next++ % k);
  }
  return folds;
};
