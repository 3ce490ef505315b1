import { logit } from '../../src/core/classifier/calibration.ts';
import { spreadInterval } from '../../src/core/lesion/score-lesion.ts';
import type { Spread } from '../../src/core/classifier/score-rule.ts';
import { quantile } from '../../src/core/stats/bootstrap.ts';

const FIFTHS = 5;

/** Which fifth of the likelihoods each entry lies in, 0 the lowest. */
export const fifthOf = (base: readonly number[]): number[] => {
  const order = [...base.keys()].sort((a, b) => (base[a] as number) - (base[b] as number));
  const fifth = new Array<number>(base.length);
  order.forEach((i, rank) => (fifth[i] = Math.floor((rank * FIFTHS) / base.length)));
  return fifth;
};

/**
 * How far likelihoods move: `replicates[r][i]` is what case i gets when all is made anew, `base[i]` what
 * it got. In each fifth of `base` the 2.5th and 97.5th percentile of the difference of logits.
 */
export const fitSpread = (
  base: readonly number[],
  replicates: readonly (readonly number[])[],
): Spread => {
  const fifth = fifthOf(base);
  const bands = Array.from({ length: FIFTHS }, (_, f) => {
    const members = [...base.keys()].filter((i) => fifth[i] === f);
    const sorted = (values: number[]) => values.sort((a, b) => a - b);
    const moves = sorted(
      replicates.flatMap((r) =>
        members.map((i) => logit(r[i] as number) - logit(base[i] as number)),
      ),
    );
    return {
      at: quantile(sorted(members.map((i) => logit(base[i] as number))), 0.5),
      low: Math.max(0, -quantile(moves, 0.025)),
      high: Math.max(0, quantile(moves, 0.975)),
    };
  });
  const digits = (v: number) => Number(v.toFixed(4));
  return {
    at: bands.map((b) => digits(b.at)),
    low: bands.map((b) => digits(b.low)),
    high: bands.map((b) => digits(b.high)),
  };
};

/** Share of replicates that lie inside the interval of the base, by fifth and over all. */
export interface Coverage {
  readonly fifths: readonly number[];
  readonly all: number;
  /** Mean half-width of the interval, likelihood. */
  readonly halfWidth: number;
}

/**
 * Coverage by cross-validation: the spread is fitted on the cases of the other folds and tried on those
 * of the fold.
 */
export const crossFittedCoverage = (
  base: readonly number[],
  fold: readonly number[],
  folds: number,
  replicates: readonly (readonly number[])[],
): Coverage => {
  const fifth = fifthOf(base);
  const [inside, count] = [new Float64Array(FIFTHS), new Float64Array(FIFTHS)];
  let width = 0;
  for (let k = 0; k < folds; k++) {
    const others = [...base.keys()].filter((i) => fold[i] !== k);
    const pickOthers = (values: readonly number[]) => others.map((i) => values[i] as number);
    const spread = fitSpread(pickOthers(base), replicates.map(pickOthers));
    base.forEach((value, i) => {
      if (fold[i] !== k) return;
      const { low, high } = spreadInterval(value, spread);
      width += (high - low) / 2 / base.length;
      const f = fifth[i] as number;
      for (const r of replicates) {
        count[f] = (count[f] as number) + 1;
        const moved = r[i] as number;
        if (moved >= low && moved <= high) inside[f] = (inside[f] as number) + 1;
      }
    });
  }
  const sum = (values: Float64Array) => values.reduce((s, v) => s + v, 0);
  return {
    fifths: [...inside].map((v, f) => v / (count[f] as number)),
    all: sum(inside) / sum(count),
    halfWidth: width,
  };
};
