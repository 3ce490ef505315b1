// Scores every lesion of a table with a pack:
//   npm run evaluate -- --pack DIR --rois FILE.csv --images DIR --json OUT
// With --reports DIR in place of --rois the boxes come from reports that the viewer exported (JSON,
// CAD SR, TID 1500 or presentation states), on the DICOM images under --images.
// Exit code 0: all rows scored; 3: some were left out, or a figure could not be computed (see problems);
// 1: nothing could be done.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  scoreLesion,
  viewLikelihood,
  type ViewFeatures,
} from '../../src/core/lesion/score-lesion.ts';
import type { ViewOrigin } from '../../src/core/lesion/joining.ts';
import type { ByMeasuredArm } from '../../src/core/classifier/arms.ts';
import { extractorsFor } from '../../src/core/lesion/measured-arms.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { fail, tryWriting } from '../fail.ts';
import { extractAnalytic, measureOf } from '../analytic/extract.ts';
import type { LesionScore } from '../../src/core/lesion/types.ts';
import { hasBothClasses } from '../../src/core/stats/roc.ts';
import { loadNetwork } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import { groupBy } from '../../src/core/units/group-by.ts';
import { ok } from '../../src/core/message/result.ts';
import { readReportRois } from '../data/report-rois.ts';
import { isLoneBox, readRois, type Problem, type Roi } from '../data/rois.ts';
import { extractFeatures, type RoiFeatures } from '../features/extract.ts';
import {
  compareArms,
  reportCases,
  subgroupsBy,
  type Case,
  type CaseReport,
} from '../protocol/metrics.ts';
import { readPack, type DiskPack } from '../pack/read-pack.ts';

interface ScoredLesion {
  readonly lesion: string;
  readonly rois: readonly Roi[];
  readonly score: LesionScore;
}

/**
 * What a row is of. A table is of one examination a patient; where it does not name sides, its word
 * that rows show one lesion stands for them.
 */
const originOf = ({ patient, side, view, image }: Roi): ViewOrigin => ({
  person: patient,
  exam: '',
  side: side ?? 'not stated',
  view: view === '' ? undefined : view,
  name: `${side ?? ''}${view}` || image,
});

/** The vectors of the arms that measure, of each row that could be measured. */
type Measured = ReadonlyMap<Roi, ByMeasuredArm<ArrayLike<number>>>;

/** The lesions that have a score, and why others have none: their views do not belong together. */
const scoreAll = (
  pack: DiskPack,
  features: readonly RoiFeatures[],
  measured: Measured,
): { readonly lesions: readonly ScoredLesion[]; readonly refused: readonly Problem[] } => {
  const viewOf = ({ roi, vector }: RoiFeatures): ViewFeatures => ({
    cnn: vector,
    ...measured.get(roi),
    origin: originOf(roi),
  });
  const lesions: ScoredLesion[] = [];
  const refused: Problem[] = [];
  for (const views of groupBy(features, ({ roi }) => roi.lesion)) {
    const { lesion = '', line = 0 } = views[0]?.roi ?? {};
    const score = scoreLesion(pack.manifest, pack.svms, views.map(viewOf));
    if (score.ok) lesions.push({ lesion, rois: views.map((view) => view.roi), score: score.value });
    else
      refused.push({
        line,
        reason: `lesion ${lesion} is not scored. ${sayIn('en', score.error.text)}`,
      });
  }
  return { lesions, refused };
};

/** Measures the rows, once with each extractor that an arm of the pack names. */
const measureAll = async (
  pack: DiskPack,
  features: readonly RoiFeatures[],
  imagesFolder: string,
  cacheFolder: string,
) => {
  const { features: named, working } = pack.manifest;
  let measured: Measured = new Map(features.map(({ roi }) => [roi, {}]));
  const problems: Problem[] = [];
  for (const { extractor, arms } of extractorsFor(named)) {
    const found = await extractAnalytic(
      [...measured.keys()],
      imagesFolder,
      working,
      `${cacheFolder}/analytic`,
      measureOf(extractor),
    );
    problems.push(...found.problems);
    const vectorsOf = (all: Float32Array) =>
      arms.map(({ arm, names }) => [
        arm,
        names.map((name) => all[extractor.names.indexOf(name)] as number),
      ]);
    measured = new Map(
      found.rows.map(({ roi, vector }) => [
        roi,
        { ...measured.get(roi), ...Object.fromEntries(vectorsOf(vector)) },
      ]),
    );
  }
  return { measured, problems };
};

