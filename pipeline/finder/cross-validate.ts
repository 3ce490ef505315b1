// Cross-validates the finder on the training archive and fits what ships:
//   npm run finder:cv -- --graphs .cache/finder/graphs
// fold<k> of the graphs looks at the patients of fold k, whom it never saw; the models that rescore its
// marks are fitted on the other folds. Writes docs' evidence (pipeline/finder/results/evidence.json) and
// pipeline/finder/results/rules.json, the models fitted on all folds with the cross-validated operating points.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrate, fitPlatt } from '../../src/core/classifier/calibration.ts';
import { isHit } from '../../src/core/finder/candidates.ts';
import { breastEvidence } from '../../src/core/finder/exam-score.ts';
import { probability } from '../../src/core/finder/logistic.ts';
import {
  linkMasses,
  rescore,
  type Rescoring,
  type ScoredCandidate,
} from '../../src/core/finder/rescore.ts';
import { VIEW_CUES, type ViewCue } from '../../src/core/finder/view-cues.ts';
import { bootstrapInterval } from '../../src/core/stats/bootstrap.ts';
import { brier, ece } from '../../src/core/stats/calibration-metrics.ts';
import { auc, hasBothClasses } from '../../src/core/stats/roc.ts';

import { assignFolds } from '../protocol/folds.ts';
import { progress } from '../progress.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { asView, byBreast, fitRescoring, withoutLesions, type Found } from './fit-rescoring.ts';
import {
  FALSE_MARKS,
  froc,
  marksAnImage,
  sensitivityAt,
  type FrocPoint,
  type MarkedImage,
} from './froc.ts';
import { outOfFold, type FoundImage } from './out-of-fold.ts';
import { FINDER_RULE } from './rule.ts';
import { readFinderTable, type FinderImage } from './table.ts';

type Scorer = (test: readonly FoundImage[], models: Rescoring) => MarkedImage[];

const marked = (image: Found, scores: readonly number[]): MarkedImage => ({
  patient: image.patient,
  lesions: image.lesions,
  candidates: image.candidates.map(({ box }, i) => ({ box, score: scores[i] as number })),
});

/** The network's own order. */
const byNetwork: Scorer = (test) =>
  test.map((image) =>
    marked(
      image,
      image.candidates.map((c) => c.score),
    ),
  );

/** By what the mark's own view tells. */
const byOwnView: Scorer = (test, { own }) =>
  test.map((image) =>
    marked(
      image,
      image.candidates.map((c) => probability(own, c.cues)),
    ),
  );

const asMarked = (image: Found, scored: readonly ScoredCandidate[]): MarkedImage => ({
  patient: image.patient,
  lesions: image.lesions,
  candidates: scored.map(({ box, mass }) => ({ box, score: mass })),
});

/** By both views of the breast. */
const byBothViews: Scorer = (test, models) =>
  byBreast(test).flatMap((breast) => {
    const scored = rescore(breast.map(asView), models);
    return breast.map((image, i) => asMarked(image, scored[i] ?? []));
  });

const inFolds = (images: readonly FoundImage[]) =>
  Array.from({ length: FOLDS }, (_, k) => ({
    train: images.filter((image) => image.fold !== k),
    test: images.filter((image) => image.fold === k),
  }));

const without = (...cues: ViewCue[]): ViewCue[] => VIEW_CUES.filter((c) => !cues.includes(c));

const PLACE: ViewCue[] = ['breast', 'skin', 'wall', 'nipple', 'pectoral'];
const SIZE: ViewCue[] = ['size', 'sizeSquared', 'aspect'];

/** Each step of the false-mark reduction; the last is what ships. */
const STEPS: { name: string; cues: ViewCue[]; scorer: Scorer }[] = [
  { name: 'network alone', cues: ['score'], scorer: byNetwork },
  { name: 'size', cues: ['score', 'lead', ...SIZE], scorer: byOwnView },
  { name: 'size and place', cues: ['score', 'lead', ...SIZE, ...PLACE], scorer: byOwnView },
  { name: 'size, place and grey', cues: without('outcome'), scorer: byOwnView },
  { name: 'size, place, grey and likelihood', cues: without(), scorer: byOwnView },
  { name: 'all, and the other view', cues: without(), scorer: byBothViews },
  { name: 'all without likelihood', cues: without('outcome'), scorer: byBothViews },
  { name: 'all without place', cues: without(...PLACE), scorer: byBothViews },
  { name: 'all without size', cues: without(...SIZE), scorer: byBothViews },
  { name: 'all without grey', cues: without('contrast', 'grey'), scorer: byBothViews },
  { name: 'network and the other view', cues: ['score'], scorer: byBothViews },
];
const SHIPPED = 'all, and the other view';

