import type { AnalysisClient } from '../adapters/analysis/analysis-client.ts';
import {
  type FileEntry,
  type OpenedMammogram,
  openFiles,
} from '../adapters/dicom-io/open-files.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import type { WorkingRule } from '../core/image/working-image.ts';
import type { NipplesStore } from '../state/nipples-store.ts';
import type { NoticesStore } from '../state/notices-store.ts';
import type { StudiesStore } from '../state/studies-store.ts';
import type { createReopener } from './exports-reopen.ts';
import type { ReportEntry } from './exports-recognise.ts';
import { gatherFiles } from './gather-files.ts';
import type { ImageRegistry } from './image-registry.ts';
import { type createViewCorrections, scopeOf } from './view-corrections.ts';
import type { Viewer } from './viewer.ts';

interface OpeningParts {
  /** How the images are brought to working resolution. */
  readonly rule: WorkingRule;
  readonly studies: StudiesStore;
  readonly notices: NoticesStore;
  readonly registry: ImageRegistry;
  readonly corrections: ReturnType<typeof createViewCorrections>;
  readonly analysis: AnalysisClient;
  readonly nipples: NipplesStore;
  readonly viewer: Viewer;
  readonly reopener: ReturnType<typeof createReopener>;
  /** Brings back what is kept of some images that are open now. */
  readonly restoreKept: (sopInstanceUids: readonly string[]) => Promise<void>;
  readonly whenDone: () => void;
}

/** Opens what `collect` gives, after all that was asked for before; `whenOpened` if an image was new. */
export type Open = (collect: () => Promise<readonly FileEntry[]>, whenOpened?: () => void) => void;

/** The way of files into the page: images, then the reports about them, and what is kept of both. */
export const createOpening = (parts: OpeningParts): Open => {
  const { studies, notices, registry, corrections, analysis, nipples, viewer, reopener } = parts;

  /** True where the image was not open yet. */
  const take = ({ path, header: asRead, image, working, digest, ...pictures }: OpenedMammogram) => {
    const { rows, columns } = image;
    const header = corrections.apply(asRead, { rows, columns, digest });
    const { scopeNotes, scorable } = scopeOf(header, image);
    const sop = header.sopInstanceUid;
    const isNew = registry.get(sop) === undefined;
    if (isNew) {
      registry.set(sop, { image, scorable, ...pictures });
      analysis.keep(sop, working);
      analysis.landmarks(sop).then(
        (landmarks) => nipples.getState().found(sop, landmarks),
        // Guidance is left out where an image cannot be measured; scoring says why.
        () => undefined,
      );
      viewer.added(sop);
    }
    studies.getState().add({ path, header, asRead, rows, columns, digest, scopeNotes });
    return isNew;
  };

  /** Notes the SOP Instance UIDs of new images in `opened`, so that they are known if it fails. */
  const openImages = async (images: readonly FileEntry[], opened: string[]) => {
    await corrections.load();
    await openFiles(images, {
      rule: parts.rule,
      onProgress: (done, total) => studies.getState().setProgress({ done, total }),
      onFailed: ({ fileName, reason }) => studies.getState().addProblem({ path: fileName, reason }),
      onOpened: (image) => {
        if (!take(image)) return;
        opened.push(image.header.sopInstanceUid);
        // What was just opened is what the reader wants to see.
        if (opened.length > 1) return;
        const key = patientKeyIn(studies.getState().images, image.header.sopInstanceUid);
        if (key !== undefined) studies.getState().showPatient(key);
      },
    });
  };

  const run: (...asked: Parameters<Open>) => Promise<void> = async (collect, whenOpened) => {
    const opened: string[] = [];
    let reports: readonly ReportEntry[] = [];
    try {
      const gathered = await gatherFiles(await collect(), studies);
      ({ reports } = gathered);
      await openImages(gathered.images, opened);
    } catch (error) {
      notices.getState().tell('opening', `Opening failed: ${(error as Error).message}`);
    }
    // Reports come after the images that they are about, and after the marks kept here.
    await parts.restoreKept(opened);
    try {
      reopener.imagesOpened();
      await reopener.readReports(reports);
    } catch (error) {
      notices.getState().tell('reports', `Reading reports failed: ${(error as Error).message}`);
    }
    if (opened.length > 0) whenOpened?.();
    studies.getState().setProgress(undefined);
    parts.whenDone();
  };

  /** One opening at a time; a later one waits its turn. */
  let last = Promise.resolve();
  return (collect, whenOpened) => {
    last = last.then(() => run(collect, whenOpened));
  };
};
