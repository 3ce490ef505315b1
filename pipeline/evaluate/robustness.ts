// How far a lesion's score moves when its box or its image changes, on held-out lesions:
//   npm run pipeline -- robustness --rois FILE.csv --images DIR --results FILE.json [--folds 0,1]
// Reads what `npm run train` left beside its results; writes FILE.robustness.json. Changes of the box
// are also followed through the analytic arm and the ensemble.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrate, recalibrate, type Calibration } from '../../src/core/classifier/calibration.ts';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import { selectAnalytic } from '../../src/core/features/analytic/select-features.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { clusterDraws, quantile } from '../../src/core/stats/bootstrap.ts';
import { auc, hasBothClasses } from '../../src/core/stats/roc.ts';
import { extractAnalytic } from '../analytic/extract.ts';
import { lesionMeans } from '../cv/search.ts';
import { readRois } from '../data/rois.ts';
import { extractFeatures } from '../features/extract.ts';
import { ORIGINAL, type PatchRules } from '../features/patches.ts';
import { reportAuc, type Case } from '../protocol/metrics.ts';
import { describeGraph, openNetwork } from '../network/node-network.ts';
import { FOLDS, SEED } from '../protocol/rules.ts';
import { foldsOf, labelled, readBackbones, type LabelledRoi } from '../train/train-data.ts';
import { VARIANTS } from './variants.ts';
import type { Tap } from '../../src/core/features/tap.ts';

interface FoldFile {
  readonly rules: PatchRules;
  readonly backbone: string;
  readonly models: readonly {
    readonly taps: readonly Tap[];
    readonly svm: SvmFile;
    readonly analytic?: { readonly svm: SvmFile; readonly features: readonly string[] };
    /** Of the mean of both arms' likelihoods. */
    readonly fused?: Calibration;
  }[];
}
type Lesion = ReturnType<typeof lesionMeans>[number] & { readonly likelihood: number };

const { values } = parseArgs({
  options: {
    rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
    images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
    results: { type: 'string', default: '.cache/train/results.json' },
    cache: { type: 'string', default: '.cache/train' },
    folds: { type: 'string', default: Array.from({ length: FOLDS }, (_, k) => k).join(',') },
  },
});

const stem = values.results.replace(/\.json$/, '');
const { rules, backbone, models } = JSON.parse(
  readFileSync(`${stem}.folds.json`, 'utf8'),
) as FoldFile;
const read = readRois(readFileSync(values.rois, 'utf8'));
if (!read.ok) throw new Error(read.error);
const { rois } = labelled(read.value.rois);
const foldOfPatient = foldsOf(rois, FOLDS, SEED);
const backbones = readBackbones(backbone, FOLDS);

/** Held-out lesions of one fold under every variant. */
const scoreFold = async (k: number): Promise<Map<string, Lesion[]>> => {
  const model = models[k];
  if (!model) throw new Error(`there is no model of fold ${k}`);
  const graph = backbones.fold(k);
  const description = await describeGraph(graph, rules.patch.size);
  const network = await openNetwork(graph, description, model.taps);
  const named = { network, hash: `${graph.hash}|${JSON.stringify(model.taps)}` };
  const held = rois.filter((roi) => foldOfPatient.get(roi.patient) === k);
  const got = await extractFeatures(held, values.images, rules, named, {
    cacheFolder: join(values.cache, 'robustness'),
    label: `fold ${k}, ${VARIANTS.length} variants`,
    variants: VARIANTS,
  });
  network.dispose();
  const scored = VARIANTS.map(({ name }) => {
    const mine = got.features.filter((f) => f.variant === name);
    const rows = mine.map((f) => f.roi as LabelledRoi);
    const scores = mine.map((f) => decisionValue(model.svm, f.vector));
    const lesions = lesionMeans(rows, [...rows.keys()], scores);
    const likelihood = (l: { score: number }) => calibrate(model.svm.calibration, l.score);
    return [name, lesions.map((l) => ({ ...l, likelihood: likelihood(l) }))] as const;
  });
  return new Map(scored);
};

/** Variants that leave the image as it is: their outlines and features are measured anew. */
const BOX_VARIANTS = VARIANTS.filter(({ image }) => !image);

