import { cosine } from '../stats/cosine.ts';
import { logarithm } from '../units/portable-math.ts';
import { probability, type LogisticModel } from './logistic.ts';
import type { ViewCandidate } from './view-cues.ts';

/** What tells whether two marks, in CC and MLO of one breast, show one mass. */
export const PAIR_CUES = ['nipple', 'size', 'likeness', 'outcome', 'contrast'] as const;
export type PairCue = (typeof PAIR_CUES)[number];

/** Nipple distances that differ by more count as that, mm. */
const FAR = 40;
/** What stands for the difference where a nipple was not found, mm. */
const UNKNOWN = 12;

/** How two candidates differ; symmetric. */
export const pairCues = (a: ViewCandidate, b: ViewCandidate): Record<PairCue, number> => {
  const known = a.nippleDistance !== undefined && b.nippleDistance !== undefined;
  const apart = known ? Math.abs(a.nippleDistance - b.nippleDistance) : UNKNOWN;
  return {
    nipple: Math.min(apart, FAR) / 10,
    size: Math.abs(logarithm(a.side / b.side)),
    likeness: cosine(a.features, b.features),
    outcome: Math.abs(a.outcome - b.outcome),
    contrast: Math.abs(a.cues.contrast - b.cues.contrast),
  };
};

/** How well the other views of the breast bear a candidate out: the best partner, 0 to 1. */
export const supportOf = (
  candidate: ViewCandidate,
  others: readonly { readonly candidate: ViewCandidate; readonly own: number }[],
  pairs: LogisticModel,
): number =>
  others.reduce(
    (most, { candidate: other, own }) =>
      Math.max(most, own * probability(pairs, pairCues(candidate, other))),
    0,
  );
