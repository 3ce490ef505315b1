// Cross-validates the analytic arm and the ensemble on the folds of the CNN arm:
//   npx tsx pipeline/analytic/validate.ts --rois FILE.csv --images DIR [--reference PACK/reference.json]
// Features are kept under .cache/analytic. Writes .cache/analytic/results.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { ANALYTIC_FEATURES } from '../../src/core/features/analytic/schema.ts';
import { referenceFileSchema } from '../../src/core/pack/reference-file.ts';
import { lesionMeans } from '../cv/search.ts';
import { readRois } from '../data/rois.ts';
import { reportAuc, type AucReport } from '../metrics.ts';
import { progress } from '../progress.ts';
import { FOLDS, RULES, SEED } from '../rules.ts';
import { startLibsvm } from '../svm/libsvm.ts';
import { foldsOf, labelled } from '../train-data.ts';
import { compareEnsemble } from './ensemble.ts';
import { extractAnalytic } from './extract.ts';
import { describeSetting, validateArm } from './nested.ts';

const options = {
  rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
  images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
  reference: { type: 'string', default: 'public/models/tandem-m1/reference.json' },
  cache: { type: 'string', default: '.cache/analytic' },
  results: { type: 'string', default: '.cache/analytic/results.json' },
} as const;

const text = (value: number, digits = 3) => value.toFixed(digits);
const auc = (report: AucReport | null) =>
  report
    ? `${text(report.value)} (DeLong ${report.delong.map((v) => text(v)).join(' to ')}, patient bootstrap ${report.bootstrap.map((v) => text(v)).join(' to ')})`
    : 'none';

/** Out-of-fold CNN scores in the order of the lesions; throws where outcomes or views differ. */
const cnnScores = (
  path: string,
  lesions: readonly { malignant: boolean; views: number; lesion: string }[],
): number[] => {
  const { lesions: kept } = referenceFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return lesions.map((lesion, i) => {
    const other = kept[i];
    const same =
      other?.views === lesion.views && (other.pathology === 'malignant') === lesion.malignant;
    if (!other?.cnn || !same || kept.length !== lesions.length)
      throw new Error(`${path} does not list the same lesions (${lesion.lesion})`);
    return other.cnn.score;
  });
};

const main = async () => {
  const { values } = parseArgs({ options });
  const read = readRois(readFileSync(values.rois, 'utf8'));
  if (!read.ok) throw new Error(`${values.rois}: ${read.error}`);
  const usable = labelled(read.value.rois).rois;
  const foldOfPatient = foldsOf(usable, FOLDS, SEED);
  const { rows, problems } = await extractAnalytic(
    usable,
    values.images,
    RULES.working,
    `${values.cache}/features`,
  );
  for (const { line, reason } of problems) console.error(`line ${line}: ${reason}`);
  const rois = rows.map((row) => row.roi);
  const bar = progress('nested search', FOLDS, 'folds');
  const validation = validateArm(
    await startLibsvm(),
    {
      rows: rois,
      table: rows.map((row) => row.vector),
      fold: rois.map((roi) => foldOfPatient.get(roi.patient) as number),
      folds: FOLDS,
      seed: SEED,
    },
    () => bar.step(),
  );
  bar.done();
  const lesions = lesionMeans(
    rois,
    rois.map((_, i) => i),
    validation.scores,
  );
  const perLesion = reportAuc(lesions.map((l) => ({ ...l, likelihood: 0.5 })));
  const perView = reportAuc(
    rois.map((roi, i) => ({ ...roi, score: validation.scores[i] as number, likelihood: 0.5 })),
  );
  validation.chosen.forEach((c, k) => {
    const held = lesions.filter((l) => foldOfPatient.get(l.patient) === k);
    const area = reportAuc(held.map((l) => ({ ...l, likelihood: 0.5 })));
    console.log(
      `fold ${k}: ${describeSetting(c.setting)}, inner AUC ${text(c.innerAuc)}, held-out ${auc(area)}`,
    );
  });
  console.log(`analytic arm, lesion: ${auc(perLesion)}`);
  console.log(`analytic arm, view: ${auc(perView)}`);
  const cnn = cnnScores(values.reference, lesions);
  const compared = compareEnsemble(
    lesions.map((l, i) => ({
      patient: l.patient,
      malignant: l.malignant,
      fold: foldOfPatient.get(l.patient) as number,
      cnn: cnn[i] as number,
      analytic: l.score,
    })),
  );
  for (const arm of ['cnn', 'analytic', 'ensemble'] as const) {
    const { value, interval } = compared[arm];
    console.log(
      `${arm}, cross-fitted likelihoods: ${text(value)} (DeLong ${interval.map((v) => text(v)).join(' to ')})`,
    );
  }
  for (const c of compared.comparisons)
    console.log(
      `ensemble - ${c.against}: ${text(c.difference, 4)} (${c.interval.map((v) => text(v, 4)).join(' to ')}), p = ${c.p.toPrecision(3)}, Holm ${c.holm.toPrecision(3)}`,
    );
  mkdirSync(dirname(values.results), { recursive: true });
  const results = {
    features: ANALYTIC_FEATURES.map((f) => f.name),
    perLesion,
    perView,
    chosen: validation.chosen.map(({ setting, innerAuc, features }) => ({
      setting,
      innerAuc,
      features: features.map((f) => ANALYTIC_FEATURES[f]?.name),
    })),
    ensemble: { ...compared, votes: undefined },
    lesions: lesions.map((l, i) => ({
      ...l,
      cnn: compared.votes.cnn[i],
      analytic: compared.votes.analytic[i],
      ensemble: compared.votes.ensemble[i],
    })),
    scores: rois.map((roi, i) => ({ line: roi.line, score: validation.scores[i] })),
    problems,
  };
  writeFileSync(values.results, `${JSON.stringify(results, null, 1)}\n`);
};

await main();
