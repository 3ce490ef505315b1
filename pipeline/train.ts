// Cross-validates and trains the CNN arm, and writes a model pack:
//   npm run train -- --rois FILE.csv --images DIR [--backbone DIR] [--out PACK] [--results FILE]
// Exit code 0: all rows used; 2: some rows were not; 1: no pack was made.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrate, type Calibration } from '../src/core/classifier/calibration.ts';
import { featureLength } from '../src/core/features/pool-taps.ts';
import { PACK_SCHEMA_VERSION, type PackManifest } from '../src/core/pack/manifest.ts';
import type { ReferenceFile } from '../src/core/pack/reference-file.ts';
import { atSensitivity, atSpecificity } from '../src/core/stats/roc.ts';
import { crossFittedLikelihoods, fitCalibration } from './cv/calibrate.ts';
import { crossValidate, type Validation } from './cv/cross-validate.ts';
import { featureSets } from './cv/feature-sets.ts';
import { trainFinalSvm } from './cv/final-svm.ts';
import { describe, lesionMeans, type Setting, type Tried } from './cv/search.ts';
import { readRois } from './data/rois.ts';
import { reportAuc, reportCases, subgroupsBy, type Case } from './metrics.ts';
import { ATTRIBUTION, INTENDED_USE, modelCard, OUT_OF_SCOPE, TRAINING_DATA } from './model-card.ts';
import { writePack } from './pack/write-pack.ts';
import { FOLDS, RULES, SEED } from './rules.ts';
import { startLibsvm } from './svm/libsvm.ts';
import {
  extractTraining,
  foldsOf,
  labelled,
  missingGraphs,
  readBackbones,
  type LabelledRoi,
  type TrainingFeatures,
} from './train-data.ts';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const options = {
  rois: { type: 'string' },
  images: { type: 'string' },
  backbone: { type: 'string', default: '.cache/backbone' },
  out: { type: 'string' },
  results: { type: 'string', default: '.cache/train/results.json' },
  cache: { type: 'string', default: '.cache/train' },
  id: { type: 'string', default: 'tandem-m1' },
  version: { type: 'string', default: '0.1.0' },
  name: { type: 'string', default: 'Tandem M1' },
  network: { type: 'string', default: 'MobileNet V2' },
  size: { type: 'string', default: String(RULES.patch.size) },
  seed: { type: 'string', default: String(SEED) },
} as const;

/** Lesions in order of first appearance, with what the report tells them apart by. */
const lesionCases = (
  rois: readonly LabelledRoi[],
  scores: readonly number[],
  foldOfPatient: ReadonlyMap<string, number>,
) => {
  const lesions = lesionMeans(
    rois,
    rois.map((_, i) => i),
    scores,
  );
  const foldOf = (c: { patient: string }) => foldOfPatient.get(c.patient) as number;
  const likelihoods = crossFittedLikelihoods(lesions, foldOf);
  return lesions.map((lesion, i) => {
    const { density, subtlety, margins, shape } = rois.find(
      (r) => r.lesion === lesion.lesion,
    ) as Roi;
    const fold = foldOf(lesion);
    const likelihood = likelihoods[i] as number;
    return { ...lesion, fold, likelihood, density, subtlety, margins, shape };
  });
};
type Roi = LabelledRoi;
type LesionCase = ReturnType<typeof lesionCases>[number];

const operatingPoints = (lesions: readonly LesionCase[], calibration: Calibration) => {
  const scored = {
    scores: lesions.map((l) => l.score),
    malignant: lesions.map((l) => l.malignant),
  };
  return [
    { name: '90 % sensitivity', point: atSensitivity(scored, 0.9) },
    { name: '80 % specificity', point: atSpecificity(scored, 0.8) },
    { name: '90 % specificity', point: atSpecificity(scored, 0.9) },
  ].map(({ name, point: { threshold, sensitivity, specificity } }) => ({
    name,
    likelihood: calibrate(calibration, threshold),
    sensitivity,
    specificity,
  }));
};

const referenceFile = (
  lesions: readonly LesionCase[],
  calibration: Calibration,
): ReferenceFile => ({
  schemaVersion: PACK_SCHEMA_VERSION,
  lesions: lesions.map(({ malignant, views, score, margins, shape }) => {
    const likelihood = calibrate(calibration, score);
    return {
      pathology: malignant ? 'malignant' : 'benign',
      views,
      cnn: { score, likelihood },
      likelihood,
      ...(margins ? { margins } : {}),
      ...(shape ? { shape } : {}),
    };
  }),
  operatingPoints: operatingPoints(lesions, calibration),
});