/** Lesions that figures count; the others are scored and listed. */
const counting = (lesions: readonly ScoredLesion[]): ScoredLesion[] =>
  lesions.filter(({ lesion }) => !isLoneBox(lesion));

type LesionCase = Case & { readonly roi: Roi; readonly views: number };

const lesionCases = (lesions: readonly ScoredLesion[], arm: number): LesionCase[] =>
  lesions.flatMap(({ rois, score }) => {
    const [roi, answer] = [rois[0], score.arms[arm]];
    if (!roi || roi.malignant === undefined || !answer) return [];
    const { patient, malignant } = roi;
    const likelihood = answer.likelihood.value;
    return [{ patient, malignant, score: answer.score, likelihood, roi, views: rois.length }];
  });

const ensembleCases = (lesions: readonly ScoredLesion[]): LesionCase[] =>
  lesions.flatMap(({ rois, score }) => {
    const roi = rois[0];
    if (!roi || roi.malignant === undefined) return [];
    const likelihood = score.likelihood.value;
    const { patient, malignant } = roi;
    return [{ patient, malignant, score: likelihood, likelihood, roi, views: rois.length }];
  });

/** Single views of one arm, each with the likelihood that is shown for a view. */
const viewCases = (
  lesions: readonly ScoredLesion[],
  arm: number,
  svm: SvmFile | undefined,
): Case[] =>
  lesions.flatMap(({ rois, score }) =>
    rois.flatMap(({ patient, malignant }, i) => {
      const view = score.arms[arm]?.viewScores[i];
      if (malignant === undefined || view === undefined || !svm) return [];
      return [{ patient, malignant, score: view, likelihood: viewLikelihood(svm, view) }];
    }),
  );

const ensembleViewCases = (lesions: readonly ScoredLesion[]): Case[] =>
  lesions.flatMap(({ rois, score }) =>
    rois.flatMap(({ patient, malignant }, i) => {
      const likelihood = score.viewLikelihoods[i];
      if (malignant === undefined || likelihood === undefined) return [];
      return [{ patient, malignant, score: likelihood, likelihood }];
    }),
  );

type ArmReports = Record<string, { perLesion: CaseReport; perView: CaseReport }>;

const reportArms = (pack: DiskPack, lesions: readonly ScoredLesion[]): ArmReports => {
  const reports: ArmReports = {};
  pack.manifest.arms.forEach((arm, i) => {
    reports[arm] = {
      perLesion: reportCases(lesionCases(lesions, i)),
      perView: reportCases(viewCases(lesions, i, pack.svms[arm])),
    };
  });
  if (pack.manifest.arms.length > 1)
    reports.ensemble = {
      perLesion: reportCases(ensembleCases(lesions)),
      perView: reportCases(ensembleViewCases(lesions)),
    };
  return reports;
};

const lesionRow = ({ lesion, rois, score }: ScoredLesion) => {
  const of = (arm: string) => score.arms.find((a) => a.arm === arm);
  const malignant = rois[0]?.malignant;
  return {
    lesion,
    pathology: malignant === undefined ? null : malignant ? 'malignant' : 'benign',
    views: rois.length,
    counted: malignant !== undefined && !isLoneBox(lesion),
    cnn: of('cnn')?.likelihood.value ?? null,
    analytic: of('analytic')?.likelihood.value ?? null,
    ...Object.fromEntries(score.arms.map((a) => [a.arm, a.likelihood.value])),
    ensemble: score.likelihood.value,
    interval: [score.likelihood.low, score.likelihood.high],
    scores: Object.fromEntries(score.arms.map((a) => [a.arm, a.score])),
    perView: rois.map((roi, i) => ({
      line: roi.line,
      image: roi.image,
      view: roi.view,
      likelihood: score.viewLikelihoods[i],
    })),
  };
};

/** What keeps figures from being computed, said as problems of the whole table (line 0). */
const limits = (lesions: readonly ScoredLesion[]): Problem[] => {
  const unknown = lesions.filter(({ rois }) => rois[0]?.malignant === undefined).length;
  const known = counting(lesions).flatMap(({ rois }) => rois[0]?.malignant ?? []);
  const reasons: string[] = [];
  if (lesions.length === 0) reasons.push('no lesion could be scored');
  if (unknown > 0) reasons.push(`${unknown} lesions have no pathology: scored, but not counted`);
  if (lesions.length > 0 && !hasBothClasses({ malignant: known }))
    reasons.push('benign and malignant lesions are both needed for an AUC');
  return reasons.map((reason) => ({ line: 0, reason }));
};