/** Least false marks an image at which so many lesions are hit; undefined where none is enough. */
const falseMarksAt = (images: readonly MarkedImage[], sensitivity: number): number | undefined => {
  const best: number[] = [];
  const falses: number[] = [];
  for (const { lesions, candidates } of images) {
    for (const { box } of lesions)
      best.push(candidates.reduce((m, c) => (isHit(c.box, box) ? Math.max(m, c.score) : m), -1));
    for (const c of candidates)
      if (!lesions.some(({ box }) => isHit(c.box, box))) falses.push(c.score);
  }
  best.sort((a, b) => b - a);
  const threshold = best[Math.ceil(sensitivity * best.length) - 1];
  if (threshold === undefined || threshold < 0) return undefined;
  return falses.filter((score) => score >= threshold).length / images.length;
};

/** The threshold that so many marks an image are above. */
const thresholdFor = (images: readonly MarkedImage[], marks: number): number => {
  const scores = images.flatMap(({ candidates }) => candidates.map((c) => c.score));
  return scores.sort((a, b) => b - a)[Math.floor(marks * images.length)] ?? 0;
};

/** The breast's likelihood, calibrated on the other folds: malignant mass against benign only. */
export const scoreBreasts = (images: readonly FoundImage[]) => {
  const evidence = inFolds(images).flatMap(({ train, test }, fold) => {
    const models = fitRescoring(train);
    return byBreast(test).map((breast) => {
      const views = breast.map(asView);
      const masses = linkMasses(views, rescore(views, models), models.pair);
      const malignant = breast.some(({ lesions }) => lesions.some((lesion) => lesion.malignant));
      return { fold, patient: breast[0]?.patient ?? '', malignant, score: breastEvidence(masses) };
    });
  });
  const fit = (rows: typeof evidence) =>
    fitPlatt(
      rows.map((row) => row.score),
      rows.map((row) => row.malignant),
    );
  const likelihoods = evidence.map((row) =>
    calibrate(fit(evidence.filter(({ fold }) => fold !== row.fold)), row.score),
  );
  const patients = evidence.map((row) => row.patient);
  const areaOf = (rows: readonly number[]) => {
    const malignant = rows.map((i) => evidence[i]?.malignant === true);
    const scores = rows.map((i) => likelihoods[i] as number);
    return hasBothClasses({ malignant }) ? auc({ scores, malignant }) : undefined;
  };
  const labels = evidence.map((row) => row.malignant);
  return {
    calibration: fit(evidence),
    report: {
      breasts: evidence.length,
      malignant: labels.filter(Boolean).length,
      auc: areaOf(evidence.map((_, i) => i)),
      interval: bootstrapInterval(patients, areaOf, { replicates: 1000 }),
      brier: brier({ likelihoods, malignant: labels }),
      ece: ece({ likelihoods, malignant: labels }),
    },
  };
};

/** How often the mark of a lesion in one view is joined to its mark in the other. */
export const linking = (images: readonly FoundImage[]) => {
  let [lesions, both, joined, wrong] = [0, 0, 0, 0];
  for (const { train, test } of inFolds(images)) {
    const models = fitRescoring(train);
    for (const breast of byBreast(test)) {
      const views = breast.map(asView);
      const masses = linkMasses(views, rescore(views, models), models.pair);
      const hitBy = (view: number, box: ScoredCandidate['box']) =>
        breast[view]?.lesions.filter((l) => isHit(box, l.box)).map((l) => l.lesion) ?? [];
      const ids = new Set(breast.flatMap(({ lesions: all }) => all.map((l) => l.lesion)));
      for (const id of ids) {
        const seen = breast.filter(({ lesions: all }) => all.some((l) => l.lesion === id));
        if (new Set(seen.map(({ view }) => view)).size < 2) continue;
        lesions++;
        const of = masses.filter(({ marks }) =>
          marks.some(({ view, candidate }) => hitBy(view, candidate.box).includes(id)),
        );
        const views2 = new Set(
          of.flatMap(({ marks }) =>
            marks
              .filter(({ view, candidate }) => hitBy(view, candidate.box).includes(id))
              .map(({ view }) => breast[view]?.view),
          ),
        );
        if (views2.size < 2) continue;
        both++;
        const isWhole = (marks: (typeof of)[number]['marks']) =>
          marks.length === 2 &&
          marks.every(({ view, candidate }) => hitBy(view, candidate.box).includes(id));
        if (of.some(({ marks }) => isWhole(marks))) joined++;
        else if (of.some(({ marks }) => marks.length === 2)) wrong++;
      }
    }
  }
  return { lesionsInBothViews: lesions, markedInBoth: both, joined, joinedToAnother: wrong };
};

