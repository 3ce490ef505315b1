// Cross-validates and trains both arms, and writes a model pack:
//   npm run train -- --rois FILE.csv --images DIR [--backbone DIR] [--out PACK] [--results FILE]
// With --arms cnn the analytic arm is left out.
// Exit code 0: all rows used; 2: some rows were not; 1: no pack was made.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrate, type Calibration } from '../src/core/classifier/calibration.ts';
import { DESCRIBED_FEATURES } from '../src/core/features/analytic/described.ts';
import { ANALYTIC_SCHEMA_ID } from '../src/core/features/analytic/schema.ts';
import { featureLength } from '../src/core/features/pool-taps.ts';
import { PACK_SCHEMA_VERSION, type PackManifest } from '../src/core/pack/manifest.ts';
import type { SvmFile } from '../src/core/pack/svm-file.ts';
import type { ReferenceFile } from '../src/core/pack/reference-file.ts';
import { atSensitivity, atSpecificity } from '../src/core/stats/roc.ts';
import { ensembleOf } from './analytic/ensemble.ts';
import { extractAnalytic } from './analytic/extract.ts';
import { chosenNames, describedLesions, trainFinalAnalytic } from './analytic/final.ts';
import {
  describeSetting,
  searchArm,
  trainingSide,
  validateArm,
  type ArmChoice,
} from './analytic/nested.ts';
import { crossFittedLikelihoods, fitCalibration } from './cv/calibrate.ts';
import { crossValidate, type Validation } from './cv/cross-validate.ts';
import { featureSets } from './cv/feature-sets.ts';
import { trainFinalSvm, type Calibrated } from './cv/final-svm.ts';
import { describe, lesionMeans, type Setting, type Tried } from './cv/search.ts';
import { readRois } from './data/rois.ts';
import { compareArms, reportAuc, reportCases, subgroupsBy, type Case } from './metrics.ts';
import { ATTRIBUTION, INTENDED_USE, modelCard, OUT_OF_SCOPE, TRAINING_DATA } from './model-card.ts';
import { writePack } from './pack/write-pack.ts';
import { FOLDS, RULES, SEED } from './rules.ts';
import { progress } from './progress.ts';
import { startLibsvm, type Libsvm } from './svm/libsvm.ts';
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
  arms: { type: 'string', default: 'cnn,analytic' },
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

/** A lesion as the pack answers for it: likelihoods under the calibrations that ship. */
interface PackAnswer {
  readonly cnn: number;
  readonly analytic?: number;
  readonly likelihood: number;
}

const packAnswers = (
  lesions: readonly LesionCase[],
  cnn: Calibration,
  measured: MeasuredArm | undefined,
): PackAnswer[] =>
  lesions.map(({ score }, i) => {
    const first = calibrate(cnn, score);
    if (!measured) return { cnn: first, likelihood: first };
    const second = calibrate(
      measured.calibrated.calibration,
      (measured.lesions[i] as LesionCase).score,
    );
    return { cnn: first, analytic: second, likelihood: (first + second) / 2 };
  });

const operatingPoints = (lesions: readonly LesionCase[], answers: readonly PackAnswer[]) => {
  const scored = {
    scores: answers.map((a) => a.likelihood),
    malignant: lesions.map((l) => l.malignant),
  };
  return [
    { name: '90 % sensitivity', point: atSensitivity(scored, 0.9) },
    { name: '80 % specificity', point: atSpecificity(scored, 0.8) },
    { name: '90 % specificity', point: atSpecificity(scored, 0.9) },
  ].map(({ name, point: { threshold, sensitivity, specificity } }) => ({
    name,
    likelihood: Math.min(Math.max(threshold, 0), 1),
    sensitivity,
    specificity,
  }));
};

