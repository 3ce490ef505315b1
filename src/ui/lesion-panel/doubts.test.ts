import { expect, it } from 'vitest';
import { DESCRIBED_FEATURES } from '../../core/features/analytic/described.ts';
import type { LesionResult } from '../../state/scoring-store.ts';
import { doubtsOf } from './doubts.ts';

type Scored = Extract<LesionResult, { phase: 'scored' }>;

const result = (
  views: readonly number[],
  arms: readonly number[],
  quality: number,
  described?: readonly number[],
) =>
  ({
    phase: 'scored',
    outlines: [{ polygon: [], quality }],
    ...(described ? { described } : {}),
    answer: {
      score: { viewLikelihoods: views, arms: arms.map((value) => ({ likelihood: { value } })) },
    },
  }) as unknown as Scored;

const usual = DESCRIBED_FEATURES.map(() => 1);
const reference = {
  lesions: [0, 1, 2].map((k) => ({
    pathology: 'benign' as const,
    likelihood: 0.5,
    views: 1,
    described: DESCRIBED_FEATURES.map(() => k),
  })),
};

it('has no doubt about a lesion like the others on which all agree', () => {
  expect(doubtsOf(result([0.4, 0.5], [0.4, 0.5], 0.8, usual), reference)).toEqual([]);
  expect(doubtsOf(result([0.5], [0.5], 0.05), undefined)).toEqual([]);
});

it.each([
  [result([0.1, 0.6], [0.4], 0.8), /views disagree/],
  [result([0.5], [0.2, 0.7], 0.8, usual), /two arms disagree/],
  [result([0.5], [0.5, 0.5], 0.6, usual), /not a clear edge/],
  [result([0.5], [0.5, 0.5], 0.8, [99, ...usual.slice(1)]), /Unlike .*: effective diameter\.$/],
])('says what speaks against a score', (scored, words) => {
  const doubts = doubtsOf(scored, reference);
  expect(doubts).toHaveLength(1);
  expect(doubts[0]).toMatch(words);
});
