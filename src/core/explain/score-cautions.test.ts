import { message } from '../message/message.ts';
import { spelled } from '../message/testing.ts';
import { describe, expect, it } from 'vitest';
import { DESCRIBED_FEATURES } from '../features/analytic/described.ts';
import type { ViewOrigin } from '../lesion/joining.ts';
import type { LesionScore } from '../lesion/types.ts';
import { type Cautioned, scoreCautions } from './score-cautions.ts';

const view = (name: string, projection = name): ViewOrigin => ({
  person: 'p',
  exam: '1',
  side: 'R',
  view: projection,
  name,
});

const cautioned = (
  views: readonly number[],
  arms: readonly number[],
  quality: number,
  described?: readonly number[],
): Cautioned => ({
  score: {
    viewLikelihoods: views,
    arms: arms.map((value) => ({ likelihood: { value } })),
  } as unknown as LesionScore,
  origins: [view('RCC', 'CC')],
  outlineQualities: [quality],
  scopeTexts: [[]],
  described,
  reference,
  nipples: undefined,
  isPackForeign: false,
});

const usual = DESCRIBED_FEATURES.map(() => 1);
const reference = {
  lesions: [0, 1, 2].map((k) => ({
    pathology: 'benign' as const,
    likelihood: 0.5,
    views: 1,
    described: DESCRIBED_FEATURES.map(() => k),
  })),
};
const plain = cautioned([0.4, 0.5], [0.4, 0.5], 0.8, usual);

describe('what speaks against a score', () => {
  it('is nothing where all agree about a lesion like the others', () => {
    expect(scoreCautions(plain)).toEqual([]);
    expect(scoreCautions({ ...cautioned([0.5], [0.5], 0.05), reference: undefined })).toEqual([]);
  });

  it.each<[Cautioned, RegExp]>([
    [cautioned([0.1, 0.6], [0.4], 0.8), /^caution.views-disagree/],
    [cautioned([0.5], [0.2, 0.7], 0.8, usual), /^caution.arms-disagree/],
    [cautioned([0.5], [0.5, 0.5], 0.6, usual), /^caution.poor-outline/],
    [
      cautioned([0.5], [0.5, 0.5], 0.8, [99, ...usual.slice(1)]),
      /^caution.unusual \(feature.shape.diameter\)/,
    ],
    [
      cautioned([0.5], [0.5, 0.5], 0.8, [99, -9, ...usual.slice(2)]),
      /^caution.unusual \(list.semicolon \(feature.shape.diameter\) \(feature.shape.circularity\)\)/,
    ],
    [
      { ...plain, origins: [view('RCC', 'CC'), view('RMLO', 'MLO'), view('RCC M', 'CC')] },
      /^caution.repeated-view RCC, RCC M$/,
    ],
    [
      { ...plain, nipples: { mm: 28.7, views: ['RCC', 'RMLO'] } },
      /^caution.nipple-distance 29 RCC, RMLO$/,
    ],
    [{ ...plain, isPackForeign: true }, /^caution.foreign-pack/],
    [{ ...plain, scopeTexts: [[message('scope.implant')]] }, /^scope.implant$/],
  ])('is said in one sentence', (score, words) => {
    const cautions = scoreCautions(score);
    expect(cautions).toHaveLength(1);
    expect(cautions.map(({ text }) => spelled(text))).toEqual([expect.stringMatching(words)]);
  });
});
