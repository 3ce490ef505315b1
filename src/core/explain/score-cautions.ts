import { listOf } from '../message/list.ts';
import { message, type Message } from '../message/message.ts';
import { DESCRIBED_FEATURES } from '../features/analytic/described.ts';
import { repeatedViews, type ViewOrigin } from '../lesion/joining.ts';
import type { NippleDisagreement } from '../lesion/nipple-arc.ts';
import type { LesionScore } from '../lesion/types.ts';
import type { ReferenceFile } from '../pack/reference-file.ts';
import { unusualFeatures } from './unusual-features.ts';

/** One thing that speaks against trusting a score, by a code of its own and for the reader. */
export interface Caution {
  readonly code:
    | 'views-disagree'
    | 'arms-disagree'
    | 'poor-outline'
    | 'unusual'
    | 'repeated-view'
    | 'nipple-distance'
    | 'foreign-pack'
    | 'taken-over'
    | 'scope';
  /** The view that it speaks of, where it is of one. */
  readonly view?: string;
  readonly text: Message;
}

/** What is known about a score besides its number; lists are in the order of the views. */
export interface Cautioned {
  readonly score: LesionScore;
  readonly origins: readonly ViewOrigin[];
  /** Radial gradient index of each outline, 0 to 1. */
  readonly outlineQualities: readonly number[];
  /** What each image is beyond or below. */
  readonly scopeTexts: readonly (readonly Message[])[];
  /** Absent without the analytic arm. */
  readonly described: readonly number[] | undefined;
  readonly reference: Pick<ReferenceFile, 'lesions'> | undefined;
  readonly nipples: NippleDisagreement | undefined;
  /** Whether the pack that scored is not one of this program's build. */
  readonly isPackForeign: boolean;
}

/** Likelihoods (at training prevalence) further apart than this are pointed out. */
const DISAGREE = 0.3;
/** Radial gradient index of the outline below which it is less of an edge than 95 % of the training boxes'. */
const POOR_OUTLINE = 0.63;

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
const when = (condition: boolean, caution: Caution): readonly Caution[] =>
  condition ? [caution] : [];

const disagreements = ({ score }: Cautioned): readonly Caution[] => [
  ...when(spread(score.viewLikelihoods) > DISAGREE, {
    code: 'views-disagree',
    text: message('caution.views-disagree'),
  }),
  ...when(spread(score.arms.map((arm) => arm.likelihood.value)) > DISAGREE, {
    code: 'arms-disagree',
    text: message('caution.arms-disagree'),
  }),
];

const ofMeasuring = ({ described, reference, outlineQualities }: Cautioned): readonly Caution[] => {
  if (!described) return [];
  const unusual = reference ? unusualFeatures(reference, described) : [];
  return [
    ...when(
      outlineQualities.some((quality) => quality < POOR_OUTLINE),
      {
        code: 'poor-outline',
        text: message('caution.poor-outline'),
      },
    ),
    ...when(unusual.length > 0, {
      code: 'unusual',
      text: message('caution.unusual', {
        features: listOf(
          unusual.map((f) => DESCRIBED_FEATURES[f]?.label ?? ''),
          'list.semicolon',
        ),
      }),
    }),
  ];
};

const ofJoining = ({ origins, nipples }: Cautioned): readonly Caution[] => [
  ...repeatedViews(origins).map((views): Caution => ({
    code: 'repeated-view',
    text: message('caution.repeated-view', { views }),
  })),
  ...(nipples
    ? [
        {
          code: 'nipple-distance',
          text: message('caution.nipple-distance', {
            mm: Math.round(nipples.mm),
            views: nipples.views.join(', '),
          }),
        } as const,
      ]
    : []),
];

const ofImages = ({ origins, scopeTexts }: Cautioned): readonly Caution[] =>
  origins.flatMap(({ name }, i) =>
    (scopeTexts[i] ?? []).map((text): Caution => ({ code: 'scope', view: name, text })),
  );

/**
 * All that card, printed report and exports say against trusting a score: a pack that is not this
 * program's, disagreement of views and arms, marks that may not be of one lesion, a poor outline, an unusual lesion, and what its images
 * are that the classifier was not made for.
 */
export const scoreCautions = (score: Cautioned): readonly Caution[] => [
  ...when(score.isPackForeign, {
    code: 'foreign-pack',
    text: message('caution.foreign-pack'),
  }),
  ...disagreements(score),
  ...ofJoining(score),
  ...ofMeasuring(score),
  ...ofImages(score),
];