/** Scores the rows of a table with a pack and says what the scores are worth. */
export const evaluate = async (
  pack: DiskPack,
  rois: readonly Roi[],
  problems: readonly Problem[],
  imagesFolder: string,
  cacheFolder: string,
) => {
  await useWasmInNode();
  const { manifest, graph } = pack;
  const network = await loadNetwork(manifest, graph.files);
  const hash = `${graph.hash}|${JSON.stringify(manifest.backbone.taps)}`;
  const rules = { working: manifest.working, patch: manifest.patch };
  const extraction = await extractFeatures(
    rois,
    imagesFolder,
    rules,
    { network, hash },
    { cacheFolder },
  );
  network.dispose();
  const { measured, problems: unmeasured } = await measureAll(
    pack,
    extraction.features,
    imagesFolder,
    cacheFolder,
  );
  const usable = extraction.features.filter(({ roi }) => measured.has(roi));
  const { lesions, refused } = scoreAll(pack, usable, measured);
  const inFigures = counting(lesions);
  const counted = inFigures.some(({ rois: [roi] }) => roi?.malignant !== undefined);
  const ensemble = ensembleCases(inFigures);
  const arms: ArmReports = counted ? reportArms(pack, inFigures) : {};
  const scoresByArm = Object.fromEntries([
    ...manifest.arms.map(
      (arm, i) => [arm, lesionCases(inFigures, i).map((c) => c.likelihood)] as const,
    ),
    ...(manifest.arms.length > 1 ? [['ensemble', ensemble.map((c) => c.likelihood)] as const] : []),
  ]);
  return {
    pack: { id: manifest.id, version: manifest.version },
    prevalence: manifest.prevalence.training,
    /** Lesions that are scored but count in no figure: one of several in an image (isLoneBox). */
    leftOutOfFigures: lesions.length - inFigures.length,
    arms,
    comparisons: compareArms(
      scoresByArm,
      ensemble.map((c) => c.malignant),
    ),
    subgroups: [
      ...subgroupsBy('views', ensemble, (c) => String(c.views)),
      ...subgroupsBy('density', ensemble, (c) => c.roi.density),
      ...subgroupsBy('subtlety', ensemble, (c) => c.roi.subtlety),
    ],
    lesions: lesions.map(lesionRow),
    problems: [
      ...problems,
      ...extraction.problems,
      ...unmeasured,
      ...refused,
      ...limits(lesions),
    ].sort((a, b) => a.line - b.line),
  };
};

const summary = (name: string, { perLesion }: ArmReports[string]): string => {
  const { n, positives, auc, brier, ece } = perLesion;
  const area = auc
    ? `AUC ${auc.value.toFixed(3)} (DeLong ${auc.delong.map((v) => v.toFixed(3)).join(' to ')})`
    : 'no AUC';
  return `${name}: ${n} lesions, ${positives} malignant, ${area}, Brier ${brier.toFixed(3)}, ECE ${ece.toFixed(3)}`;
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      rois: { type: 'string' },
      reports: { type: 'string' },
      images: { type: 'string' },
      json: { type: 'string' },
      cache: { type: 'string', default: '.cache/evaluate' },
    },
  });
  const { pack: folder, rois: table, reports, images, json } = values;
  if (!folder || !images || !json || (table === undefined) === (reports === undefined))
    return fail(
      'usage: npm run evaluate -- --pack DIR (--rois FILE.csv | --reports DIR) --images DIR --json OUT',
    );
  const pack = readPack(folder);
  if (!pack.ok) return fail(pack.error);
  tryWriting(json);
  const rois =
    reports === undefined
      ? readRois(readFileSync(table as string, 'utf8'))
      : ok(await readReportRois(reports, images));
  if (!rois.ok) return fail(`${table}: ${rois.error}`);
  const report = await evaluate(
    pack.value,
    rois.value.rois,
    rois.value.problems,
    images,
    values.cache,
  );
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  for (const [name, arm] of Object.entries(report.arms)) console.log(summary(name, arm));
  for (const { line, reason } of report.problems) console.error(`line ${line}: ${reason}`);
  if (report.lesions.length === 0) process.exitCode = 1;
  else if (report.problems.length) process.exitCode = 3;
};

if (process.argv[1]?.endsWith('evaluate.ts')) await main();
