import { measuredArms, type MeasuredArm } from '../../core/classifier/arms.ts';
import { message, type Message } from '../../core/message/message.ts';
import type { ViewFeatures } from '../../core/lesion/score-lesion.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import type { GoldenFile } from '../../core/pack/golden-file.ts';
import type { PackManifest } from '../../core/pack/manifest.ts';
import { cosine } from '../../core/stats/cosine.ts';

type Golden = GoldenFile['patches'][number];
/** What of a pack says how near an answer must be, and what the measured features are called. */
type Rule = Pick<PackManifest, 'tolerance' | 'features'>;

const apart = (
  what: 'score' | 'likelihood',
  got: number,
  wanted: number,
  allowed: number,
): Message | undefined =>
  Math.abs(got - wanted) <= allowed
    ? undefined
    : message(`golden.${what}`, { got: got.toFixed(4), wanted: wanted.toFixed(4), allowed });

/** Measured features are arithmetic on the processor and agree to the digits that the file keeps. */
const MEASURED_TOLERANCE = 1e-3;

const measuredProblem = (
  wanted: Golden[MeasuredArm],
  got: ArrayLike<number> | undefined,
  names: readonly string[],
): Message | undefined => {
  if (wanted?.length !== got?.length)
    return message('golden.measured-length', {
      got: got?.length ?? 0,
      wanted: wanted?.length ?? 0,
    });
  const far = (wanted ?? []).findIndex((v, i) => {
    const apartBy = Math.abs((got?.[i] as number) - v);
    return !(apartBy <= MEASURED_TOLERANCE * Math.max(1, Math.abs(v)));
  });
  return far < 0
    ? undefined
    : message('golden.measured', {
        name: names[far] ?? far,
        got: got?.[far] ?? '–',
        wanted: wanted?.[far] ?? '–',
      });
};

/**
 * How the chain's answer for one golden patch differs from the pack's, beyond the tolerance of the
 * manifest; undefined where it agrees. NaN never agrees.
 */
export const goldenProblem = (
  golden: Golden,
  { cnn, ...view }: ViewFeatures,
  answer: LesionScore,
  { tolerance, features }: Rule,
): Message | undefined => {
  if (cnn.length !== golden.features.length)
    return message('golden.length', { got: cnn.length, wanted: golden.features.length });
  const angle = cosine(cnn, golden.features);
  if (angle < tolerance.featureCosine)
    return message('golden.cosine', {
      got: angle.toFixed(5),
      wanted: tolerance.featureCosine,
    });
  for (const arm of measuredArms({ ...features, ...golden, ...view })) {
    const problem = measuredProblem(golden[arm], view[arm], features[arm]?.names ?? []);
    if (problem) return problem;
  }
  const score = answer.arms.find(({ arm }) => arm === 'cnn')?.score ?? Number.NaN;
  return (
    apart('score', score, golden.score, tolerance.score) ??
    apart('likelihood', answer.likelihood.value, golden.likelihood, tolerance.likelihood)
  );
};
