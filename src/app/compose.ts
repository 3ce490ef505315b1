import { createAnalysisClient } from '../adapters/analysis/analysis-client.ts';
import { collectFromDrop, collectFromFiles } from '../adapters/dicom-io/collect-entries.ts';
import { openFiles } from '../adapters/dicom-io/open-files.ts';
import { createLesionChannel } from '../adapters/storage/lesion-channel.ts';
import { createLesionStorage } from '../adapters/storage/lesion-storage.ts';
import { createSettingsStorage } from '../adapters/storage/settings-storage.ts';
import { outOfScopeReasons } from '../core/dicom/scope.ts';
import { toWorkingImage } from '../core/image/working-image.ts';
import { perturb } from '../core/lesion/perturbations.ts';
import { keepLesions } from '../state/keep-lesions.ts';
import { createLesionsStore } from '../state/lesions-store.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import type { BackendName } from '../state/ports.ts';
import { createScoringStore } from '../state/scoring-store.ts';
import { patientKeyOf } from '../core/dicom/grouping.ts';
import { createSettingsStore } from '../state/settings-store.ts';
import { createStudiesStore, imagesOfPatient } from '../state/studies-store.ts';
import type { Services } from '../ui/services.tsx';
import { createSessionStore } from '../ui/dicomweb/session.ts';
import { languageOf, speak } from '../ui/i18n/text.ts';
import { fetchDemoCase, listDemoCases } from './demo-case.ts';
import { createDicomWeb } from './dicomweb.ts';
import { createExports } from './exports.ts';
import { takeOutReports } from './exports-recognise.ts';
import { createReopener } from './exports-reopen.ts';
import { createImageRegistry } from './image-registry.ts';
import { createLocalDataPort } from './local-data.ts';
import { choosePack, DEFAULT_WORKING_RULE } from './packs.ts';
import { startInference } from './start-inference.ts';
import { createViewer } from './viewer.ts';

