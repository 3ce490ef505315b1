import { describe, expect, it } from 'vitest';
import { logit } from '../../src/core/classifier/calibration.ts';
import { answerOf, blindCalibrations, crossFittedAnswers, fitCalibrations } from './answers.ts';
import { crossFittedCoverage, fifthOf, fitSpread } from './spread.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

/** Cases of two folds; each arm's value is the outcome in noise of its own. */
const cases = (n: number, analytic = true) => {
  const random = seededRandom(3);
  return Array.from({ length: n }, (_, i) => {
    const malignant = i % 2 === 0;
    const value = () => (malignant ? 1 : -1) + 4 * random() - 2;
    const cnn = value();
    const fold = Math.floor(i / 2) % 2;
    return { malignant, fold, cnn, ...(analytic ? { analytic: value() } : {}) };
  });
};
const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / values.length;

describe('calibrations', () => {
  it('calibrate the mean of both arms once more, which alone would say too little', () => {
    const all = cases(2000);
    const calibrations = fitCalibrations(all);
    const without = {
      cnn: calibrations.cnn,
      analytic: calibrations.analytic as { a: number; b: number },
    };
    const slope = (likelihoods: readonly number[]) =>
      // Of the logit, by its means in both outcomes: what a logistic regression on it would find.
      fitCalibrations(
        likelihoods.map((p, i) => ({ malignant: i % 2 === 0, fold: 0, cnn: logit(p) })),
      ).cnn.a;
    expect(-slope(all.map((c) => answerOf(calibrations, c).likelihood))).toBeCloseTo(1, 1);
    expect(-slope(all.map((c) => answerOf(without, c).likelihood))).toBeGreaterThan(1.15);
  });

  it('have no calibration of a mean with one arm, whose likelihood is the answer', () => {
    const [first, ...rest] = cases(40, false);
    const calibrations = fitCalibrations(rest);
    expect(calibrations.fused).toBeUndefined();
    const answer = answerOf(calibrations, first as (typeof rest)[number]);
    expect(answer.likelihood).toBe(answer.cnn);
    expect(answer).not.toHaveProperty('analytic');
  });

  it('of a fold do not see its outcomes', () => {
    const all = cases(80);
    const turned = all.map((c) => (c.fold === 0 ? { ...c, malignant: !c.malignant } : c));
    const [blind, seeing] = blindCalibrations(all, 2);
    const [blindTurned, seeingTurned] = blindCalibrations(turned, 2);
    expect(blindTurned).toEqual(blind);
    expect(seeingTurned).not.toEqual(seeing);
    crossFittedAnswers(turned, 2).forEach((answer, i) => {
      if (turned[i]?.fold === 0) expect(answer).toEqual(crossFittedAnswers(all, 2)[i]);
    });
  });
});

describe('the spread', () => {
  const base = Array.from({ length: 500 }, (_, i) => (i + 1) / 501);
  /** Moves of up to 0.5 logits below the middle and up to 2 above it. */
  const remade = (seed: number) => {
    const random = seededRandom(seed);
    return base.map((p) => {
      const x = logit(p) + (2 * random() - 1) * (p < 0.5 ? 0.5 : 2);
      return 1 / (1 + Math.exp(-x));
    });
  };
  const replicates = Array.from({ length: 20 }, (_, r) => remade(r + 1));

  it('deals fifths by rank', () => {
    expect(fifthOf([0.9, 0.1, 0.5, 0.3, 0.7])).toEqual([4, 0, 2, 1, 3]);
  });

  it('is as wide as the moves are, fifth by fifth', () => {
    const { at, low, high } = fitSpread(base, replicates);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    for (const reach of [low[0], high[0], low[1], high[1]]) expect(reach).toBeCloseTo(0.475, 1);
    for (const reach of [low[4], high[4]]) expect(reach).toBeCloseTo(1.9, 1);
  });

  it('covers 19 in 20 of what it was not fitted on, and few where others moved farther', () => {
    const fold = base.map((_, i) => i % 5);
    const { fifths, all, halfWidth } = crossFittedCoverage(base, fold, 5, replicates);
    for (const share of [fifths[0], fifths[1], fifths[4], all])
      expect(Math.abs((share as number) - 0.95)).toBeLessThan(0.03);
    expect(halfWidth).toBeGreaterThan(0.05);
    // In fold 0 alone everything moves by four logits, which no other fold tells.
    const far = replicates.map((r) =>
      r.map((p, i) => (fold[i] === 0 ? 1 / (1 + Math.exp(-logit(base[i] as number) - 4)) : p)),
    );
    expect(crossFittedCoverage(base, fold, 5, far).all).toBeLessThan(0.82);
  });

  it('needs no draw to be right in the middle', () => {
    const { low, high } = fitSpread(base, [base]);
    expect(mean([...low, ...high])).toBe(0);
  });
});
