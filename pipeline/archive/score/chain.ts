import { measuredOf } from '../../../src/core/classifier/arms.ts';
import { loadFinder } from '../../../src/adapters/tfjs/finder.ts';
import { loadNetwork } from '../../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../../src/adapters/tfjs/node-backend.ts';
import { finderInput } from '../../../src/core/finder/finder-input.ts';
import { candidatesInView } from '../../../src/core/finder/look-at-view.ts';
import type { ViewCandidate } from '../../../src/core/finder/view-cues.ts';
import type { Box } from '../../../src/core/geometry/box.ts';
import type { WorkingImage } from '../../../src/core/image/working-image.ts';
import type { ViewOrigin } from '../../../src/core/lesion/joining.ts';
import { scoreLesion } from '../../../src/core/lesion/score-lesion.ts';
import type { LesionScore } from '../../../src/core/lesion/types.ts';
import { viewInput, type ViewInput } from '../../../src/core/lesion/view-input.ts';
import type { Message } from '../../../src/core/message/message.ts';
import { err, type Result } from '../../../src/core/message/result.ts';
import type { FinderFile } from '../../../src/core/pack/finder-file.ts';
import type { DiskPack } from '../../pack/read-pack.ts';

/** A marked view of one lesion. */
export interface MarkedView {
  readonly working: WorkingImage;
  readonly box: Box;
  readonly origin: ViewOrigin;
}

export interface ScoredMarks {
  readonly score: LesionScore;
  readonly inputs: readonly ViewInput[];
}

/** The networks of a pack: what finds and what scores, on the backend of Node. */
export interface Chain {
  readonly pack: DiskPack;
  readonly finder: FinderFile;
  /** Candidates of one view, best first. `view` is CC, MLO or anything else; size in stored pixels. */
  candidates(
    working: WorkingImage,
    view: string,
    stored: { readonly columns: number; readonly rows: number },
  ): Promise<readonly ViewCandidate[]>;
  /** The score of one lesion from its marks, or why there is none. */
  score(views: readonly MarkedView[]): Promise<Result<ScoredMarks, Message>>;
}

/** Opens the networks of a pack that has a finder. Throws where it has none. */
export const openChain = async (pack: DiskPack): Promise<Chain> => {
  const { manifest, finder, finderGraph } = pack;
  if (!manifest.finder || !finder || !finderGraph)
    throw new Error(`The pack ${manifest.id} ${manifest.version} has no finder.`);
  await useWasmInNode();
  const network = await loadNetwork(manifest, pack.graph.files);
  const { file, input } = manifest.finder;
  const eye = await loadFinder({ file, input, mirror: finder.mirror }, finderGraph.files);
  return {
    pack,
    finder,
    candidates: async (working, view, { columns, rows }) => {
      const input = finderInput(working, finder.input);
      const maps = await eye.maps(input);
      return candidatesInView(maps, { columns, rows, view, working, input });
    },
    score: async (views) => {
      const inputs = views.map(({ working, box }) => viewInput(working, box, manifest));
      const problem = inputs.find((one) => one.problem)?.problem;
      if (problem) return err(problem.text);
      const vectors = await network.features(inputs.map(({ patch }) => patch));
      const score = scoreLesion(
        manifest,
        pack.svms,
        inputs.map((input, i) => ({
          cnn: vectors[i] as Float32Array,
          ...measuredOf(input),
          origin: (views[i] as MarkedView).origin,
        })),
      );
      return score.ok ? { ok: true, value: { score: score.value, inputs } } : err(score.error.text);
    },
  };
};
