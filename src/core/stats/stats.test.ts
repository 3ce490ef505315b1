import { describe, expect, it } from 'vitest';
import expected from './fixtures/expected.json' with { type: 'json' };
import { wilson } from './wilson.ts';
import { bootstrapInterval, clusterDraws } from './bootstrap.ts';
import { brier, calibrationLine, ece, reliability } from './calibration-metrics.ts';
import { aucDelong, midranks, pairedDelong } from './delong.ts';
import { holm } from './holm.ts';
import { normalTail } from './normal.ts';
import { atSensitivity, atSpecificity, auc, partialAuc, rocCurve } from './roc.ts';

// Expected values come from pROC and base R: fixtures/make-fixtures.R.
const { a, b, p, malignant, patient } = expected;
const scored = { scores: a, malignant };
const forecast = { likelihoods: p, malignant };

const close = (got: readonly number[], want: readonly number[], digits = 10) => {
  expect(got.length).toBe(want.length);
  got.forEach((v, i) => expect(v).toBeCloseTo(want[i] as number, digits));
};

describe('ROC', () => {
  it('has the areas of pROC, ties counting half', () => {
    close([auc(scored), auc({ scores: b, malignant })], expected.auc, 12);
    expect(auc({ scores: [1, 1], malignant: [true, false] })).toBe(0.5);
  });

  it('has the DeLong variance and intervals of pROC', () => {
    expect(aucDelong(scored).variance).toBeCloseTo(expected.variance, 12);
    close(aucDelong(scored).interval, expected.delong[0] as number[]);
    close(aucDelong({ scores: b, malignant }).interval, expected.delong[1] as number[]);
  });

  it('compares paired scores as pROC does', () => {
    const paired = pairedDelong(a, b, malignant);
    expect(paired.p).toBeCloseTo(expected.pairedP, 10);
    close(paired.interval, expected.pairedInterval);
    expect(pairedDelong(a, a, malignant).p).toBe(1);
  });

  it('has the partial area of pROC where sensitivity is at least 0.9', () => {
    expect(partialAuc(scored, 0.9)).toBeCloseTo(expected.partialAuc, 12);
    expect(partialAuc(scored, 0)).toBeCloseTo(auc(scored), 12);
  });

  it('reads sensitivities at a specificity, and points at a sensitivity', () => {
    close(
      [atSpecificity(scored, 0.8).sensitivity, atSpecificity(scored, 0.9).sensitivity],
      expected.sensitivityAt80And90,
    );
    const point = atSensitivity(scored, 0.9);
    const called = a.map((s) => s >= point.threshold);
    const hits = malignant.filter((m, i) => m && called[i]).length;
    expect(hits / malignant.filter(Boolean).length).toBe(point.sensitivity);
    expect(point.sensitivity).toBeGreaterThanOrEqual(0.9);
  });

  it('runs from nothing called to everything called and needs both outcomes', () => {
    const curve = rocCurve(scored);
    expect(curve[0]).toMatchObject({ sensitivity: 0, specificity: 1 });
    expect(curve.at(-1)).toMatchObject({ sensitivity: 1, specificity: 0 });
    expect(() => auc({ scores: [1, 2], malignant: [true, true] })).toThrow('both outcomes');
  });

  it('shares ranks among ties', () => {
    expect([...midranks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
  });
});

describe('calibration', () => {
  it('has the Brier score, ECE and logistic recalibration of R', () => {
    expect(brier(forecast)).toBeCloseTo(expected.brier, 12);
    expect(ece(forecast)).toBeCloseTo(expected.ece, 12);
    const line = calibrationLine(forecast);
    close([line?.intercept ?? NaN, line?.slope ?? NaN], expected.calibration, 8);
  });

  it('has no line with one outcome only', () => {
    const benign = malignant.map(() => false);
    expect(calibrationLine({ likelihoods: p, malignant: benign })).toBeUndefined();
  });

  it('puts a likelihood of 1 in the last bin', () => {
    expect(reliability({ likelihoods: [1, 0.95], malignant: [true, true] })).toEqual([
      { count: 2, meanLikelihood: 0.975, malignantShare: 1 },
    ]);
  });
});

describe('normal tail and Holm', () => {
  it('agree with R', () => {
    close([0, 0.5, 1.96, 2.5, 3, 6, -1].map(normalTail), expected.tails, 13);
    close(holm(expected.holmIn), expected.holmOut, 14);
  });
});

describe('patient bootstrap', () => {
  it('draws whole patients, the same for the same seed', () => {
    const [draw] = clusterDraws(patient, 1, 3);
    const counts = new Map<number, number>();
    for (const row of draw ?? []) counts.set(row, (counts.get(row) ?? 0) + 1);
    patient.forEach((who, i) => {
      const first = patient.indexOf(who);
      expect(counts.get(i) ?? 0).toBe(counts.get(first) ?? 0);
    });
    expect(clusterDraws(patient, 2, 3)).toEqual(clusterDraws(patient, 2, 3));
    expect(clusterDraws(patient, 1, 4)).not.toEqual(clusterDraws(patient, 1, 3));
  });

  it('is wider when rows of a patient repeat one another than when they are independent', () => {
    const values = Array.from({ length: 40 }, (_, i) => Math.floor(i / 4) % 10);
    const mean = (rows: readonly number[]) =>
      rows.reduce((sum, r) => sum + (values[r] as number), 0) / rows.length;
    const width = (groups: string[]) => {
      const [low, high] = bootstrapInterval(groups, mean) ?? [0, 0];
      return high - low;
    };
    const clustered = width(values.map((_, i) => `p${Math.floor(i / 4)}`));
    const independent = width(values.map((_, i) => `p${i}`));
    expect(clustered).toBeGreaterThan(1.6 * independent);
  });

  it('leaves out draws without an answer', () => {
    expect(bootstrapInterval(patient, () => undefined)).toBeUndefined();
  });
});

it("Wilson's interval of a share is that of the literature, also of none and of all", () => {
  // Newcombe, Stat Med 17, 1998, table I: 81 of 263, 15 of 148, 0 of 20, 29 of 29.
  for (const [k, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [29, 29, 0.883, 1],
  ] as const) {
    const interval = wilson(k, n);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  }
});
