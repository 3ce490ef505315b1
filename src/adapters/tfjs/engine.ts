import { scoreLesion } from '../../core/lesion/score-lesion.ts';
import type { ViewInput } from '../../core/lesion/view-input.ts';
import type { LesionScore } from '../../core/lesion/types.ts';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { parsePack, type Pack } from '../../core/pack/parse-pack.ts';
import type { Result } from '../../core/result.ts';
import { goldenProblem } from './golden-check.ts';
import type { PackFiles } from './load-pack.ts';
import type { Network } from './network.ts';

/** Milliseconds of one scoring: in the network (upload, run, readback) and altogether. */
export interface Milliseconds {
  readonly network: number;
  readonly total: number;
}

/** Checks the JSON files of fetched packs against one another. The error names the file. */
export const readPack = ({ manifest, files }: PackFiles): Result<Pack, string> =>
  parsePack(manifest, (path) => {
    const bytes = files.get(path);
    return bytes && new TextDecoder().decode(bytes);
  });

/** What the arms need of one view: the network's input. */
export type ArmInput = Omit<ViewInput, 'contour'>;

/** Scores one lesion from its views, all in one run of the network. */
export const scoreViews = async (
  pack: Pack,
  network: Network,
  views: readonly ArmInput[],
): Promise<{ score: LesionScore; milliseconds: Milliseconds }> => {
  const start = performance.now();
  const features = await network.features(views.map(({ patch }) => patch));
  const afterNetwork = performance.now();
  const score = scoreLesion(
    pack.manifest,
    pack.svms,
    features.map((cnn) => ({ cnn })),
  );
  const total = performance.now() - start;
  return { score, milliseconds: { network: afterNetwork - start, total } };
};

/**
 * Runs the golden patches of the pack and says how the answers differ beyond the tolerance;
 * undefined where all agree. `onProgress` gets the share that is done.
 */
export const checkGolden = async (
  pack: Pack,
  network: Network,
  onProgress: (fraction: number) => void = () => {},
): Promise<string | undefined> => {
  const { manifest, svms, golden } = pack;
  for (const [i, wanted] of golden.patches.entries()) {
    const [cnn] = await network.features([goldenPatch(wanted.seed, manifest.patch.size)]);
    if (!cnn) throw new Error('the network gave no features');
    const answer = scoreLesion(manifest, svms, [{ cnn }]);
    const problem = goldenProblem(wanted, cnn, answer, manifest.tolerance);
    if (problem) return `reference patch ${i + 1} of ${golden.patches.length}: ${problem}`;
    onProgress((i + 1) / golden.patches.length);
  }
  return undefined;
};
