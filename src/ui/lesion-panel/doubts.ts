import { unusualFeatures } from '../../core/explain/neighbours.ts';
import { DESCRIBED_FEATURES } from '../../core/features/analytic/described.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { LesionResult } from '../../state/scoring-store.ts';
import { t, tMessage } from '../i18n/text.ts';

type Scored = Extract<LesionResult, { phase: 'scored' }>;

/** Likelihoods (at training prevalence) further apart than this are pointed out. */
const DISAGREE = 0.3;
/** Radial gradient index of the outline below which it is less of an edge than 95 % of the training boxes'. */
const POOR_OUTLINE = 0.63;

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** What speaks against trusting a score, in sentences: disagreement, a poor outline, an odd lesion. */
export const doubtsOf = (
  { answer: { score }, outlines, described }: Scored,
  reference: Pick<ReferenceFile, 'lesions'> | undefined,
): string[] => {
  const doubts: string[] = [];
  if (spread(score.viewLikelihoods) > DISAGREE)
    doubts.push(t('The views disagree: look at each before trusting their mean.'));
  if (spread(score.arms.map((arm) => arm.likelihood.value)) > DISAGREE)
    doubts.push(
      t('The two arms disagree: the network and the measured features see it differently.'),
    );
  const poor = outlines.some((outline) => outline.quality < POOR_OUTLINE);
  if (described && poor)
    doubts.push(t('The outline is not a clear edge: the measured features may be off.'));
  const unusual = reference && described ? unusualFeatures(reference, described) : [];
  if (unusual.length > 0)
    doubts.push(
      t('Unlike the reference lesions in: {features}.', {
        features: unusual.map((f) => tMessage(DESCRIBED_FEATURES[f]?.label ?? '')).join(', '),
      }),
    );
  return doubts;
};