/** The setting of the final SVM: best mean AUC on held-out outer folds, by networks blind to them. */
const finalSetting = (outer: readonly Tried[]): Tried => {
  const best = Math.max(...outer.map((t) => t.auc));
  return outer.find((t) => t.auc >= best - 0.002) as Tried;
};

const makeManifest = (
  { id, version, name }: { id: string; version: string; name: string },
  rules: typeof RULES,
  { description }: TrainingFeatures,
  { set }: Setting,
  training: number,
): Omit<PackManifest, 'files'> => {
  const lastMap = set.taps.findLastIndex((t) => t.shape[0] * t.shape[1] > 1);
  return {
    schemaVersion: PACK_SCHEMA_VERSION,
    id,
    version,
    name,
    licence: 'Apache-2.0',
    attribution: ATTRIBUTION,
    working: rules.working,
    patch: rules.patch,
    backbone: {
      format: 'tfjs-graph-model',
      file: 'model.json',
      input: description.input,
      multiplyAdds: description.multiplyAdds,
      taps: [...set.taps],
      ...(lastMap >= 0 ? { activationTap: lastMap } : {}),
    },
    features: {
      cnn: { schemaId: `${id}-cnn-${version}`, length: featureLength(set.taps) },
    },
    arms: ['cnn'],
    fusion: { views: 'mean-score', arms: 'mean-likelihood' },
    prevalence: { training, assumed: training },
    tolerance: { featureCosine: 0.999, score: 0.02, likelihood: 0.005 },
    trainingData: TRAINING_DATA,
    intendedUse: INTENDED_USE,
    outOfScope: OUT_OF_SCOPE,
  };
};

const bySetReport = (validation: Validation, rois: readonly LabelledRoi[]) =>
  validation.bySet.map(({ set, scores }) => {
    const all = rois.map((_, i) => i);
    const cases = lesionMeans(rois, all, scores).map((l): Case => ({ ...l, likelihood: 0.5 }));
    return { set, auc: reportAuc(cases) };
  });

const caveats = (single: boolean): string[] => [
  'Cross-validated on digitised film only; digital detectors were not tested for accuracy.',
  'The marks are those of the archive; a reader who marks differently gets another score (see the robustness table of docs/evaluation.md).',
  'The interval beside a likelihood covers the calibration alone, not the sampling of the classifier.',
  ...(single
    ? []
    : [
        'The network of a fold has seen the outcomes of its training side, so the inner search there is optimistic; the out-of-fold figures are not affected.',
        'The pack holds a network and SVM trained on all lesions; the figures are those of the five cross-validated ones.',
      ]),
];

