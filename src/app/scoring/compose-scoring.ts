import { createAnalysisClient } from '../../adapters/analysis/analysis-client.ts';
import { onPageVisible } from '../../adapters/tfjs/adapter-watch.ts';
import { toWorkingImage } from '../../core/image/working-image.ts';
import { perturb } from '../../core/lesion/perturbations.ts';
import { failureOf } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { BackendName } from '../../ports/inference.ts';
import { anticipateScores } from '../../state/anticipate-scores.ts';
import { createScoringStore } from '../../state/scoring-store.ts';
import { noteShownScores } from '../../state/shown-scores.ts';
import { openImage } from '../../state/studies-store.ts';
import type { Services } from '../../ui/services.tsx';
import type { ImageRegistry } from '../opening/image-registry.ts';
import type { Stores } from '../stores.ts';
import { choosePack, DEFAULT_WORKING_RULE } from './packs.ts';
import { startInference } from './start-inference.ts';

/**
 * Starts the pack and the engine that the address asks for, and keeps the scores in step with the marks.
 * Without a pack the viewer works and nothing is scored.
 */
export const composeScoring = async (
  address: URLSearchParams,
  { studies, lesions, settings, notices }: Stores,
  registry: ImageRegistry,
) => {
  const chosen = await choosePack(address.get('pack'));
  const pack = chosen.ok ? chosen.value : undefined;
  const manifest = pack?.manifest;
  const workingRule = manifest?.working ?? DEFAULT_WORKING_RULE;
  const analysis = createAnalysisClient({
    workingImage: (sop) => {
      const pixels = registry.get(sop);
      return pixels && toWorkingImage(pixels.image, workingRule);
    },
  });
  const inference = pack && startInference(pack, address.get('backend'));
  const scoring =
    inference && manifest
      ? createScoringStore(
          inference,
          {
            images: () => studies.getState().images,
            patch: (sop, box) => analysis.patch(sop, box, manifest),
            measure: (marks) => analysis.measure(marks, manifest),
            perturbed: (sop, box, by) => {
              const { columns, rows } = registry.get(sop)?.image ?? { columns: 0, rows: 0 };
              return perturb(box, by, columns, rows);
            },
          },
          `${manifest.id} ${manifest.version}`,
        )
      : undefined;
  const updateScores = () => scoring?.getState().update(lesions.getState().lesions);
  lesions.subscribe((now, before) => {
    if (now.lesions !== before.lesions) updateScores();
  });
  scoring?.subscribe((now, before) => {
    if (now.engine === before.engine || now.engine.phase !== 'ready') return;
    updateScores();
    if (manifest && before.engine.phase !== 'ready') analysis.warmUp(manifest);
  });
  if (scoring) anticipateScores(lesions, scoring);
  if (scoring && pack)
    noteShownScores({
      lesions,
      scoring,
      settings,
      studies,
      pack: pack.manifest,
      packSha256: pack.sha256,
      now: () => new Date(),
      page: {
        isVisible: () => document.visibilityState === 'visible',
        onVisible: (listener) => void onPageVisible(listener),
      },
    });
  const outlineAt: Services['outlineAt'] = async (sop, point) => {
    if (openImage(studies.getState().images, sop)?.header.slices) {
      notices.getState().tell('placing', message('mark.volume'), { about: [sop] });
      return undefined;
    }
    try {
      const { box } = await analysis.outline(sop, point);
      notices.getState().tell('outline', undefined);
      return box;
    } catch (error) {
      notices.getState().tell('outline', failureOf(error), { about: [sop] });
      return undefined;
    }
  };
  return {
    pack,
    workingRule,
    analysis,
    inference,
    updateScores,
    /** What of it the page is given. */
    services: {
      scoring,
      manifest,
      packProblem: chosen.ok ? undefined : chosen.error,
      packSha256: pack?.sha256,
      outlineAt,
      switchBackend: (name: BackendName) => void inference?.switchBackend(name),
      retryEngine: () => inference?.retry(),
      lookForAdapter: () => void inference?.lookForAdapter(),
    },
  };
};

export type ScoringRoom = Awaited<ReturnType<typeof composeScoring>>;
