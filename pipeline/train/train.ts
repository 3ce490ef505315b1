// Cross-validates and trains both arms, and writes a model pack:
//   npm run train -- --rois FILE.csv --images DIR [--backbone DIR] [--out PACK] [--results FILE]
// With --arms cnn the analytic arm is left out. With --search RESULTS.json the settings are those that an
// earlier run with the same rows searched, and are trained and judged alone.
// Exit code 0: all rows used; 2: some rows were not; 1: no pack was made.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { DESCRIBED_FEATURES } from '../../src/core/features/analytic/described.ts';
import { ANALYTIC_SCHEMA_ID } from '../../src/core/features/analytic/schema.ts';
import { featureLength } from '../../src/core/features/pool-taps.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { PACK_SCHEMA_VERSION } from '../../src/core/units/schema-version.ts';
import type { ReferenceFile } from '../../src/core/pack/reference-file.ts';
import { atSensitivity, atSpecificity } from '../../src/core/stats/roc.ts';
import { fail } from '../fail.ts';
import { extractAnalytic } from '../analytic/extract.ts';
import { describedLesions, LIST, listColumns, trainFinalAnalytic } from '../analytic/final.ts';
import { LIST_MOVES, movedRoi } from '../analytic/moved-boxes.ts';
import {
  ARM_GRID,
  describeSetting,
  trainingSide,
  validateArm,
  type ArmInput,
  type ArmValidation,
} from '../analytic/nested.ts';
import {
  answerOf,
  blindCalibrations,
  crossFittedAnswers,
  fitCalibrations,
  type Answer,
  type Calibrations,
  type Scored,
} from '../cv/answers.ts';
import { crossValidate, type Validation } from '../cv/cross-validate.ts';
import { featureSets } from '../cv/feature-sets.ts';
import { trainFinalSvm } from '../cv/final-svm.ts';
import { makeReplicates, readNetworkScores, scoresOfUsed } from '../cv/replicates.ts';
import { describe, lesionMeans, makeGrid, type Setting } from '../cv/search.ts';
import { crossFittedCoverage, fitSpread } from '../cv/spread.ts';
import { isLoneBox, readRois } from '../data/rois.ts';
import {
  compareArms,
  reportAuc,
  reportCases,
  subgroupsBy,
  type Case,
} from '../protocol/metrics.ts';
import { cardOf } from '../card/card-of.ts';
import { ATTRIBUTION, INTENDED_USE, OUT_OF_SCOPE, TRAINING_DATA } from '../card/model-card.ts';
import { writePack } from '../pack/write-pack.ts';
import type { Results } from '../report/markdown.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { progress } from '../progress.ts';
import { startLibsvm, type Libsvm } from '../svm/libsvm.ts';
import {
  extractTraining,
  foldsOf,
  labelled,
  missingGraphs,
  readBackbones,
  type LabelledRoi,
  type TrainingFeatures,
} from './train-data.ts';

const options = {
  rois: { type: 'string' },
  images: { type: 'string' },
  backbone: { type: 'string', default: '.cache/backbone' },
  out: { type: 'string' },
  results: { type: 'string', default: '.cache/train/results.json' },
  cache: { type: 'string', default: '.cache/train' },
  id: { type: 'string', default: 'tandem-m2' },
  version: { type: 'string', default: '0.3.0' },
  name: { type: 'string', default: 'Tandem M2' },
  network: { type: 'string', default: 'MobileNet V2' },
  size: { type: 'string', default: String(RULES.patch.size) },
  seed: { type: 'string', default: String(SEED) },
  arms: { type: 'string', default: 'cnn,analytic' },
  search: { type: 'string' },
} as const;

type Roi = LabelledRoi;

/** A lesion with its out-of-fold scores under the settings that ship, and what it is told apart by. */
type LesionCase = Scored & {
  readonly lesion: string;
  readonly patient: string;
  readonly views: number;
} & Pick<Roi, 'density' | 'subtlety' | 'margins' | 'shape'>;

