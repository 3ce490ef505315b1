import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import type { SecondLookStore } from '../../state/second-look-store.ts';
import type { ImageRegistry } from '../opening/image-registry.ts';
import { createPapers } from '../opening/papers.ts';
import type { createViewCorrections } from '../opening/view-corrections.ts';
import { createReportLedger } from '../report-ledger.ts';
import type { ScoringRoom } from '../scoring/compose-scoring.ts';
import type { Stores } from '../stores.ts';
import { restoreImageWords } from './exports-image-words.ts';
import { createReopener } from './exports-reopen.ts';
import { createExports } from './exports.ts';

interface Parts {
  readonly registry: ImageRegistry;
  readonly corrections: ReturnType<typeof createViewCorrections>;
  readonly secondLook: SecondLookStore;
  readonly keptLesions: (ids: readonly string[]) => Promise<readonly Lesion[]>;
}

/** What leaves as a report, and what comes back from one, of ours or of another program. */
export const composeReporting = (
  stores: Stores,
  { services: { scoring }, pack }: ScoringRoom,
  { registry, corrections, secondLook, keptLesions }: Parts,
) => {
  const { settings, measurements, nipples, foreign } = stores;
  const ledger = createReportLedger();
  const papers = createPapers();
  const exports = createExports({ ...stores, scoring, pack, registry, secondLook });
  const reopener = createReopener({
    ...stores,
    scoring,
    ledger,
    pack: pack?.manifest,
    keptLesions,
    spacingOf: (sop) => registry.get(sop)?.image.spacing,
    isHidden: (lesion) => isScoreHidden(lesion, settings.getState().readingFirst),
    restoreImage: (reported, open) =>
      restoreImageWords(reported, open, {
        measurements,
        nipples,
        correct: (sop, correction) => corrections.correct(sop, correction),
      }),
    takeForeign: ({ document, paper }) => {
      if (!foreign.getState().add(document)) return false;
      if (paper) papers.set(document.sopInstanceUid, paper);
      return true;
    },
  });
  return { ledger, papers, exports, reopener };
};
