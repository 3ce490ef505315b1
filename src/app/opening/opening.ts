import { reasonOf } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { AnalysisClient } from '../../adapters/analysis/analysis-client.ts';
import {
  type ComingEntry,
  type FileEntry,
  type OpenedMammogram,
  openFiles,
} from '../../adapters/dicom-io/pool/open-files.ts';
import type { FramesClient } from '../../adapters/dicom-io/stack/frames-client.ts';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import type { WorkingRule } from '../../core/image/working-image.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { NipplesStore } from '../../state/nipples-store.ts';
import type { NoticesStore } from '../../state/notices-store.ts';
import type { OpeningProgress, StudiesStore } from '../../state/studies-store.ts';
import type { createReopener } from '../reporting/exports-reopen.ts';
import type { ReportEntry } from '../reporting/exports-recognise.ts';
import type { OpenFailure } from '../../adapters/dicom-io/read/open-failure.ts';
import { createSliceSeries } from './slice-series.ts';
import { gatherFiles } from './gather-files.ts';
import type { ImageRegistry } from './image-registry.ts';
import { type createViewCorrections, scopeOf } from './view-corrections.ts';
import type { Viewer } from '../viewer.ts';

interface OpeningParts {
  /** How the images are brought to working resolution. */
  readonly rule: WorkingRule;
  readonly studies: StudiesStore;
  readonly notices: NoticesStore;
  readonly registry: ImageRegistry;
  readonly corrections: ReturnType<typeof createViewCorrections>;
  readonly analysis: AnalysisClient;
  readonly nipples: NipplesStore;
  readonly frames: FramesClient;
  readonly viewer: Viewer;
  readonly reopener: ReturnType<typeof createReopener>;
  /** Hears of each image before it is added. */
  readonly beforeAdding: (image: OpenImage) => void;
  /** Brings back what is kept of some images that are open now. */
  readonly restoreKept: (sopInstanceUids: readonly string[]) => Promise<void>;
  readonly whenDone: () => void;
}

/**
 * Opens images that are on their way, each as it comes, then what `collect` gives, beside what is being
 * opened; `whenOpened` if an image was new. The signal aborts where the reader stops it.
 */
export type Open = (
  collect: () => Promise<readonly FileEntry[]>,
  whenOpened?: () => void,
  coming?: readonly ComingEntry[],
) => AbortSignal;

/** Progress of one opening, until it ends. */
type Tell = (progress: OpeningProgress | undefined) => void;

const sumOf = (all: readonly OpeningProgress[]): OpeningProgress | undefined =>
  all.length === 0
    ? undefined
    : {
        done: all.reduce((sum, { done }) => sum + done, 0),
        total: all.reduce((sum, { total }) => sum + total, 0),
        unpacking: all.every(({ unpacking }) => unpacking === true),
      };

/**
 * The way of files into the page: images, then the reports about them, and what is kept of both.
 * Openings do not wait for one another; `stop` ends all of them, and keeps what is open.
 */
export const createOpening = (parts: OpeningParts): { readonly open: Open; stop(): void } => {
  const { studies, notices, registry, corrections, analysis, nipples, viewer, frames } = parts;
  const { reopener, beforeAdding } = parts;

  /** True where the image was not open yet. */
  const take = (opened: OpenedMammogram) => {
    const { path, header: asRead, remarks, image, working, digest, stack, ...pictures } = opened;
    const { rows, columns } = image;
    const header = corrections.apply(asRead, { rows, columns, digest });
    const { scopeNotes, scorable } = scopeOf(header, image);
    const sop = header.sopInstanceUid;
    const isNew = registry.get(sop) === undefined;
    if (isNew) {
      registry.set(sop, { image, scorable, ...pictures });
      if (stack) frames.open(sop, stack, { image, values: pictures.values });
      const { studyInstanceUid, laterality } = header;
      analysis.keep(sop, working, `${studyInstanceUid} ${laterality.value ?? ''}`);
      analysis.landmarks(sop).then(
        (landmarks) => nipples.getState().found(sop, landmarks),
        // Guidance is left out where an image cannot be measured; scoring says why.
        () => undefined,
      );
      viewer.added(sop);
    }
    const open = { path, header, asRead, rows, columns, digest, scopeNotes };
    beforeAdding(open);
    studies.getState().add(open);
    if (isNew) for (const reason of remarks) studies.getState().addRemark({ path, reason });
    return isNew;
  };

  /** Notes the SOP Instance UIDs of new images in `opened`, so that they are known if it fails. */
  const openImages = async (
    images: readonly (FileEntry | ComingEntry)[],
    opened: string[],
    { tell, signal }: { readonly tell: Tell; readonly signal: AbortSignal },
  ) => {
    await corrections.load();
    tell({ done: 0, total: images.length });
    const addProblem = ({ fileName, reason }: OpenFailure) =>
      studies.getState().addProblem({ path: fileName, reason });
    const series = createSliceSeries(images);
    const options = {
      rule: parts.rule,
      signal,
      onProgress: (done: number, total: number) => tell({ done, total }),
      onOpened: (image: OpenedMammogram) => {
        if (!take(image)) return;
        opened.push(image.header.sopInstanceUid);
        // At once: the reader may mark and write while others are still on their way.
        void parts.restoreKept([image.header.sopInstanceUid]);
        // What was just opened is what the reader wants to see.
        if (opened.length > 1) return;
        const key = patientKeyIn(studies.getState().images, image.header.sopInstanceUid);
        if (key !== undefined) studies.getState().showPatient(key);
      },
    };
    await openFiles(images, {
      ...options,
      onFailed: (failure) => series.takes(failure) || addProblem(failure),
    });
    series.alone().forEach(addProblem);
    const volumes = series.volumes();
    if (volumes.length > 0) await openFiles(volumes, { ...options, onFailed: addProblem });
  };

  const run = async (
    [collect, whenOpened, coming = []]: Parameters<Open>,
    { tell, signal }: { readonly tell: Tell; readonly signal: AbortSignal },
  ): Promise<void> => {
    const opened: string[] = [];
    let reports: readonly ReportEntry[] = [];
    try {
      studies.getState().noteFiles(coming.map(({ path }) => path));
      if (coming.length > 0) await openImages(coming, opened, { tell, signal });
      const gathered = await gatherFiles(await collect(), studies, { tell, signal });
      ({ reports } = gathered);
      await openImages(gathered.images, opened, { tell, signal });
      notices.getState().tell('opening', undefined);
    } catch (error) {
      notices.getState().tell('opening', message('opening.failed', { reason: reasonOf(error) }));
    }
    // Reports come after the images that they are about, and after the marks kept here.
    await parts.restoreKept(opened);
    try {
      reopener.imagesOpened();
      await reopener.readReports(reports);
      notices.getState().tell('reports', undefined);
    } catch (error) {
      notices
        .getState()
        .tell('reports', message('opening.reports-failed', { reason: reasonOf(error) }));
    }
    if (opened.length > 0) whenOpened?.();
    parts.whenDone();
  };

  const running = new Map<AbortController, OpeningProgress>();
  const showProgress = () => studies.getState().setProgress(sumOf([...running.values()]));
  const open: Open = (...asked) => {
    const control = new AbortController();
    const tell: Tell = (progress) => {
      if (progress) running.set(control, progress);
      else running.delete(control);
      showProgress();
    };
    tell({ done: 0, total: 0 });
    void run(asked, { tell, signal: control.signal }).finally(() => tell(undefined));
    return control.signal;
  };
  return {
    open,
    stop: () => {
      for (const control of running.keys()) control.abort();
    },
  };
};