const main = async () => {
  const { values } = parseArgs({ options });
  const { rois: table, images, backbone, out = `.cache/packs/${values.id}` } = values;
  if (!table || !images)
    return fail(
      'usage: npm run train -- --rois FILE.csv --images DIR [--backbone DIR] [--out PACK]',
    );
  const read = readRois(readFileSync(table, 'utf8'));
  if (!read.ok) return fail(`${table}: ${read.error}`);
  const usable = labelled(read.value.rois);
  const seed = Number(values.seed);
  const foldOfPatient = foldsOf(usable.rois, FOLDS, seed);
  const rules = { ...RULES, patch: { ...RULES.patch, size: Number(values.size) } };
  const missing = missingGraphs(backbone, FOLDS);
  if (missing.length) return fail(`no graph at ${missing.join(', ')}: see pipeline/backbone`);
  const backbones = readBackbones(backbone, FOLDS);
  const data = await extractTraining(usable.rois, images, rules, backbones, FOLDS, values.cache);
  const problems = [...read.value.problems, ...usable.problems, ...data.problems];
  for (const { line, reason } of problems) console.error(`line ${line}: ${reason}`);
  const positives = data.rois.filter((roi) => roi.malignant).length;
  if (positives === 0 || positives === data.rois.length)
    return fail('all usable rows have the same pathology: both are needed to train');

  const start = performance.now();
  const libsvm = await startLibsvm();
  const fold = data.rois.map((roi) => foldOfPatient.get(roi.patient) as number);
  const validation = crossValidate(libsvm, {
    rows: data.rois,
    fold,
    vectors: (k) => data.byFold[k] as readonly Float32Array[],
    candidates: data.candidates,
    sets: featureSets(data.description.outputs),
    folds: FOLDS,
    seed,
  });
  const lesions = lesionCases(data.rois, validation.scores, foldOfPatient);
  const { calibration, refits } = fitCalibration(lesions, seed);
  const { setting } = finalSetting(validation.outer);
  const share = lesions.filter((l) => l.malignant).length / lesions.length;
  const manifest = makeManifest(values, rules, data, setting, share);
  const svm = trainFinalSvm(
    libsvm,
    data.rois,
    data.final,
    data.candidates,
    setting,
    manifest.features.cnn.schemaId,
    { calibration, refits },
  );
  const seconds = (performance.now() - start) / 1000;
  const foldModels = validation.chosen.map((tried, k) => {
    const rows = data.rois.flatMap((_, i) => (fold[i] === k ? [] : [i]));
    return {
      taps: tried.setting.set.taps,
      svm: trainFinalSvm(
        libsvm,
        rows.map((i) => data.rois[i] as LabelledRoi),
        rows.map((i) => data.byFold[k]?.[i] as Float32Array),
        data.candidates,
        tried.setting,
        `fold ${k}`,
        { calibration, refits: [] },
      ),
    };
  });

  const viewFold = (v: { patient: string }) => foldOfPatient.get(v.patient) as number;
  const views = data.rois.map(({ patient, malignant, lesion, line }, i) => {
    return { patient, malignant, lesion, line, score: validation.scores[i] as number };
  });
  const viewLikelihoods = crossFittedLikelihoods(views, viewFold);
  const viewCases = views.map((v, i): Case => ({ ...v, likelihood: viewLikelihoods[i] as number }));
  const perLesion = reportCases(lesions);
  const perView = reportCases(viewCases);
  const results = {
    id: values.id,
    network: values.network,
    singleNetwork: backbones.single,
    multiplyAdds: data.description.multiplyAdds,
    lesionCount: lesions.length,
    imageCount: new Set(data.rois.map((r) => r.image)).size,
    patientCount: new Set(data.rois.map((r) => r.patient)).size,
    malignantShare: share,
    seconds,
    boxesPerSecond: data.boxesPerSecond,
    chosen: validation.chosen.map((t) => ({ setting: describe(t.setting), innerAuc: t.auc })),
    final: describe(setting),
    heldOutByFold: Array.from({ length: FOLDS }, (_, k) =>
      reportAuc(lesions.filter((l) => l.fold === k)),
    ),
    layers: bySetReport(validation, data.rois),
    outer: validation.outer.map((t) => ({ setting: describe(t.setting), auc: t.auc })),
    perLesion,
    perView,
    subgroups: [
      ...subgroupsBy('views', lesions, (l) => String(l.views)),
      ...subgroupsBy('density', lesions, (l) => l.density),
      ...subgroupsBy('subtlety', lesions, (l) => l.subtlety),
    ],
    lesions,
    problems,
  };
  mkdirSync(dirname(values.results), { recursive: true });
  writeFileSync(values.results, `${JSON.stringify(results, null, 1)}\n`);
  // The five cross-validated machines, for the robustness figures: they score held-out lesions only.
  const foldFile = values.results.replace(/(\.json)?$/, '.folds.json');
  writeFileSync(foldFile, JSON.stringify({ rules, backbone, models: foldModels }));
  const card = modelCard({
    id: values.id,
    backbone: values.network,
    multiplyAdds: data.description.multiplyAdds,
    features: `${setting.set.name} (${setting.kernel} kernel)`,
    lesions: results.lesionCount,
    images: results.imageCount,
    patients: results.patientCount,
    malignantShare: share,
    perLesion,
    perView,
    caveats: caveats(backbones.single),
  });
  const { bytes } = await writePack(
    out,
    backbones.final,
    manifest,
    svm,
    referenceFile(lesions, calibration),
    card,
  );
  const { auc } = perLesion;
  console.log(
    `lesion AUC ${auc?.value.toFixed(3)} (DeLong ${auc?.delong.map((v) => v.toFixed(3)).join(' to ')}), ECE ${perLesion.ece.toFixed(3)}`,
  );
  console.log(`final SVM: ${results.final}; ${seconds.toFixed(0)} s from features to pack`);
  console.log(`${out}: ${(bytes / 1e6).toFixed(2)} MB`);
  if (problems.length) process.exitCode = 2;
};

await main();
