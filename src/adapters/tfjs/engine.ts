import { message, type Message } from '../../core/message/message.ts';
import { measuredOf } from '../../core/classifier/arms.ts';
import { decisionGradient } from '../../core/classifier/svm.ts';
import { activationMap, type ActivationMap } from '../../core/explain/activation-map.ts';
import { scoreLesion } from '../../core/lesion/score-lesion.ts';
import type { ViewOrigin } from '../../core/lesion/joining.ts';
import type { MeasuredVectors } from '../../core/lesion/view-input.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import { goldenView } from '../../core/pack/golden-view.ts';
import { parsePack, type Pack, withoutFinder } from '../../core/pack/parse-pack.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { goldenProblem } from './golden-check.ts';
import type { PackFiles } from './load-pack.ts';
import type { Network, PatchAnswer } from './network.ts';

/**
 * Milliseconds of one scoring: in the network (upload, run, readback) and altogether, which includes
 * waiting for measurements that take longer than the network.
 */
export interface Milliseconds {
  readonly network: number;
  readonly total: number;
}

/** Checks the JSON files of what scores against one another. The error names the file. */
export const readPack = ({ manifest, files }: PackFiles): Result<Pack, Message> =>
  parsePack(withoutFinder(manifest), (path) => {
    const bytes = files.get(path);
    return bytes && new TextDecoder().decode(bytes);
  });

export interface SetScores {
  /** One score a set of views, in order. */
  readonly scores: readonly LesionScore[];
  /** Class-activation map of each view of the first set; undefined where the pack has none. */
  readonly activations: readonly (ActivationMap | undefined)[];
  readonly milliseconds: Milliseconds;
}

const explain = ({ manifest, svms }: Pack, { features, map }: PatchAnswer) => {
  const { taps, activationTap } = manifest.backbone;
  if (activationTap === undefined) return undefined;
  return activationMap(taps, activationTap, decisionGradient(svms.cnn, features), map);
};

/**
 * Scores sets of views, each set as one lesion, all in one run of the network. `measuring` is awaited
 * when the network is done; undefined where it comes to nothing, and then so does the score. Each set
 * shows the views that `origins` tells of. The error says why a set has no score.
 */
export const scoreSets = async (
  pack: Pack,
  network: Network,
  sets: readonly (readonly Float32Array[])[],
  origins: readonly ViewOrigin[],
  measuring: Promise<readonly MeasuredVectors[] | undefined>,
): Promise<Result<SetScores, Message> | undefined> => {
  const start = performance.now();
  const answers = await network.answers(sets.flat());
  const afterNetwork = performance.now();
  // Explained while the measurements may still be under way.
  const activations = answers.slice(0, sets[0]?.length ?? 0).map((answer) => explain(pack, answer));
  const measured = await measuring;
  if (!measured) return undefined;
  let next = 0;
  const scores: LesionScore[] = [];
  for (const [set, patches] of sets.entries()) {
    const views = patches.map((_, view) => {
      const { features: cnn } = answers[next++] as PatchAnswer;
      const origin = origins[view];
      return { cnn, ...measured[set]?.[view], ...(origin && { origin }) };
    });
    const score = scoreLesion(pack.manifest, pack.svms, views);
    if (!score.ok) return err(score.error.text);
    scores.push(score.value);
  }
  const total = performance.now() - start;
  return ok({ scores, activations, milliseconds: { network: afterNetwork - start, total } });
};

/**
 * Runs the golden patches of the pack and says how the answers differ beyond the tolerance;
 * undefined where all agree. `onProgress` gets the share that is done.
 */
export const checkGolden = async (
  pack: Pack,
  network: Network,
  onProgress: (fraction: number) => void = () => {},
): Promise<Message | undefined> => {
  const { manifest, svms, golden } = pack;
  for (const [i, wanted] of golden.patches.entries()) {
    const prepared = goldenView(wanted.seed, manifest, wanted.grain);
    const [cnn] = await network.features([prepared.patch]);
    if (!cnn) throw new Error('the network gave no features');
    const view = { cnn, ...measuredOf(prepared) };
    const answer = scoreLesion(manifest, svms, [view]);
    const problem = answer.ok
      ? goldenProblem(wanted, view, answer.value, manifest)
      : answer.error.text;
    if (problem)
      return message('golden.patch', {
        number: i + 1,
        patches: golden.patches.length,
        problem,
      });
    onProgress((i + 1) / golden.patches.length);
  }
  return undefined;
};
