import { z } from 'zod';
import { prepareWorkers } from '../adapters/dicom-io/pool/open-files.ts';
import { createFramesClient } from '../adapters/dicom-io/stack/frames-client.ts';
import { createTabChannel } from '../adapters/storage/tab-channel.ts';
import { message } from '../core/message/message.ts';
import { createHistoryStore } from '../state/history-store.ts';
import { showChanged } from '../state/show-changed.ts';
import { holdExam } from '../state/hold-exam.ts';
import { createViewerStore } from '../state/viewer-store.ts';
import type { Services } from '../ui/services.tsx';
import { buildInfo } from './build-info.ts';
import { offerDiagnostics } from './diagnostics.ts';
import type { Launch } from './launch.ts';
import { composeMarks } from './marks.ts';
import { createCloser } from './opening/close-patient.ts';
import { composeLaunch } from './opening/compose-launch.ts';
import { composeOpening } from './opening/compose-opening.ts';
import { createDicomWeb } from './opening/dicomweb.ts';
import { createImageRegistry, pixelsOnShow } from './opening/image-registry.ts';
import { createOpening } from './opening/opening.ts';
import { createViewCorrections } from './opening/view-corrections.ts';
import { composePersistence } from './persistence/compose-persistence.ts';
import { createLocalDataPort } from './persistence/local-data.ts';
import { composeReporting } from './reporting/compose-reporting.ts';
import { composeScoring } from './scoring/compose-scoring.ts';
import { composeSecondLook } from './second-look.ts';
import { speakAsChosen } from './speak-as-chosen.ts';
import { createStores } from './stores.ts';
import { composeViewer } from './viewer.ts';
import { whenIdle } from './when-idle.ts';

/** Builds the stores and the rooms and joins them. The one place that knows them all. */
export const compose = async (address: URLSearchParams, launch?: Launch): Promise<Services> => {
  const stores = createStores();
  const { studies, lesions, notices } = stores;
  const spoken = speakAsChosen(stores.settings, notices);
  const registry = createImageRegistry();
  const frames = createFramesClient();
  const { viewer, onViewerLost } = composeViewer(registry, notices);
  const kept = composePersistence(stores);
  if (globalThis.isSecureContext === false)
    notices.getState().tell('https', message('page.plain-http'));

  const scoring = await composeScoring(address, stores, registry);
  const { analysis, inference, pack, updateScores } = scoring;
  if (address.has('diagnostics')) offerDiagnostics(inference, viewer, frames);
  const { tellOtherPixels } = kept;
  const secondLook = composeSecondLook({ ...stores, analysis, inference, pack, tellOtherPixels });

  const corrections = createViewCorrections({
    ...stores,
    registry,
    tabs: createTabChannel('corrections', z.array(z.string())),
    onCorrected: updateScores,
  });
  const { ledger, papers, exports, reopener } = composeReporting(stores, scoring, {
    registry,
    corrections,
    secondLook: secondLook.store,
    keptLesions: kept.lesionsOf,
  });
  const looking = createViewerStore(studies);
  const { open, stop: stopOpening } = createOpening({
    ...stores,
    rule: scoring.workingRule,
    registry,
    corrections,
    analysis,
    viewer,
    frames,
    reopener,
    beforeAdding: holdExam(studies, looking, notices),
    restoreKept: kept.restore,
    whenDone: updateScores,
  });
  const opening = composeOpening(open, stores, address);
  const dicomweb = createDicomWeb({ ...stores, exports, open, ledger });
  const serverSession = composeLaunch(launch, stores, { dicomweb, recents: opening.recents });

  await spoken;
  return {
    ...stores,
    ...scoring.services,
    ...opening,
    ...composeMarks(stores, scoring.services),
    ...pixelsOnShow(registry, frames),
    history: createHistoryStore([lesions, stores.measurements], showChanged(studies)),
    viewer: looking,
    secondLook: secondLook.store,
    build: buildInfo,
    viewerEngine: viewer.engine,
    onViewerLost,
    frames,
    correctView: corrections.correct,
    stopOpening,
    closePatient: createCloser(stores, {
      registry,
      frames,
      viewer,
      analysis,
      papers,
      kept,
      forgetPatches: () => inference?.forgetPatches(),
      whenDone: () => {
        updateScores();
        whenIdle(prepareWorkers);
      },
    }),
    openPaper: papers.open,
    exports,
    localData: createLocalDataPort(async () => {
      const sops = studies.getState().images.map(({ header }) => header.sopInstanceUid);
      stores.settings.getState().renew();
      await corrections.takeOver(sops);
      await kept.takeOver(sops);
      secondLook.takeOver();
    }),
    dicomweb,
    serverSession,
  };
};
