import type { AnalysisClient } from '../../adapters/analysis/analysis-client.ts';
import type { FramesClient } from '../../adapters/dicom-io/stack/frames-client.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import type { Stores } from '../stores.ts';
import type { Viewer } from '../viewer.ts';
import type { ImageRegistry } from './image-registry.ts';
import type { createPapers } from './papers.ts';

interface Parts {
  readonly registry: ImageRegistry;
  readonly frames: FramesClient;
  readonly viewer: Viewer;
  readonly analysis: AnalysisClient;
  readonly papers: ReturnType<typeof createPapers>;
  readonly kept: {
    close(sopInstanceUids: readonly string[], studyInstanceUids: readonly string[]): void;
  };
  /** Has the network keep nothing of what it was shown. */
  readonly forgetPatches: () => void;
  readonly whenDone: () => void;
}

/** Lets go of everything that is open of a patient; what is kept of them stays kept. */
export const createCloser =
  (stores: Stores, parts: Parts) =>
  (patientKey: string): void => {
    const { studies, nipples, foreign, slices } = stores;
    const { registry, frames, viewer, analysis, papers, kept } = parts;
    const closed = imagesOfPatient(studies.getState().images, patientKey);
    const sops = closed.map(({ header }) => header.sopInstanceUid);
    studies.getState().closePatient(patientKey);
    nipples.getState().forget(sops);
    const uids = closed.map(({ header }) => header.studyInstanceUid);
    foreign.getState().forget(sops, uids);
    papers.keepOnly(
      new Set(foreign.getState().documents.map(({ sopInstanceUid }) => sopInstanceUid)),
    );
    frames.close(sops);
    slices.getState().forget(sops);
    kept.close(sops, uids);
    for (const sop of sops) {
      viewer.removed(sop);
      analysis.drop(sop);
      registry.delete(sop);
    }
    parts.forgetPatches();
    parts.whenDone();
  };