/** Lesions that count, in order of first appearance. */
const lesionCases = (
  rois: readonly Roi[],
  fold: readonly number[],
  cnn: readonly number[],
  analytic: readonly number[] | undefined,
): LesionCase[] => {
  const all = [...rois.keys()];
  const measured = analytic && lesionMeans(rois, all, analytic);
  const firstRow = new Map<string, number>();
  rois.forEach(({ lesion }, i) => firstRow.set(lesion, firstRow.get(lesion) ?? i));
  return lesionMeans(rois, all, cnn).map(({ lesion, patient, malignant, score, views }, i) => {
    const row = firstRow.get(lesion) as number;
    const { density, subtlety, margins, shape } = rois[row] as Roi;
    const said = { density, subtlety, margins, shape };
    const other = measured ? { analytic: measured[i]?.score as number } : {};
    return {
      lesion,
      patient,
      malignant,
      views,
      fold: fold[row] as number,
      cnn: score,
      ...other,
      ...said,
    };
  });
};

/** Views of lesions that count. */
const viewCases = (
  rois: readonly Roi[],
  fold: readonly number[],
  cnn: readonly number[],
  analytic: readonly number[] | undefined,
): (Scored & { readonly patient: string })[] =>
  rois.flatMap(({ patient, malignant, lesion }, i) => {
    if (isLoneBox(lesion)) return [];
    const other = analytic ? { analytic: analytic[i] as number } : {};
    return [{ patient, malignant, fold: fold[i] as number, cnn: cnn[i] as number, ...other }];
  });