const referenceFile = (
  lesions: readonly LesionCase[],
  answers: readonly PackAnswer[],
  measured: MeasuredArm | undefined,
): ReferenceFile => ({
  schemaVersion: PACK_SCHEMA_VERSION,
  lesions: lesions.map(({ malignant, views, score, margins, shape, lesion }, i) => {
    const answer = answers[i] as PackAnswer;
    const described = measured?.described.get(lesion);
    return {
      pathology: malignant ? 'malignant' : 'benign',
      views,
      cnn: { score, likelihood: answer.cnn },
      ...(measured && answer.analytic !== undefined
        ? {
            analytic: {
              score: (measured.lesions[i] as LesionCase).score,
              likelihood: answer.analytic,
            },
          }
        : {}),
      likelihood: answer.likelihood,
      ...(described ? { described } : {}),
      ...(margins ? { margins } : {}),
      ...(shape ? { shape } : {}),
    };
  }),
  ...(measured ? { described: DESCRIBED_FEATURES.map((f) => f.name) } : {}),
  operatingPoints: operatingPoints(lesions, answers),
});

/** The analytic arm, cross-validated on the folds of the other and trained on all rows. */
interface MeasuredArm {
  readonly lesions: readonly LesionCase[];
  readonly views: readonly number[];
  readonly chosen: readonly ArmChoice[];
  readonly final: ArmChoice;
  readonly calibrated: Calibrated;
  readonly svm: SvmFile;
  /** The machine of each outer fold, blind to its lesions. */
  readonly foldSvms: readonly SvmFile[];
  readonly described: ReadonlyMap<string, number[]>;
}

const trainMeasuredArm = async (
  libsvm: Libsvm,
  rois: readonly LabelledRoi[],
  imagesFolder: string,
  rules: typeof RULES,
  cacheFolder: string,
  foldOfPatient: ReadonlyMap<string, number>,
  seed: number,
): Promise<MeasuredArm> => {
  const { rows, problems } = await extractAnalytic(rois, imagesFolder, rules.working, cacheFolder);
  const [first] = problems;
  if (first) throw new Error(`line ${first.line} could not be measured: ${first.reason}`);
  const table = rows.map((row) => row.vector);
  const fold = rois.map((roi) => foldOfPatient.get(roi.patient) as number);
  const input = { rows: rois, table, fold, folds: FOLDS, seed };
  const bar = progress('analytic arm, nested search', FOLDS + 1, 'folds');
  const validation = validateArm(libsvm, input, () => bar.step());
  const final = searchArm(libsvm, input, [...rois.keys()], seed);
  bar.step();
  bar.done();
  const lesions = lesionCases(rois, validation.scores, foldOfPatient);
  const calibrated = fitCalibration(lesions, seed);
  const svm = trainFinalAnalytic(libsvm, input, final, calibrated);
  const { calibration } = calibrated;
  const foldSvms = validation.chosen.map((choice, k) =>
    trainFinalAnalytic(libsvm, trainingSide(input, k), choice, { calibration, refits: [] }),
  );
  const described = describedLesions(rois, table);
  return {
    lesions,
    views: validation.scores,
    chosen: validation.chosen,
    final,
    calibrated,
    svm,
    foldSvms,
    described,
  };
};

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
  analytic: MeasuredArm | undefined,
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
      ...(analytic
        ? { analytic: { schemaId: ANALYTIC_SCHEMA_ID, names: chosenNames(analytic.final) } }
        : {}),
    },
    arms: analytic ? ['cnn', 'analytic'] : ['cnn'],
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

