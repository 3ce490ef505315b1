import 'fake-indexeddb/auto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnalysisClient } from '../adapters/analysis/analysis-client.ts';
import { createAnswerer } from '../adapters/analysis/answer.ts';
import type { Analysis } from '../adapters/analysis/messages.ts';
import { readDicom } from '../adapters/dicom-io/read/read-dicom.ts';
import { readPack, scoreSets } from '../adapters/tfjs/engine.ts';
import { fetchFinder } from '../adapters/tfjs/fetch-finder.ts';
import { fetchPack } from '../adapters/tfjs/load-pack.ts';
import { loadNetwork } from '../adapters/tfjs/network.ts';
import { useWasmInNode } from '../adapters/tfjs/node-backend.ts';
import { isHit } from '../core/finder/candidates.ts';
import type { Box } from '../core/geometry/box.ts';
import { pixelDigest } from '../core/image/pixel-identity.ts';
import { toWorkingImage } from '../core/image/working-image.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { EngineStatus, InferencePort } from '../ports/inference.ts';
import { createLesionsStore } from '../state/lesions-store.ts';
import { createNoticesStore } from '../state/notices-store.ts';
import { examOnShow } from '../state/open-exams.ts';
import { createScoringStore } from '../state/scoring-store.ts';
import { createSettingsStore } from '../state/settings-store.ts';
import { shownFindings } from '../state/shown-findings.ts';
import { createStudiesStore } from '../state/studies-store.ts';
import { NO_SETTINGS } from '../state/testing/no-settings.ts';
import { answeringWorker } from '../workers/testing.ts';
import { scopeOf } from './opening/view-corrections.ts';
import { composeSecondLook } from './second-look.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CASE = join(ROOT, '../shared/cases/cbis-00001_L_1');
const isHere = existsSync(CASE);
if (!isHere) console.warn(`SKIPPED: ${CASE} is absent; no second look at a real case.`);
const URL_OF = (id: string) => `https://reader.test/models/${id}/`;

/** The server: what is shipped. */
const serve = async (address: string | URL): Promise<Response> => {
  const path = new URL(address).pathname;
  return new Response(new Uint8Array(readFileSync(join(ROOT, 'public', path))));
};
const manifestOf = (id: string) =>
  JSON.parse(
    readFileSync(join(ROOT, 'public/models', id, 'manifest.json'), 'utf8'),
  ) as PackManifest;

const manifest = manifestOf('tandem-m2');
const NO_STATUS: EngineStatus = {
  phase: 'ready',
  info: { backend: 'wasm', adapter: 'Node', software: false, passedOver: [] },
  reference: { schemaVersion: 1, lesions: [], operatingPoints: [] },
};

/** The engine of the inference worker without the worker. */
const nodeEngine = async (): Promise<InferencePort> => {
  await useWasmInNode();
  const files = await fetchPack(URL_OF('tandem-m2'), { fetch: serve });
  const finder = await fetchFinder(URL_OF('tandem-m2'), { fetch: serve });
  const pack = files.ok ? readPack(files.value) : files;
  if (!files.ok || !pack.ok || !finder.ok) throw new Error('the pack is not fit');
  const network = await loadNetwork(pack.value.manifest, files.value.files);
  const eye = await finder.value.load();
  return {
    onStatus: (listener) => {
      listener(NO_STATUS);
      return () => undefined;
    },
    score: async (_key, patches, origins, analytic) => {
      const whole = analytic.then((vectors) => [vectors]);
      const scored = await scoreSets(pack.value, network, [patches], origins, whole);
      if (!scored?.ok) throw new Error('no score');
      const { scores, activations, milliseconds } = scored.value;
      const [score] = scores;
      return score && { score, activations, milliseconds, info: NO_STATUS.info };
    },
    scoreEach: async () => undefined,
    look: (_key, view) => eye.maps(view),
    switchBackend: async () => undefined,
  };
};

const openFilms = async () => {
  const films = [];
  for (const name of ['LCC.dcm', 'LMLO.dcm']) {
    const read = await readDicom(new Uint8Array(readFileSync(join(CASE, name))), name);
    if (!read.ok) throw new Error(name);
    const { header, image } = read.value;
    const { scopeNotes } = scopeOf(header, image);
    const { rows, columns } = image;
    const digest = pixelDigest(image);
    const open: OpenImage = {
      path: name,
      header,
      asRead: header,
      rows,
      columns,
      digest,
      scopeNotes,
    };
    films.push({ open, image });
  }
  return films;
};

const parts = () => {
  const studies = createStudiesStore();
  const lesions = createLesionsStore(() => 'lesion 1');
  const settings = createSettingsStore({ load: () => NO_SETTINGS, save: () => undefined });
  const notices = createNoticesStore();
  const analysis = createAnalysisClient({
    workingImage: () => undefined,
    start: () => answeringWorker<Analysis>(createAnswerer),
  });
  return { studies, lesions, settings, notices, analysis, tellOtherPixels: () => undefined };
};

/** Likelihood that `npm run evaluate` gives for boxes, by file of the case. */
const evaluated = (boxes: ReadonlyMap<string, Box>): number => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-look-'));
  const rows = [...boxes].map(
    ([file, { x, y, width, height }]) =>
      `${file},00001,${file.includes('CC') ? 'CC' : 'MLO'},00001_L_1,${x},${y},${width},${height},malignant`,
  );
  const [table, out] = [join(folder, 'rois.csv'), join(folder, 'out.json')];
  writeFileSync(
    table,
    ['image,patient,view,lesion,x,y,width,height,pathology', ...rows].join('\n'),
  );
  try {
    execFileSync(
      process.execPath,
      [
        ...['node_modules/tsx/dist/cli.mjs', 'pipeline/cli.ts', 'evaluate'],
        ...['--pack', 'public/models/tandem-m2', '--rois', table, '--images', CASE],
        ...['--json', out, '--cache', join(folder, 'cache')],
      ],
      { cwd: ROOT, stdio: 'ignore' },
    );
  } catch {
    // Exit code 2: one lesion allows no AUC.
  }
  const { lesions } = JSON.parse(readFileSync(out, 'utf8')) as { lesions: { ensemble: number }[] };
  return lesions[0]?.ensemble ?? Number.NaN;
};