const operatingPoints = (lesions: readonly LesionCase[], answers: readonly Answer[]) => {
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

/** `answers` are those of the calibrations that ship, on out-of-fold scores. */
const referenceFile = (
  lesions: readonly LesionCase[],
  answers: readonly Answer[],
  measured: MeasuredArm | undefined,
): ReferenceFile => ({
  schemaVersion: PACK_SCHEMA_VERSION,
  lesions: lesions.map(({ malignant, views, cnn, analytic, margins, shape, lesion }, i) => {
    const answer = answers[i] as Answer;
    const described = measured?.described.get(lesion);
    return {
      pathology: malignant ? 'malignant' : 'benign',
      views,
      cnn: { score: cnn, likelihood: answer.cnn },
      ...(analytic !== undefined && answer.analytic !== undefined
        ? { analytic: { score: analytic, likelihood: answer.analytic } }
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

/** The analytic arm, cross-validated on the folds of the other. */
interface MeasuredArm {
  readonly input: ArmInput;
  readonly validation: ArmValidation;
  /** The list's columns as marked and in each moved box. */
  readonly tables: readonly (readonly Float64Array[])[];
  readonly described: ReadonlyMap<string, number[]>;
}

/** The settings that an earlier run chose, in any fold or to ship, by their descriptions. */
const readSearch = (file: string) => {
  const { chosen, final, analytic } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const of = (arm: Pick<Results, 'chosen' | 'final'> | undefined) =>
    new Set(arm ? [...arm.chosen.map((c) => c.setting), arm.final] : []);
  return { cnn: of({ chosen, final }), analytic: of(analytic) };
};

const measureArm = async (
  libsvm: Libsvm,
  rois: readonly Roi[],
  imagesFolder: string,
  rules: typeof RULES,
  cacheFolder: string,
  fold: readonly number[],
  seed: number,
  moves: typeof LIST_MOVES,
  searched: ReadonlySet<string> | undefined,
): Promise<MeasuredArm> => {
  const vectors = async (of: readonly Roi[]) => {
    const { rows, problems } = await extractAnalytic(of, imagesFolder, rules.working, cacheFolder);
    const [first] = problems;
    if (first) throw new Error(`line ${first.line} could not be measured: ${first.reason}`);
    return rows.map((row) => row.vector);
  };
  const asMarked = await vectors(rois);
  const table = listColumns(asMarked);
  const tables = [table];
  for (const move of moves)
    tables.push(listColumns(await vectors(rois.map((roi) => movedRoi(roi, move)))));
  const grid = ARM_GRID.filter(
    (s) => !Number.isFinite(s.features) && (searched?.has(describeSetting(s)) ?? true),
  );
  const input = { rows: rois, table, fold, folds: FOLDS, seed, grid };
  const bar = progress('analytic arm, nested search', FOLDS, 'folds');
  const validation = validateArm(libsvm, input, () => bar.step());
  bar.done();
  return { input, validation, tables, described: describedLesions(rois, asMarked) };
};

/** A report's cases of one arm: likelihoods order them as well, so that all figures have one basis. */
const casesOf = (
  cases: readonly (Scored & { readonly patient: string })[],
  answers: readonly Answer[],
  pick: (answer: Answer) => number,
): Case[] =>
  cases.map(({ patient, malignant }, i) => {
    const likelihood = pick(answers[i] as Answer);
    return { patient, malignant, score: likelihood, likelihood };
  });

const ARMS = {
  cnn: (a: Answer) => a.cnn,
  analytic: (a: Answer) => a.analytic as number,
  ensemble: (a: Answer) => a.likelihood,
};

/** The interval's spreads and how they cover what is made anew; undefined without networks' scores. */
const intervalOf = (
  lesions: readonly LesionCase[],
  answers: readonly Answer[],
  replicates: readonly (readonly Answer[])[],
) => {
  const fold = lesions.map((l) => l.fold);
  const of = (pick: (a: Answer) => number) => {
    const base = answers.map(pick);
    const moved = replicates.map((r) => r.map(pick));
    return {
      spread: fitSpread(base, moved),
      coverage: crossFittedCoverage(base, fold, FOLDS, moved),
    };
  };
  return { cnn: of(ARMS.cnn), analytic: of(ARMS.analytic), fused: of(ARMS.ensemble) };
};
type Interval = ReturnType<typeof intervalOf>;

const makeManifest = (
  { id, version, name }: { id: string; version: string; name: string },
  rules: typeof RULES,
  { description }: TrainingFeatures,
  { set }: Setting,
  training: number,
  analytic: MeasuredArm | undefined,
  calibrations: { readonly lesion: Calibrations; readonly view: Calibrations },
  interval: Interval | undefined,
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
      ...(analytic ? { analytic: { schemaId: ANALYTIC_SCHEMA_ID, names: [...LIST] } } : {}),
    },
    arms: analytic ? ['cnn', 'analytic'] : ['cnn'],
    fusion: {
      views: 'mean-score',
      arms: 'mean-likelihood',
      ...(calibrations.lesion.fused && calibrations.view.fused
        ? { calibration: { lesion: calibrations.lesion.fused, view: calibrations.view.fused } }
        : {}),
    },
    ...(interval
      ? {
          interval: {
            cnn: interval.cnn.spread,
            analytic: interval.analytic.spread,
            fused: interval.fused.spread,
          },
        }
      : {}),
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
  const earlier = values.search === undefined ? undefined : readSearch(values.search);
  const allSets = featureSets(data.description.outputs);
  const grid = makeGrid(allSets).filter((s) => earlier?.cnn.has(describe(s)) ?? true);
  const validation = crossValidate(libsvm, {
    rows: data.rois,
    fold,
    vectors: (k) => data.byFold[k] as readonly Float32Array[],
    candidates: data.candidates,
    sets: allSets.filter((set) => grid.some((s) => s.set === set)),
    folds: FOLDS,
    seed,
    grid,
  });
  const scores = readNetworkScores(backbone);
  const used = new Set(data.rois.map((roi) => roi.line));
  const networks =
    scores &&
    scoresOfUsed(
      scores,
      usable.rois.map((roi) => foldOfPatient.get(roi.patient) as number),
      (row) => used.has((usable.rois[row] as LabelledRoi).line),
    );
  const measured = values.arms.split(',').includes('analytic')
    ? await measureArm(
        libsvm,
        data.rois,
        images,
        rules,
        `${values.cache}/analytic`,
        fold,
        seed,
        networks ? LIST_MOVES : [],
        earlier?.analytic,
      )
    : undefined;
  const final = { cnn: validation.final, analytic: measured?.validation.final };
  const lesions = lesionCases(data.rois, fold, final.cnn.scores, final.analytic?.scores);
  const views = viewCases(data.rois, fold, final.cnn.scores, final.analytic?.scores);
  const calibrations = { lesion: fitCalibrations(lesions), view: fitCalibrations(views) };
  const answers = crossFittedAnswers(lesions, FOLDS);
  const viewAnswers = crossFittedAnswers(views, FOLDS);
  const interval =
    networks && measured && final.analytic
      ? intervalOf(
          lesions,
          answers,
          makeReplicates(
            libsvm,
            networks,
            { rows: data.rois, fold, folds: FOLDS },
            measured.tables,
            [...LIST_MOVES.keys()],
            final.analytic.setting,
            seed,
          ),
        )
      : undefined;
  const { setting } = final.cnn;
  const share = lesions.filter((l) => l.malignant).length / lesions.length;
  const manifest = makeManifest(
    values,
    rules,
    data,
    setting,
    share,
    measured,
    calibrations,
    interval,
  );
  const shipped = (arm: 'cnn' | 'analytic') => ({
    calibration: calibrations.lesion[arm] as Calibrations['cnn'],
    viewCalibration: calibrations.view[arm] as Calibrations['cnn'],
    refits: [],
  });
  const svm = trainFinalSvm(
    libsvm,
    data.rois,
    data.final,
    data.candidates,
    setting,
    manifest.features.cnn.schemaId,
    shipped('cnn'),
  );
  const analyticSvm =
    measured &&
    trainFinalAnalytic(
      libsvm,
      measured.input,
      measured.validation.final.setting,
      shipped('analytic'),
    );
  const seconds = (performance.now() - start) / 1000;
  const blind = blindCalibrations(lesions, FOLDS);
  /** The machines of each fold, blind to its lesions, under the settings that ship. */
  const foldModels = blind.map((calibration, k) => {
    const rows = data.rois.flatMap((_, i) => (fold[i] === k ? [] : [i]));
    return {
      taps: setting.set.taps,
      svm: trainFinalSvm(
        libsvm,
        rows.map((i) => data.rois[i] as LabelledRoi),
        rows.map((i) => data.byFold[k]?.[i] as Float32Array),
        data.candidates,
        setting,
        `fold ${k}`,
        { calibration: calibration.cnn, refits: [] },
      ),
      ...(measured && calibration.analytic
        ? {
            analytic: {
              svm: trainFinalAnalytic(
                libsvm,
                trainingSide(measured.input, k),
                measured.validation.final.setting,
                { calibration: calibration.analytic, refits: [] },
              ),
              features: LIST,
            },
            fused: calibration.fused,
          }
        : {}),
    };
  });

  const names = measured ? (['cnn', 'analytic', 'ensemble'] as const) : (['cnn'] as const);
  const arms = Object.fromEntries(
    names.map((arm) => [
      arm,
      {
        perLesion: reportCases(casesOf(lesions, answers, ARMS[arm])),
        perView: reportCases(casesOf(views, viewAnswers, ARMS[arm])),
      },
    ]),
  );
  const comparisons = measured
    ? compareArms(
        Object.fromEntries(names.map((arm) => [arm, answers.map(ARMS[arm])])),
        lesions.map((l) => l.malignant),
      )
    : [];
  /** What the pack answers: the ensemble, or the one arm. */
  const { perLesion, perView } = arms[names.at(-1) as string] as (typeof arms)[string];
  const answered = lesions.map((l, i) => {
    const likelihood = (answers[i] as Answer).likelihood;
    return { ...l, score: likelihood, likelihood };
  });
  const byFold = (pick: (a: Answer) => number) =>
    Array.from({ length: FOLDS }, (_, k) =>
      reportAuc(casesOf(lesions, answers, pick).filter((_, i) => lesions[i]?.fold === k)),
    );
  /** With the setting that each fold's own inner search chose, in place of the one that ships. */
  const nested = {
    cnn: reportAuc(
      lesionMeans(data.rois, [...data.rois.keys()], validation.scores).map((l) => ({
        ...l,
        likelihood: 0.5,
      })),
    ),
    analytic:
      measured &&
      reportAuc(
        lesionMeans(data.rois, [...data.rois.keys()], measured.validation.scores).map((l) => ({
          ...l,
          likelihood: 0.5,
        })),
      ),
  };
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
    leftOut: data.rois.filter((r) => isLoneBox(r.lesion)).length,
    networks: networks && { kind: networks.kind, pooledAuc: networks.pooledAuc },
    chosen: validation.chosen.map((t) => ({ setting: describe(t.setting), innerAuc: t.auc })),
    final: describe(setting),
    heldOutByFold: byFold(ARMS.cnn),
    nested,
    interval,
    layers: bySetReport(validation, data.rois),
    outer: validation.outer.map((t) => ({ setting: describe(t.setting), auc: t.auc })),
    arms,
    comparisons,
    analytic: measured && {
      chosen: measured.validation.chosen.map((c) => ({
        setting: describeSetting(c.setting),
        innerAuc: c.innerAuc,
        features: LIST,
      })),
      final: describeSetting(measured.validation.final.setting),
      heldOutByFold: byFold(ARMS.analytic),
      lesions: answers.map((a, i) => ({
        score: lesions[i]?.analytic as number,
        likelihood: a.analytic as number,
      })),
    },
    perLesion,
    perView,
    subgroups: [
      ...subgroupsBy('views', answered, (l) => String(l.views)),
      ...subgroupsBy('density', answered, (l) => l.density),
      ...subgroupsBy('subtlety', answered, (l) => l.subtlety),
      ...subgroupsBy('margins', answered, (l) => l.margins),
    ],
    lesions: lesions.map((l, i) => ({
      ...l,
      score: l.cnn,
      likelihood: (answers[i] as Answer).cnn,
    })),
    ensemble:
      measured &&
      answered.map(({ malignant, score, likelihood }) => ({ malignant, score, likelihood })),
    problems,
  };
  mkdirSync(dirname(values.results), { recursive: true });
  writeFileSync(values.results, `${JSON.stringify(results, null, 1)}\n`);
  // The five cross-validated machines, for the robustness figures: they score held-out lesions only.
  const foldFile = values.results.replace(/(\.json)?$/, '.folds.json');
  writeFileSync(foldFile, JSON.stringify({ rules, backbone, models: foldModels }));
  const { bytes } = await writePack(
    out,
    backbones.final,
    manifest,
    { cnn: svm, ...(analyticSvm ? { analytic: analyticSvm } : {}) },
    referenceFile(
      lesions,
      lesions.map((l) => answerOf(calibrations.lesion, l)),
      measured,
    ),
    cardOf(results, values.version),
  );
  const { auc } = perLesion;
  console.log(
    `lesion AUC ${auc?.value.toFixed(3)} (DeLong ${auc?.delong.map((v) => v.toFixed(3)).join(' to ')}), ECE ${perLesion.ece.toFixed(3)}`,
  );
  for (const [arm, report] of Object.entries(arms))
    console.log(`${arm}: lesion AUC ${report.perLesion.auc?.value.toFixed(3)}`);
  for (const { a, b, difference, holm } of comparisons)
    console.log(`${a} - ${b}: ${difference.toFixed(4)}, Holm p ${holm.toPrecision(2)}`);
  if (interval)
    for (const [arm, { coverage }] of Object.entries(interval))
      console.log(
        `interval, ${arm}: covers ${coverage.fifths.map((v) => v.toFixed(3)).join(', ')} by fifth, half-width ${coverage.halfWidth.toFixed(3)}`,
      );
  console.log(`final SVM: ${results.final}; ${seconds.toFixed(0)} s from features to pack`);
  console.log(`${out}: ${(bytes / 1e6).toFixed(2)} MB`);
  if (problems.length) process.exitCode = 2;
};

await main();