const firstMarks = (images: readonly MarkedImage[], most: number): number => {
  const ranks = images.flatMap(({ lesions, candidates }) => {
    const order = [...candidates].sort((a, b) => b.score - a.score).slice(0, most);
    return lesions.map(({ box }) => order.some((c) => isHit(c.box, box)));
  });
  return ranks.filter(Boolean).length / ranks.length;
};

const plain = (points: readonly FrocPoint[]) =>
  points.map(({ falseMarks, sensitivity, interval }) => ({ falseMarks, sensitivity, interval }));

export const foldsOf = (images: readonly FinderImage[]) =>
  assignFolds(
    images.flatMap(({ patient, lesions }) =>
      lesions.map(({ malignant }) => ({ patient, malignant: malignant === true })),
    ),
    FOLDS,
    SEED,
  );

const main = async () => {
  const { values } = parseArgs({
    options: {
      rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
      images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
      graphs: { type: 'string', default: '.cache/finder/graphs' },
      cache: { type: 'string', default: '.cache/finder/found' },
      mirror: { type: 'boolean', default: false },
      out: { type: 'string', default: 'pipeline/finder/results/evidence.json' },
      rules: { type: 'string', default: 'pipeline/finder/results/rules.json' },
    },
  });
  const table = readFinderTable(readFileSync(values.rois, 'utf8'));
  if (!table.ok) throw new Error(table.error);
  const rules = { working: RULES.working, input: FINDER_RULE };
  const { mirror, cache: cacheFolder } = values;
  const bar = progress('find', table.value.images.length, 'images');
  const images: FoundImage[] = [];
  const folds = foldsOf(table.value.images);
  for await (const image of outOfFold(
    table.value.images,
    folds,
    values.images,
    values.graphs,
    rules,
    { mirror, cacheFolder },
  )) {
    images.push(image);
    bar.step();
  }
  bar.done();
  const split = inFolds(images);
  const steps = STEPS.map(({ name, cues, scorer }) => {
    const parts = split.map(({ train, test }) => {
      const models = fitRescoring(train, cues);
      return { found: scorer(test, models), empty: scorer(test.map(withoutLesions), models) };
    });
    const found = parts.flatMap((part) => part.found);
    return { name, found, empty: parts.flatMap((part) => part.empty) };
  });
  const alone = steps[0]?.found ?? [];
  const last = steps.find(({ name }) => name === SHIPPED);
  const shipped = last?.found ?? [];
  const operatingPoints = FALSE_MARKS.map((falseMarks) => {
    const threshold = thresholdFor(last?.empty ?? [], falseMarks);
    const { sensitivity, interval } = sensitivityAt(shipped, threshold);
    return { falseMarks, threshold, sensitivity, interval };
  });
  const equal = [0.25, 0.5, 1].map((falseMarks) => {
    const sensitivity = froc(alone, undefined, 1).find(
      (p) => p.falseMarks === falseMarks,
    )?.sensitivity;
    const now = falseMarksAt(shipped, sensitivity ?? 1);
    return { sensitivity, networkAlone: falseMarks, shipped: now };
  });
  const breasts = scoreBreasts(images);
  const evidence = {
    images: images.length,
    lesionMarks: images.reduce((n, { lesions }) => n + lesions.length, 0),
    patients: new Set(images.map(({ patient }) => patient)).size,
    mirror,
    froc: {
      all: plain(froc(shipped)),
      malignant: plain(froc(shipped, ({ malignant }) => malignant === true)),
    },
    firstMark: firstMarks(shipped, 1),
    firstTwoMarks: firstMarks(shipped, 2),
    falseMarksAtEqualSensitivity: equal,
    operatingPoints,
    ablation: steps.map(({ name, found, empty }) => ({
      name,
      // Marks an image as if it held no lesion, at the threshold of each point.
      withoutLesion: froc(found, undefined, 1).map((p) => marksAnImage(empty, p.threshold)),
      sensitivityByEmpty: FALSE_MARKS.map(
        (n) => sensitivityAt(found, thresholdFor(empty, n), 1).sensitivity,
      ),
      all: froc(found, undefined, 1).map((p) => p.sensitivity),
      malignant: froc(found, (l) => l.malignant === true, 1).map((p) => p.sensitivity),
    })),
    linking: linking(images),
    breast: breasts.report,
  };
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(evidence, null, 1)}\n`);
  mkdirSync(dirname(values.rules), { recursive: true });
  writeFileSync(
    values.rules,
    JSON.stringify({
      input: FINDER_RULE,
      mirror,
      rescoring: fitRescoring(images),
      breastCalibration: breasts.calibration,
      operatingPoints,
    }),
  );
  console.log(JSON.stringify(evidence, null, 1));
};

if (process.argv[1]?.endsWith('cross-validate.ts')) await main();
