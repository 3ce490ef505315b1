import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ANALYTIC_FEATURES } from '../../src/core/features/analytic/schema.ts';
import { crossFittedLikelihoods } from '../cv/calibrate.ts';
import { lesionMeans } from '../cv/search.ts';
import { readRois } from '../data/rois.ts';
import { hashOf } from '../features/file-cache.ts';
import { compareArms, reportAuc, type Case } from '../protocol/metrics.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { foldsOf, labelled, type LabelledRoi } from '../train/train-data.ts';
import { ensembleOf } from './ensemble.ts';
import { extractAnalytic, type Measure } from './extract.ts';
import type { ArmInput } from './nested.ts';

/** Where the training set and what training left behind lie. */
export const SOURCES = {
  rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
  images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
  results: { type: 'string', default: '.cache/train/results.json' },
  cache: { type: 'string', default: '.cache/train' },
} as const;
export type Sources = Readonly<Record<keyof typeof SOURCES, string>>;

/** The training boxes with their outer folds, which are those of the CNN arm. */
export const trainingBoxes = ({ rois: path }: Sources) => {
  const table = readRois(readFileSync(path, 'utf8'));
  if (!table.ok) throw new Error(table.error);
  const { rois } = labelled(table.value.rois);
  const foldOfPatient = foldsOf(rois, FOLDS, SEED);
  return { rois, foldOfPatient, fold: rois.map((r) => foldOfPatient.get(r.patient) as number) };
};

/** Vectors of boxes, all of which must be measurable. */
export const measured = async (
  rois: readonly LabelledRoi[],
  { images }: Sources,
  cacheFolder: string,
  measure?: Measure,
): Promise<Float32Array[]> => {
  const { rows, problems } = await extractAnalytic(
    rois,
    images,
    RULES.working,
    cacheFolder,
    measure,
  );
  const [first] = problems;
  if (first) throw new Error(`line ${first.line} could not be measured: ${first.reason}`);
  return rows.map((row) => row.vector);
};

export const armInput = (
  rois: readonly LabelledRoi[],
  fold: readonly number[],
  table: ArmInput['table'],
): ArmInput => ({ rows: rois, table, fold, folds: FOLDS, seed: SEED });

export const SHIPPED_NAMES: readonly string[] = ANALYTIC_FEATURES.map(({ name }) => name);

/** Some columns of a table. */
export const pick = (table: ArmInput['table'], columns: readonly number[]): Float64Array[] =>
  table.map((row) => Float64Array.from(columns, (c) => row[c] as number));

interface LesionRecord {
  readonly lesion: string;
  readonly patient: string;
  readonly malignant: boolean;
  readonly fold: number;
  readonly score: number;
  readonly likelihood: number;
  readonly views: number;
  readonly density: string;
  readonly subtlety: string;
  readonly margins: string;
}
interface ResultsFile {
  readonly lesions: readonly LesionRecord[];
  readonly analytic: { readonly lesions: readonly { score: number; likelihood: number }[] };
  readonly ensemble: readonly { likelihood: number }[];
}

/** What `npm run train` found for each lesion, the CNN arm's score first. */
export const readResults = ({ results }: Sources): ResultsFile => {
  if (!existsSync(results)) throw new Error(`${results} is missing: run npm run train first`);
  return JSON.parse(readFileSync(results, 'utf8')) as ResultsFile;
};

/** Lesions of out-of-fold view scores, calibrated on the other folds. */
export const lesionsOf = (
  { rows, fold }: Pick<ArmInput, 'rows' | 'fold'>,
  scores: readonly number[],
): (Case & { readonly lesion: string })[] => {
  const foldOf = new Map(rows.map((row, i) => [row.patient, fold[i] as number]));
  const lesions = lesionMeans(rows, [...rows.keys()], scores);
  const likelihoods = crossFittedLikelihoods(lesions, (l) => foldOf.get(l.patient) as number);
  return lesions.map((l, i) => ({ ...l, likelihood: likelihoods[i] as number }));
};

/** An analytic arm beside the CNN arm: each alone, their ensemble, and paired DeLong with Holm. */
export const besideCnn = (
  input: Pick<ArmInput, 'rows' | 'fold'>,
  scores: readonly number[],
  cnn: readonly LesionRecord[],
) => {
  const analytic = lesionsOf(input, scores);
  if (analytic.some((l, i) => l.lesion !== cnn[i]?.lesion))
    throw new Error('the results are of other lesions: run npm run train first');
  const ensemble = ensembleOf(cnn, analytic);
  const likelihoods = (cases: readonly { likelihood: number }[]) => cases.map((c) => c.likelihood);
  return {
    analytic: reportAuc(analytic),
    ensemble: reportAuc(ensemble),
    comparisons: compareArms(
      {
        cnn: likelihoods(cnn),
        analytic: likelihoods(analytic),
        ensemble: likelihoods(ensemble),
      },
      cnn.map((c) => c.malignant),
    ),
  };
};

/** A result kept on disk by everything it was made from, so that a stopped run goes on. */
export const kept = <T>(folder: string, key: readonly (string | object)[], make: () => T): T => {
  const path = `${folder}/${hashOf(...key).slice(0, 24)}.json`;
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as T;
  const value = make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
  return value;
};
