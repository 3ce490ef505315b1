import { failureOf, reasonOf } from '../core/message/failure.ts';
import { message } from '../core/message/message.ts';
import { createAnalysisClient } from '../adapters/analysis/analysis-client.ts';
import { collectFromDrop, collectFromFiles } from '../adapters/dicom-io/intake/collect-entries.ts';
import { createCorrectionStorage } from '../adapters/storage/correction-storage.ts';
import { createFramesClient } from '../adapters/dicom-io/stack/frames-client.ts';
import type { Handle } from '../adapters/file-access/api.ts';
import {
  canKeepHandles,
  handlesOfDrop,
  pickFiles,
  pickFolder,
} from '../adapters/file-access/pick.ts';
import { createKeyImageStorage } from '../adapters/storage/key-image-storage.ts';
import { createLesionStorage, keptChangeSchema } from '../adapters/storage/lesion-storage.ts';
import { createTabChannel } from '../adapters/storage/tab-channel.ts';
import { createMeasurementStorage } from '../adapters/storage/measurement-storage.ts';
import {
  createExamReadingStorage,
  examReadingRecordSchema,
} from '../adapters/storage/exam-reading-storage.ts';
import { createNippleStorage } from '../adapters/storage/nipple-storage.ts';
import { createRecentsStorage } from '../adapters/storage/recents-storage.ts';
import { createSettingsStorage } from '../adapters/storage/settings-storage.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import { toWorkingImage } from '../core/image/working-image.ts';
import { isScoreHidden } from '../core/lesion/reading.ts';
import { perturb } from '../core/lesion/perturbations.ts';
import { anticipateScores } from '../state/anticipate-scores.ts';
import { createForeignStore } from '../state/foreign-store.ts';
import { adoptFinding } from '../state/adopt-finding.ts';
import { createHistoryStore } from '../state/history-store.ts';
import { createLoupeStore } from '../state/loupe-store.ts';
import { keepLesions } from '../state/keep-lesions.ts';
import { createExamReadingsStore } from '../state/exam-readings-store.ts';
import { keepExamReadings } from '../state/keep-exam-readings.ts';
import { createKeyImagesStore } from '../state/key-images-store.ts';
import { keepKeyImages } from '../state/keep-key-images.ts';
import { keepNipples } from '../state/keep-nipples.ts';
import { keepMeasurements } from '../state/keep-measurements.ts';
import { createLesionsStore } from '../state/lesions-store.ts';
import { createMeasurementsStore } from '../state/measurements-store.ts';
import { createNipplesStore } from '../state/nipples-store.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import { placeMark } from '../state/place-mark.ts';
import { createScoringStore } from '../state/scoring-store.ts';
import { noteShownScores } from '../state/shown-scores.ts';
import { createSettingsStore } from '../state/settings-store.ts';
import { createPageStore } from '../state/page-store.ts';
import { createShowRequestStore } from '../state/show-request-store.ts';
import { createSlicesStore } from '../state/slices-store.ts';
import { createStudiesStore, imagesOfPatient } from '../state/studies-store.ts';
import { tellAway } from '../state/tell-away.ts';
import { createViewerStore } from '../state/viewer-store.ts';
import type { Services } from '../ui/services.tsx';
import { createSessionStore } from '../state/session-store.ts';
import { languageOf } from '../i18n/languages.ts';
import { speak } from '../i18n/phrases/text.ts';
import { createTourStore } from '../state/tour-store.ts';
import { fetchDemoCase, listDemoCases, readTourGuide } from './opening/demo-case.ts';
import { buildInfo } from './build-info.ts';
import { createDicomWeb } from './opening/dicomweb.ts';
import { createExports } from './reporting/exports.ts';
import { openLaunch, type Launch } from './launch.ts';
import { takeLaunches } from './launch-queue.ts';
import { composeSecondLook } from './second-look.ts';
import { createReportLedger } from './report-ledger.ts';
import { restoreImageWords } from './reporting/exports-image-words.ts';
import { createReopener } from './reporting/exports-reopen.ts';
import { createImageRegistry } from './opening/image-registry.ts';
import { createLocalDataPort } from './persistence/local-data.ts';
import { newUuid } from './new-uuid.ts';
import { createOpening } from './opening/opening.ts';
import { createPapers } from './opening/papers.ts';
import { choosePack, DEFAULT_WORKING_RULE } from './scoring/packs.ts';
import { createRecents } from './opening/recents.ts';
import { startInference } from './scoring/start-inference.ts';
import { createViewCorrections } from './opening/view-corrections.ts';
import { createViewer } from './viewer.ts';
import type { BackendName } from '../ports/inference.ts';