/** The analytic arm on held-out lesions of one fold under every change of the box. */
const measureFold = async (k: number): Promise<Map<string, Lesion[]>> => {
  const machine = models[k]?.analytic;
  if (!machine) return new Map();
  const held = rois.filter((roi) => foldOfPatient.get(roi.patient) === k);
  const changed = held.flatMap((roi) =>
    BOX_VARIANTS.map(({ name, box }) => ({
      ...roi,
      box: box?.(roi.box) ?? roi.box,
      variant: name,
    })),
  );
  const { rows, problems } = await extractAnalytic(
    changed,
    values.images,
    rules.working,
    join(values.cache, 'analytic'),
  );
  const [first] = problems;
  if (first) throw new Error(`line ${first.line}: ${first.reason}`);
  const scored = BOX_VARIANTS.map(({ name }) => {
    const mine = rows.filter(({ roi }) => roi.variant === name);
    const scores = mine.map(({ vector }) =>
      decisionValue(machine.svm, selectAnalytic(vector, machine.features)),
    );
    const lesions = lesionMeans(
      mine.map(({ roi }) => roi),
      [...mine.keys()],
      scores,
    );
    const likelihood = (l: { score: number }) => calibrate(machine.svm.calibration, l.score);
    return [name, lesions.map((l) => ({ ...l, likelihood: likelihood(l) }))] as const;
  });
  return new Map(scored);
};

type ByVariant = Map<string, Lesion[]>;
const gather = (into: ByVariant, from: ReadonlyMap<string, readonly Lesion[]>) => {
  for (const [name, lesions] of from) into.set(name, [...(into.get(name) ?? []), ...lesions]);
};
const cnn: ByVariant = new Map();
const analytic: ByVariant = new Map();
for (const k of values.folds.split(',').map(Number)) {
  gather(cnn, await scoreFold(k));
  gather(analytic, await measureFold(k));
}
/** The mean of both likelihoods, calibrated as the fold's machines are, lesion by lesion. */
const ensemble: ByVariant = new Map(
  [...analytic].map(([name, lesions]) => {
    const other = new Map(cnn.get(name)?.map((l) => [l.lesion, l.likelihood]));
    const voted = lesions.map((l) => {
      const mean = (l.likelihood + (other.get(l.lesion) as number)) / 2;
      const calibration = models[foldOfPatient.get(l.patient) as number]?.fused;
      const likelihood = calibration ? recalibrate(calibration, mean) : mean;
      return { ...l, score: likelihood, likelihood };
    });
    return [name, voted];
  }),
);

const aucOf = (lesions: readonly Lesion[], rows: readonly number[]): number | undefined => {
  const drawn = rows.map((row) => lesions[row] as Lesion);
  const malignant = drawn.map((l) => l.malignant);
  return hasBothClasses({ malignant })
    ? auc({ scores: drawn.map((l) => l.score), malignant })
    : undefined;
};

/** What each variant does to one arm, against the same lesions unchanged. */
const reportOf = (byVariant: ByVariant) => {
  const original = byVariant.get(ORIGINAL.name);
  if (!original) return [];
  const draws = clusterDraws(
    original.map((l) => l.patient),
    2000,
    SEED,
  );
  return [...byVariant].map(([name, lesions]) => {
    const differences = draws
      .map((rows) => (aucOf(lesions, rows) ?? 0) - (aucOf(original, rows) ?? 0))
      .sort((a, b) => a - b);
    const moves = lesions
      .map((l, i) => Math.abs(l.likelihood - (original[i] as Lesion).likelihood))
      .sort((a, b) => a - b);
    return {
      name,
      n: lesions.length,
      auc: reportAuc(lesions as readonly Case[]),
      /** Change of AUC against the original with its patient-bootstrap interval. */
      change: [quantile(differences, 0.025), quantile(differences, 0.975)],
      /** Absolute change of a lesion's likelihood: median and 95th percentile. */
      median: quantile(moves, 0.5),
      p95: quantile(moves, 0.95),
    };
  });
};
const report = reportOf(cnn);
writeFileSync(
  `${stem}.robustness.json`,
  `${JSON.stringify({ folds: values.folds, report, analytic: reportOf(analytic), ensemble: reportOf(ensemble) }, null, 1)}\n`,
);
for (const { name, auc: a, median, p95 } of report)
  console.log(
    `${name}: AUC ${a?.value.toFixed(3)}, likelihood moves ${median.toFixed(3)}, 95 % under ${p95.toFixed(3)}`,
  );