describe('the second look', () => {
  beforeEach(() => void vi.stubGlobal('fetch', serve));
  afterEach(() => void vi.unstubAllGlobals());

  it('is not offered with a pack that has no finder, and says so', () => {
    const own = manifestOf('tandem-m1');
    const pack = { url: URL_OF('tandem-m1'), manifest: own, sha256: undefined };
    const engine = { look: vi.fn(), onStatus: vi.fn() };
    const { store } = composeSecondLook({ ...parts(), inference: engine, pack });
    expect(store.getState().finder).toEqual({
      phase: 'none',
      reason: { code: 'look.no-finder', values: { pack: own.name } },
    });
    expect(engine.onStatus).not.toHaveBeenCalled();
  });

  it('refuses rules that are not those of the pack', async () => {
    const files = { ...manifest.files, 'finder-rules.json': { sha256: '0'.repeat(64), bytes: 1 } };
    const pack = { url: URL_OF('tandem-m2'), manifest: { ...manifest, files }, sha256: undefined };
    const engine = { look: vi.fn(), onStatus: vi.fn() };
    const { store } = composeSecondLook({ ...parts(), inference: engine, pack });
    await vi.waitFor(() =>
      expect(store.getState().finder).toMatchObject({ reason: { code: 'look.refused' } }),
    );
    expect(engine.onStatus).not.toHaveBeenCalled();
  });
});

describe.skipIf(!isHere)('the second look at a film of a cancer', () => {
  let films: Awaited<ReturnType<typeof openFilms>>;
  let engine: InferencePort;
  beforeAll(async () => {
    [films, engine] = [await openFilms(), await nodeEngine()];
  }, 120_000);
  beforeEach(() => void vi.stubGlobal('fetch', serve));
  afterEach(() => void vi.unstubAllGlobals());

  const page = () => {
    const own = parts();
    const look = vi.fn(engine.look);
    const pack = { url: URL_OF('tandem-m2'), manifest, sha256: undefined };
    const { store } = composeSecondLook({ ...own, inference: { ...engine, look }, pack });
    for (const { open, image } of films) {
      own.analysis.keep(open.header.sopInstanceUid, toWorkingImage(image, manifest.working));
      own.studies.getState().add(open);
    }
    const exam = examOnShow(own.studies.getState())?.key ?? '';
    const ready = () =>
      vi.waitFor(() => expect(store.getState().exams[exam]?.phase.name).toBe('ready'), 60_000);
    const shown = () => {
      const { images } = own.studies.getState();
      return shownFindings(store.getState(), exam, own.lesions.getState().lesions, images);
    };
    return { ...own, look, store, exam, ready, shown };
  };

  it('finds it in both views, tells only when asked, and scores it as evaluate scores the box', async () => {
    const { studies, lesions, analysis, store, exam, ready, shown } = page();
    await ready();
    expect(shown()).toEqual([]);
    expect(JSON.stringify(store.getState().exams)).not.toContain('"box"');
    store.getState().sayLookDone(exam);

    const { boxes } = JSON.parse(readFileSync(join(CASE, 'truth.json'), 'utf8')) as {
      boxes: Record<string, [number, number, number, number]>;
    };
    const fileOf = (sop: string) =>
      films.find(({ open }) => open.header.sopInstanceUid === sop)?.open.path ?? '';
    const hit = shown()
      .slice(0, 2)
      .find(({ marks }) =>
        marks.every(({ sopInstanceUid, box }) => {
          const [x = 0, y = 0, width = 0, height = 0] = boxes[fileOf(sopInstanceUid)] ?? [];
          return isHit(box, { x, y, width, height });
        }),
      );
    expect(hit?.marks.map(({ sopInstanceUid }) => fileOf(sopInstanceUid)).sort()).toEqual([
      'LCC.dcm',
      'LMLO.dcm',
    ]);

    const scoring = createScoringStore(
      engine,
      {
        images: () => studies.getState().images,
        patch: (sop, box) => analysis.patch(sop, box, manifest),
        measure: (marks) => analysis.measure(marks, manifest),
        perturbed: (_sop, box) => box,
      },
      'tandem-m2',
    );
    const lesion = store.getState().accept(exam, hit?.id ?? '');
    scoring.getState().update(lesions.getState().lesions);
    await vi.waitFor(
      () => expect(scoring.getState().results[lesion?.id ?? '']?.phase).toBe('scored'),
      60_000,
    );
    const result = scoring.getState().results[lesion?.id ?? ''];
    const likelihood = result?.phase === 'scored' && result.answer.score.likelihood.value;
    const marked = new Map(
      Object.entries(lesion?.marks ?? {}).map(([sop, box]) => [fileOf(sop), box]),
    );
    expect(marked.size).toBe(2);
    expect(likelihood).toBeCloseTo(evaluated(marked), 6);
  }, 240_000);

  it('does not look again at what it has seen when the page is loaded anew', async () => {
    const first = page();
    await first.ready();
    first.store.getState().sayLookDone(first.exam);
    const before = first.shown();
    expect(before.length).toBeGreaterThan(0);
    const second = page();
    await second.ready();
    await vi.waitFor(() => expect(second.shown()).toEqual(before));
    expect(second.look).not.toHaveBeenCalled();
  }, 120_000);
});