/** Builds the stores and the adapters and joins them. The one place that knows them all. */
export const compose = async (address: URLSearchParams, launch?: Launch): Promise<Services> => {
  const registry = createImageRegistry();
  const frames = createFramesClient();
  const slices = createSlicesStore();
  const studies = createStudiesStore();
  const notices = createNoticesStore();
  const viewerLosses = new EventTarget();
  const viewer = createViewer(
    registry,
    () => {
      notices.getState().tell('display', message('failure.viewer'));
      viewerLosses.dispatchEvent(new Event('lost'));
    },
    () => notices.getState().tell('display', message('page.no-webgl')),
  );
  const settings = createSettingsStore(createSettingsStorage());
  const speakAsChosen = () =>
    speak(languageOf([settings.getState().language ?? navigator.languages[0]]));
  speakAsChosen();
  settings.subscribe(speakAsChosen);
  const openImage = (sop: string) =>
    studies.getState().images.find(({ header }) => header.sopInstanceUid === sop);
  const pixelsOf = (sop: string): PixelIdentity | undefined => {
    const open = openImage(sop);
    return open && { columns: open.columns, rows: open.rows, digest: open.digest };
  };
  /** What the reader set or measured on other pixels of this UID is not shown here, and it is said. */
  const tellOtherPixels = (sop: string) => {
    const open = openImage(sop);
    if (open)
      notices
        .getState()
        .tell(`kept ${sop}`, message('away.beside', { view: viewLabel(open.header) }));
  };
  const lesions = createLesionsStore(newUuid);
  const keeper = keepLesions(
    lesions,
    createLesionStorage(),
    (text) => notices.getState().tell('storage', text),
    createTabChannel('lesions', keptChangeSchema),
    (sop) => patientKeyIn(studies.getState().images, sop),
  );
  tellAway(lesions, studies, notices);
  const measurements = createMeasurementsStore(newUuid);
  const measurementKeeper = keepMeasurements(
    measurements,
    createMeasurementStorage(),
    (problem) => notices.getState().tell('measurements', problem),
    pixelsOf,
    tellOtherPixels,
  );

  const nipples = createNipplesStore();
  const nippleKeeper = keepNipples(nipples, createNippleStorage(), pixelsOf, tellOtherPixels);
  const examReadings = createExamReadingsStore();
  const examReadingKeeper = keepExamReadings(
    examReadings,
    createExamReadingStorage(),
    (study) => {
      const { images } = studies.getState();
      const first = images.find(({ header }) => header.studyInstanceUid === study);
      return first && patientKeyIn(images, first.header.sopInstanceUid);
    },
    (reason) =>
      notices
        .getState()
        .tell(
          'exam readings',
          reason === undefined ? undefined : message('exam.not-kept', { reason }),
        ),
    (study) => notices.getState().tell(`exam ${study}`, message('exam.other-patient')),
    createTabChannel('exam-readings', examReadingRecordSchema),
  );
  const keyImages = createKeyImagesStore(newUuid);
  const keyImageKeeper = keepKeyImages(
    keyImages,
    createKeyImageStorage(),
    (problem) => notices.getState().tell('key images', problem),
    pixelsOf,
    tellOtherPixels,
  );
  /** Brings back all that is kept of some open images. */
  const restoreKept = async (sopInstanceUids: readonly string[]) => {
    await keeper.restore(sopInstanceUids);
    await nippleKeeper.restore(sopInstanceUids);
    await examReadingKeeper.restore([
      ...new Set(sopInstanceUids.flatMap((sop) => openImage(sop)?.header.studyInstanceUid ?? [])),
    ]);
    await measurementKeeper.open(sopInstanceUids);
    await keyImageKeeper.open(sopInstanceUids);
  };

  if (globalThis.isSecureContext === false)
    notices.getState().tell('https', message('page.plain-http'));

  const pack = await choosePack(address.get('pack'));
  const manifest = pack.ok ? pack.value.manifest : undefined;
  const workingRule = manifest?.working ?? DEFAULT_WORKING_RULE;
  const analysis = createAnalysisClient({
    workingImage: (sop) => {
      const pixels = registry.get(sop);
      return pixels && toWorkingImage(pixels.image, workingRule);
    },
  });
  const inference = pack.ok ? startInference(pack.value, address.get('backend')) : undefined;
  if (address.has('diagnostics') && inference)
    // For tests and support: tensors in use, image bytes cached, and the loss of the GPU on purpose.
    Object.assign(globalThis, {
      tandem: {
        numTensors: inference.memory,
        cachedBytes: viewer.cachedBytes,
        sliceBytes: frames.keptBytes,
        simulateLoss: inference.simulateLoss,
      },
    });
  const scoring =
    inference && manifest
      ? createScoringStore(
          inference,
          {
            images: () => studies.getState().images,
            patch: (sop, box) => analysis.patch(sop, box, manifest),
            measure: (sop, box) => analysis.measure(sop, box, manifest),
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
  const chosen = pack.ok ? pack.value : undefined;
  if (scoring && manifest)
    noteShownScores({
      lesions,
      scoring,
      settings,
      studies,
      pack: manifest,
      packSha256: chosen?.sha256,
      now: () => new Date(),
    });

  const secondLook = composeSecondLook({
    studies,
    lesions,
    settings,
    notices,
    analysis,
    inference,
    pack: chosen,
    tellOtherPixels,
  });
  const foreign = createForeignStore();
  const papers = createPapers();
  const outlineAt: Services['outlineAt'] = async (sop, point) => {
    if (openImage(sop)?.header.slices) {
      notices.getState().tell('placing', message('mark.volume'));
      return undefined;
    }
    try {
      const { box } = await analysis.outline(sop, point);
      return box;
    } catch (error) {
      notices.getState().tell('outline', failureOf(error));
      return undefined;
    }
  };

  const ledger = createReportLedger();
  const exports = createExports({
    studies,
    lesions,
    settings,
    scoring,
    pack: chosen,
    registry,
    nipples,
    measurements,
    examReadings,
    secondLook: secondLook.store,
    keyImages,
  });
  const reopener = createReopener({
    studies,
    lesions,
    notices,
    scoring,
    ledger,
    pack: manifest,
    examReadings,
    keyImages,
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

  const corrections = createViewCorrections({
    studies,
    notices,
    registry,
    storage: createCorrectionStorage(),
  });

  const { open, stop: stopOpening } = createOpening({
    rule: workingRule,
    studies,
    notices,
    registry,
    corrections,
    analysis,
    nipples,
    viewer,
    frames,
    reopener,
    restoreKept,
    whenDone: updateScores,
  });

  const recents = canKeepHandles()
    ? createRecents({ storage: createRecentsStorage(), notices, open })
    : undefined;
  const pick = (picking: Promise<readonly Handle[]>) =>
    void picking.then(
      (handles) => recents?.openHandles(handles),
      (error: unknown) =>
        notices.getState().tell('opening', message('opening.failed', { reason: reasonOf(error) })),
    );
  const openDemo = (id?: string) => open(async () => collectFromFiles(await fetchDemoCase(id)));
  const tour = createTourStore();
  const startTour = async () => {
    try {
      const guide = await readTourGuide();
      const isOpen = studies.getState().images.some(({ path }) => guide.files.includes(path));
      if (!isOpen) openDemo(guide.id);
      tour.getState().begin(guide);
    } catch (error) {
      notices.getState().tell('tour', message('tour.failed', { reason: reasonOf(error) }));
    }
  };
  if (address.get('demo') === 'tour') void startTour();
  const dicomweb = createDicomWeb({ exports, open, settings, ledger });
  const serverSession = createSessionStore();
  const beginLaunch = (asked: Launch) =>
    void openLaunch(asked, {
      dicomweb,
      connected: (session) => serverSession.setState({ session }),
      tell: (said) => notices.getState().tell('launch', said.length > 0 ? said : undefined),
      priorsAtOnce: () => settings.getState().priorsAtOnce,
      offerPriors: (count, open) => {
        const topic = 'launch priors';
        const run = () => {
          notices.getState().tell(topic, undefined);
          open();
        };
        notices.getState().tell(topic, message('launch.priors', { count }), {
          label: message('launch.open-priors'),
          run,
        });
      },
    });
  if (launch) beginLaunch(launch);
  takeLaunches(globalThis.window?.launchQueue, launch, {
    openFiles: (files) => void recents?.openHandles(files),
    openLaunch: beginLaunch,
    isReading: () => studies.getState().images.length > 0,
    ask: (open) => {
      const topic = 'launch again';
      const run = () => {
        notices.getState().tell(topic, undefined);
        open();
      };
      const label = message('launch.open');
      notices.getState().tell(topic, message('launch.again'), { label, run });
    },
  });

  return {
    studies,
    lesions,
    measurements,
    history: createHistoryStore([lesions, measurements]),
    viewer: createViewerStore(studies),
    loupe: createLoupeStore(),
    slices,
    page: createPageStore(),
    notices,
    settings,
    secondLook: secondLook.store,
    nipples,
    examReadings,
    keyImages,
    scoring,
    manifest,
    packProblem: pack.ok ? undefined : pack.error,
    build: buildInfo,
    packSha256: chosen?.sha256,
    viewerEngine: viewer.engine,
    onViewerLost: (listener) => {
      viewerLosses.addEventListener('lost', listener);
      return () => viewerLosses.removeEventListener('lost', listener);
    },
    frames,
    imageOf: (sop) => frames.imageOnShow(sop) ?? registry.get(sop)?.image,
    thumbnailOf: (sop) => registry.get(sop)?.thumbnail,
    showRequest: createShowRequestStore(),
    correctView: (sop, correction) => {
      corrections.correct(sop, correction);
      updateScores();
    },
    recents,
    pickers: recents && { files: () => pick(pickFiles()), folder: () => pick(pickFolder()) },
    breastOf: (sop) => registry.get(sop)?.breast,
    stopOpening,
    openFiles: (files) => open(async () => collectFromFiles(files)),
    openDrop: (data) => {
      // The entries must be taken before the drop event ends; reading them may wait.
      const collected = collectFromDrop(data);
      const handles = recents && handlesOfDrop(data);
      open(
        () => collected,
        () => void handles?.then((all) => recents?.noted(all)()),
      );
    },
    demoCases: listDemoCases,
    openDemo,
    tour,
    startTour,
    closePatient: (patientKey) => {
      const closed = imagesOfPatient(studies.getState().images, patientKey);
      const sops = closed.map(({ header }) => header.sopInstanceUid);
      studies.getState().closePatient(patientKey);
      nipples.getState().forget(sops);
      foreign.getState().forget(
        sops,
        closed.map(({ header }) => header.studyInstanceUid),
      );
      papers.keepOnly(
        new Set(foreign.getState().documents.map(({ sopInstanceUid }) => sopInstanceUid)),
      );
      void measurementKeeper.close(sops);
      frames.close(sops);
      slices.getState().forget(sops);
      void keyImageKeeper.close(sops);
      for (const { header } of closed) {
        viewer.removed(header.sopInstanceUid);
        analysis.drop(header.sopInstanceUid);
        registry.delete(header.sopInstanceUid);
      }
      updateScores();
    },
    placeMark: (sop, box, lesionId) => {
      const { images, patientKey } = studies.getState();
      if (patientKey === undefined) return undefined;
      const placement = placeMark(lesions, images, patientKey, lesionId, sop, box);
      notices.getState().tell('placing', placement.kind === 'placed' ? undefined : placement.text);
      return placement.kind === 'refused' ? undefined : placement.lesionId;
    },
    outlineAt,
    foreign,
    adoptFinding: async (finding) => {
      const { images } = studies.getState();
      const adopted = await adoptFinding(finding, { lesions, images, outlineAt });
      notices.getState().tell('placing', adopted.kind === 'refused' ? adopted.text : undefined);
    },
    overlaysOf: (sop) => registry.get(sop)?.overlays ?? [],
    openPaper: papers.open,
    exports,
    localData: createLocalDataPort(async () => {
      await restoreKept(studies.getState().images.map(({ header }) => header.sopInstanceUid));
      secondLook.restoreKept();
    }),
    dicomweb,
    serverSession,
    switchBackend: (name: BackendName) => void inference?.switchBackend(name),
    retryEngine: () => inference?.retry(),
    lookForAdapter: () => void inference?.lookForAdapter(),
  };
};
