// Cross-validates and trains both arms, and writes a model pack:
//   npm run train -- --rois FILE.csv --images DIR [--backbone DIR] [--out PACK] [--results FILE]
// With --arms cnn the analytic arm is left out. With --search RESULTS.json the settings are those that an
// earlier run with the same rows searched, and are trained and judged alone.
// Exit code 0: all rows used; 3: some were left out; 1: no pack was made.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { LIST_MOVES } from '../analytic/moved-boxes.ts';
import { cardOf } from '../card/card-of.ts';
import { readNetworkScores } from '../cv/replicates.ts';
import { readRois } from '../data/rois.ts';
import { fail, tryWriting } from '../fail.ts';
import type { PatchRules } from '../features/patches.ts';
import { writePack } from '../pack/write-pack.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import type { Results } from '../report/markdown.ts';
import { startLibsvm } from '../svm/libsvm.ts';
import { judge } from './cases.ts';
import { intervalOf } from './interval.ts';
import { foldMachines, shippedMachines } from './machines.ts';
import { makeManifest } from './manifest.ts';
import { measureArm } from './measured-arm.ts';
import { usedScores, validateNetworkArm } from './network-arm.ts';
import { referenceFile } from './reference.ts';
import { resultsOf, summary } from './results.ts';
import {
  extractTraining,
  foldsOf,
  labelled,
  missingGraphs,
  readBackbones,
  type FoldedTraining,
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

const readOptions = () => {
  const { values } = parseArgs({ options });
  const { rois, images } = values;
  if (!rois || !images)
    return fail(
      'usage: npm run train -- --rois FILE.csv --images DIR [--backbone DIR] [--out PACK]',
    );
  const patch = { ...RULES.patch, size: Number(values.size) };
  return {
    ...values,
    ...{ rois, images, seed: Number(values.seed), rules: { ...RULES, patch } },
    out: values.out ?? `.cache/packs/${values.id}`,
  };
};
type Options = ReturnType<typeof readOptions>;

/** The rows that can be trained on, with their features by every network, and why others cannot. */
const readTraining = async (given: Options) => {
  const { rois: table, images, backbone, rules, seed, cache } = given;
  const read = readRois(readFileSync(table, 'utf8'));
  if (!read.ok) return fail(`${table}: ${read.error}`);
  const usable = labelled(read.value.rois);
  const foldOfPatient = foldsOf(usable.rois, FOLDS, seed);
  const missing = missingGraphs(backbone, FOLDS);
  if (missing.length) return fail(`no graph at ${missing.join(', ')}: see pipeline/backbone`);
  for (const file of [given.results, join(given.out, 'manifest.json')]) {
    mkdirSync(dirname(file), { recursive: true });
    tryWriting(file);
  }
  const backbones = readBackbones(backbone, FOLDS);
  const features = await extractTraining(usable.rois, images, rules, backbones, FOLDS, cache);
  const problems = [...read.value.problems, ...usable.problems, ...features.problems];
  for (const { line, reason } of problems) console.error(`line ${line}: ${reason}`);
  const positives = features.rois.filter((roi) => roi.malignant).length;
  if (positives === 0 || positives === features.rois.length)
    return fail('all usable rows have the same pathology: both are needed to train');
  const fold = features.rois.map((roi) => foldOfPatient.get(roi.patient) as number);
  const data: FoldedTraining = { ...features, fold, seed };
  return { data, backbones, problems, labelled: usable.rois, foldOfPatient };
};

/** The settings that an earlier run chose, in any fold or to ship, by their descriptions. */
const readSearch = (file: string) => {
  const { chosen, final, analytic } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const of = (arm: Pick<Results, 'chosen' | 'final'> | undefined) =>
    new Set(arm ? [...arm.chosen.map((c) => c.setting), arm.final] : []);
  return { cnn: of({ chosen, final }), analytic: of(analytic) };
};

const writeResults = (
  file: string,
  results: ReturnType<typeof resultsOf>,
  folds: { rules: PatchRules; backbone: string; models: ReturnType<typeof foldMachines> },
): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  // The five cross-validated machines, for the robustness figures: they score held-out lesions only.
  writeFileSync(file.replace(/(\.json)?$/, '.folds.json'), JSON.stringify(folds));
};

const main = async () => {
  const given = readOptions();
  const { rules, images, backbone } = given;
  const { data, backbones, problems, ...table } = await readTraining(given);

  const start = performance.now();
  const libsvm = await startLibsvm();
  const earlier = given.search === undefined ? undefined : readSearch(given.search);
  const validation = validateNetworkArm(libsvm, data, earlier?.cnn);
  const kept = readNetworkScores(backbone);
  const networks = kept && usedScores(kept, table.labelled, table.foldOfPatient, data);
  const boxes = {
    ...{ imagesFolder: images, rules, cacheFolder: `${given.cache}/analytic` },
    moves: networks ? LIST_MOVES : [],
  };
  const measured = given.arms.split(',').includes('analytic')
    ? await measureArm(libsvm, data, boxes, earlier?.analytic)
    : undefined;
  const { setting } = validation.final;
  const judged = judge(data, {
    cnn: validation.final.scores,
    analytic: measured?.validation.final.scores,
  });
  const interval =
    networks && measured ? intervalOf(libsvm, data, judged, measured, networks) : undefined;
  const manifest = makeManifest(given, rules, data, setting, !!measured, judged, interval);
  const { schemaId } = manifest.features.cnn;
  const svms = shippedMachines(libsvm, data, setting, measured, judged, schemaId);
  const seconds = (performance.now() - start) / 1000;

  const models = foldMachines(libsvm, data, setting, measured, judged);
  const { id, network } = given;
  const results = resultsOf({
    ...{ id, network, singleNetwork: backbones.single, data, validation, measured, judged },
    ...{ networks, interval, seconds, problems },
  });
  writeResults(given.results, results, { rules, backbone, models });
  const { bytes } = await writePack(
    given.out,
    backbones.final,
    manifest,
    svms,
    referenceFile(judged, measured),
    cardOf(results, given.version),
  );
  for (const line of summary(results)) console.log(line);
  console.log(`${given.out}: ${(bytes / 1e6).toFixed(2)} MB`);
  if (problems.length) process.exitCode = 3;
};

await main();