const caveats = (single: boolean, measured: boolean): string[] => [
  ...(measured
    ? [
        'The list of analytic features was cut with the outcomes of all lesions in view, so the figures of the analytic arm and of the ensemble are optimistic; that the ensemble is better than the CNN arm alone is not proven (see docs/evaluation.md).',
        'Some of what the analytic arm sees comes from the film and the breast rather than the lesion.',
      ]
    : []),
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
  const measured = values.arms.split(',').includes('analytic')
    ? await trainMeasuredArm(
        libsvm,
        data.rois,
        images,
        rules,
        `${values.cache}/analytic`,
        foldOfPatient,
        seed,
      )
    : undefined;
  const manifest = makeManifest(values, rules, data, setting, share, measured);
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
      ...(measured
        ? {
            analytic: {
              svm: measured.foldSvms[k] as SvmFile,
              features: chosenNames(measured.chosen[k] as ArmChoice),
            },
          }
        : {}),
    };
  });

  const viewFold = (v: { patient: string }) => foldOfPatient.get(v.patient) as number;
  const views = data.rois.map(({ patient, malignant, lesion, line }, i) => {
    return { patient, malignant, lesion, line, score: validation.scores[i] as number };
  });
  const viewLikelihoods = crossFittedLikelihoods(views, viewFold);
  const viewCases = views.map((v, i): Case => ({ ...v, likelihood: viewLikelihoods[i] as number }));
  const cnnReport = { perLesion: reportCases(lesions), perView: reportCases(viewCases) };
  const measuredViews = measured
    ? views.map((v, i) => ({ ...v, score: measured.views[i] as number }))
    : [];
  const measuredLikelihoods = crossFittedLikelihoods(measuredViews, viewFold);
  const measuredCases = measuredViews.map((v, i): Case => {
    return { ...v, likelihood: measuredLikelihoods[i] as number };
  });
  const ensemble = measured ? ensembleOf(lesions, measured.lesions) : undefined;
  const arms = {
    cnn: cnnReport,
    ...(measured && ensemble
      ? {
          analytic: {
            perLesion: reportCases(measured.lesions),
            perView: reportCases(measuredCases),
          },
          ensemble: {
            perLesion: reportCases(ensemble),
            perView: reportCases(ensembleOf(viewCases, measuredCases)),
          },
        }
      : {}),
  };
  const comparisons =
    measured && ensemble
      ? compareArms(
          {
            cnn: lesions.map((l) => l.likelihood),
            analytic: measured.lesions.map((l) => l.likelihood),
            ensemble: ensemble.map((l) => l.likelihood),
          },
          lesions.map((l) => l.malignant),
        )
      : [];
  /** What the pack answers: the ensemble, or the one arm. */
  const { perLesion, perView } = arms.ensemble ?? arms.cnn;
  const answered = lesions.map((l, i) => ({ ...l, ...ensemble?.[i] }));
  const answers = packAnswers(lesions, calibration, measured);
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
    arms,
    comparisons,
    analytic: measured && {
      chosen: measured.chosen.map((c) => ({
        setting: describeSetting(c.setting),
        innerAuc: c.innerAuc,
        features: chosenNames(c),
      })),
      final: describeSetting(measured.final.setting),
      heldOutByFold: Array.from({ length: FOLDS }, (_, k) =>
        reportAuc(measured.lesions.filter((l) => l.fold === k)),
      ),
      lesions: measured.lesions.map(({ score, likelihood }) => ({ score, likelihood })),
    },
    perLesion,
    perView,
    subgroups: [
      ...subgroupsBy('views', answered, (l) => String(l.views)),
      ...subgroupsBy('density', answered, (l) => l.density),
      ...subgroupsBy('subtlety', answered, (l) => l.subtlety),
      ...subgroupsBy('margins', answered, (l) => l.margins),
    ],
    lesions,
    ensemble: ensemble?.map(({ malignant, likelihood }) => ({
      malignant,
      score: likelihood,
      likelihood,
    })),
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
    arms,
    caveats: caveats(backbones.single, measured !== undefined),
  });
  const { bytes } = await writePack(
    out,
    backbones.final,
    manifest,
    { cnn: svm, ...(measured ? { analytic: measured.svm } : {}) },
    referenceFile(lesions, answers, measured),
    card,
  );
  const { auc } = perLesion;
  console.log(
    `lesion AUC ${auc?.value.toFixed(3)} (DeLong ${auc?.delong.map((v) => v.toFixed(3)).join(' to ')}), ECE ${perLesion.ece.toFixed(3)}`,
  );
  for (const [arm, report] of Object.entries(arms))
    console.log(`${arm}: lesion AUC ${report.perLesion.auc?.value.toFixed(3)}`);
  for (const { a, b, difference, holm } of comparisons)
    console.log(`${a} - ${b}: ${difference.toFixed(4)}, Holm p ${holm.toPrecision(2)}`);
  console.log(`final SVM: ${results.final}; ${seconds.toFixed(0)} s from features to pack`);
  console.log(`${out}: ${(bytes / 1e6).toFixed(2)} MB`);
  if (problems.length) process.exitCode = 2;
};

await main();