/** Builds the stores and the adapters and joins them. The one place that knows them all. */
export const compose = async (address: URLSearchParams): Promise<Services> => {
  const registry = createImageRegistry();
  const studies = createStudiesStore();
  const notices = createNoticesStore();
  const viewerLosses = new EventTarget();
  const viewer = createViewer(registry, () => {
    notices
      .getState()
      .tell('display', 'The graphics driver took the display away; it has been started again.');
    viewerLosses.dispatchEvent(new Event('lost'));
  });
  const settings = createSettingsStore(createSettingsStorage());
  const speakAsChosen = () =>
    speak(settings.getState().language ?? languageOf(navigator.languages));
  speakAsChosen();
  settings.subscribe(speakAsChosen);
  const lesions = createLesionsStore(() => crypto.randomUUID());
  const keeper = keepLesions(
    lesions,
    createLesionStorage(),
    (text) => notices.getState().tell('storage', text),
    createLesionChannel(),
  );

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
    // For tests and support: tensors in use, and the loss of the GPU on purpose.
    Object.assign(globalThis, {
      tandem: { numTensors: inference.memory, simulateLoss: inference.simulateLoss },
    });
  const scoring =
    inference && manifest
      ? createScoringStore(inference, {
          isOpen: (sop) => registry.get(sop)?.scorable === true,
          view: (sop, box) => analysis.view(sop, box, manifest),
          perturbed: (sop, box, by) => {
            const { columns, rows } = registry.get(sop)?.image ?? { columns: 0, rows: 0 };
            return perturb(box, by, columns, rows);
          },
        })
      : undefined;
  const updateScores = () => scoring?.getState().update(lesions.getState().lesions);
  lesions.subscribe((now, before) => {
    if (now.lesions !== before.lesions) updateScores();
  });
  scoring?.subscribe((now, before) => {
    if (now.engine !== before.engine && now.engine.phase === 'ready') updateScores();
  });

  const chosen = pack.ok ? pack.value : undefined;
  const exports = createExports({ studies, lesions, settings, scoring, pack: chosen, registry });
  const reopener = createReopener({ studies, lesions, notices, scoring, pack: manifest });

  type Entries = Parameters<typeof openFiles>[0];
  /** One opening at a time; a later one waits its turn. */
  let opening = Promise.resolve();
  const open = (collect: () => Promise<Entries>) => {
    opening = opening.then(async () => {
      const opened: string[] = [];
      let reports: Awaited<ReturnType<typeof takeOutReports>>['reports'] = [];
      try {
        const entries = await collect();
        studies.getState().setProgress({ done: 0, total: entries.length });
        const sorted = await takeOutReports(entries);
        ({ reports } = sorted);
        await openFiles(sorted.images, {
          rule: workingRule,
          onProgress: (done, total) => studies.getState().setProgress({ done, total }),
          onFailed: (failure) =>
            studies.getState().addProblem({ path: failure.fileName, reason: failure.reason }),
          onOpened: ({ path, header, image, working, breast, tissueVoi }) => {
            const scopeNotes = outOfScopeReasons(header, image).map((r) => ({
              severity: r.severity,
              text: r.text,
            }));
            const sop = header.sopInstanceUid;
            if (registry.get(sop) === undefined) {
              const scorable = scopeNotes.every((n) => n.severity !== 'blocks');
              registry.set(sop, { image, scorable, breast, tissueVoi });
              analysis.keep(sop, working);
              viewer.added(sop);
              opened.push(sop);
            }
            studies
              .getState()
              .add({ path, header, rows: image.rows, columns: image.columns, scopeNotes });
            // What was just opened is what the reader wants to see.
            if (opened.length === 1 && opened[0] === sop)
              studies.getState().showPatient(patientKeyOf(header));
          },
        });
      } catch (error) {
        notices.getState().tell('opening', `Opening failed: ${(error as Error).message}`);
      }
      // Reports come after the images that they are about, and after the marks kept here.
      await keeper.restore(opened);
      try {
        reopener.imagesOpened();
        await reopener.readReports(reports);
      } catch (error) {
        notices.getState().tell('reports', `Reading reports failed: ${(error as Error).message}`);
      }
      studies.getState().setProgress(undefined);
      updateScores();
    });
  };

  return {
    studies,
    lesions,
    notices,
    settings,
    scoring,
    manifest,
    packProblem: pack.ok ? undefined : pack.error,
    viewerEngine: viewer.engine,
    onViewerLost: (listener) => {
      viewerLosses.addEventListener('lost', listener);
      return () => viewerLosses.removeEventListener('lost', listener);
    },
    imageOf: (sop) => registry.get(sop)?.image,
    breastOf: (sop) => registry.get(sop)?.breast,
    openFiles: (files) => open(async () => collectFromFiles(files)),
    openDrop: (data) => {
      // The entries must be taken before the drop event ends; reading them may wait.
      const collected = collectFromDrop(data);
      open(() => collected);
    },
    demoCases: listDemoCases,
    openDemo: (id) => open(async () => collectFromFiles(await fetchDemoCase(id))),
    closePatient: (patientKey) => {
      const closed = imagesOfPatient(studies.getState().images, patientKey);
      studies.getState().closePatient(patientKey);
      for (const { header } of closed) {
        viewer.removed(header.sopInstanceUid);
        analysis.drop(header.sopInstanceUid);
        registry.delete(header.sopInstanceUid);
      }
      updateScores();
    },
    proposeMark: async (sop, point, lesionId) => {
      try {
        const { box } = await analysis.outline(sop, point);
        lesions.getState().setMark(lesionId, sop, box);
      } catch (error) {
        notices.getState().tell('outline', (error as Error).message);
      }
    },
    exports,
    localData: createLocalDataPort(() =>
      keeper.restore(studies.getState().images.map(({ header }) => header.sopInstanceUid)),
    ),
    dicomweb: createDicomWeb({ exports, open, settings }),
    serverSession: createSessionStore(),
    switchBackend: (name: BackendName) => void inference?.switchBackend(name),
  };
};
