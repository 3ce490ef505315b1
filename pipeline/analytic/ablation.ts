// What the analytic arm rests on, and where it stops: each family of features alone and left out;
// the same features on breast away from any lesion (what film and breast give away by themselves),
// with and without local binary patterns; and which lesions each arm loses:
//   npm run ablation
// Reads what `npm run train` left; writes .cache/train/ablation.json for the report.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import { selectAnalytic } from '../../src/core/features/analytic/select-features.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { bootstrapInterval } from '../../src/core/stats/bootstrap.ts';
import { pairedDelong } from '../../src/core/stats/delong.ts';
import { atSpecificity } from '../../src/core/stats/roc.ts';
import { lesionMeans } from '../cv/search.ts';
import { reportAuc, type Case } from '../protocol/metrics.ts';
import { progress } from '../progress.ts';
import { SEED } from '../protocol/rules.ts';
import { startLibsvm } from '../svm/libsvm.ts';
import { elsewhere } from './elsewhere.ts';
import {
  armInput,
  lesionsOf,
  measured,
  pick,
  readResults,
  SHIPPED_NAMES,
  SOURCES,
  trainingBoxes,
} from './evidence-data.ts';
import { columnsByFamily, familyOf } from './families.ts';
import { scoresOf, type ArmInput, type ArmSetting } from './nested.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const { values } = parseArgs({ options: SOURCES });
const { rois, fold } = trainingBoxes(values);
const results = readResults(values);
const table = await measured(rois, values, `${values.cache}/analytic`);
const libsvm = await startLibsvm();

/** One machine for all, from the middle of the arm's grid: nothing is searched, so nothing is nested. */
const MACHINE: ArmSetting = { features: Infinity, kernel: 'rbf', c: 3, gamma: 0.3 };
/** Lesions whose films the control looks at, one view each. */
const CONTROL_LESIONS = 400;
const PATTERNS = 'local binary patterns';
const all = [...SHIPPED_NAMES.keys()];
const families = columnsByFamily(SHIPPED_NAMES);

/** Out-of-fold scores with some of the columns. */
const scoresWith = (of: ArmInput, columns: readonly number[]): number[] => {
  const sub = { ...of, table: pick(of.table, columns) };
  const rows = [...of.rows.keys()];
  const scores = new Array<number>(rows.length);
  for (let k = 0; k < of.folds; k++) {
    const heldOut = rows.filter((i) => of.fold[i] === k);
    const training = rows.filter((i) => of.fold[i] !== k);
    const [found] = scoresOf(libsvm, sub, [MACHINE], training, heldOut);
    heldOut.forEach((row, i) => (scores[row] = found?.[i] as number));
  }
  return scores;
};

const input = armInput(rois, fold, table);
const malignant = results.lesions.map((l) => l.malignant);
const whole = lesionsOf(input, scoresWith(input, all));
const bar = progress('families', 2 * families.length, 'arms');
const judged = (columns: readonly number[]) => {
  const lesions = lesionsOf(input, scoresWith(input, columns));
  bar.step();
  const likelihoods = (cases: readonly Case[]) => cases.map((c) => c.likelihood);
  return {
    auc: reportAuc(lesions),
    /** Against all features. */
    difference: pairedDelong(likelihoods(lesions), likelihoods(whole), malignant),
  };
};
const ablation = families.map(({ family, columns }) => ({
  family,
  features: columns.length,
  alone: judged(columns),
  without: judged(all.filter((c) => !columns.includes(c))),
}));
bar.done();

/** Rows of one view each of some lesions, by a seeded draw. */
const oneViewEach = (count: number): number[] => {
  const views = new Map<string, number[]>();
  rois.forEach(({ lesion }, i) => views.set(lesion, [...(views.get(lesion) ?? []), i]));
  const random = seededRandom(SEED);
  return [...views.values()]
    .map((rows) => ({ row: rows[Math.floor(random() * rows.length)] as number, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ row }) => row)
    .sort((a, b) => a - b);
};

/** What the same features tell away from every lesion. */
const control = async () => {
  const sample = oneViewEach(CONTROL_LESIONS);
  const asked = sample.map((i) => rois[i] as (typeof rois)[number]);
  const measuredAway = await measured(asked, values, `${values.cache}/elsewhere`, elsewhere(rois));
  const vectors = new Map(sample.map((row, i) => [row, measuredAway[i] as Float32Array]));
  const found = sample.filter((i) => (vectors.get(i)?.length ?? 0) > 0);
  const rows = found.map((i) => rois[i] as (typeof rois)[number]);
  const folds = found.map((i) => fold[i] as number);
  const away = armInput(
    rows,
    folds,
    found.map((i) => vectors.get(i) as Float32Array),
  );
  const there = armInput(
    rows,
    folds,
    found.map((i) => table[i] as Float32Array),
  );
  const report = (of: ArmInput, scores: readonly number[]) => reportAuc(lesionsOf(of, scores));
  const without = all.filter((c) => familyOf(SHIPPED_NAMES[c] as string) !== PATTERNS);
  const size = all.filter((c) => familyOf(SHIPPED_NAMES[c] as string).startsWith('size'));
  const noSize = all.filter((c) => !size.includes(c));
  const box = all.filter((c) => /^box\./.test(SHIPPED_NAMES[c] as string));
  const patterns = all.filter((c) => !without.includes(c));
  const trained = (columns: readonly number[]) => report(away, scoresWith(away, columns));
  const { models } = JSON.parse(
    readFileSync(values.results.replace(/\.json$/, '.folds.json'), 'utf8'),
  ) as {
    models: { analytic?: { svm: SvmFile; features: string[] } }[];
  };
  const byLesionMachine = rows.map((_, i) => {
    const machine = models[folds[i] as number]?.analytic;
    if (!machine) throw new Error('no analytic fold machines: run npm run train');
    return decisionValue(
      machine.svm,
      selectAnalytic(away.table[i] as Float32Array, machine.features),
    );
  });
  return {
    boxes: rows.length,
    lesions: lesionMeans(rows, [...rows.keys()], byLesionMachine).length,
    /** The machines that were trained on lesions, scoring tissue away from them. */
    scoredElsewhere: report(away, byLesionMachine),
    /** Machines trained on that tissue, by the outcome of the film's lesion. */
    trainedElsewhere: [
      { name: 'all features', auc: trained(all) },
      { name: `without ${PATTERNS}`, auc: trained(without) },
      { name: `${PATTERNS} alone`, auc: trained(patterns) },
      { name: 'without size of lesion and box', auc: trained(noSize) },
      { name: 'box size and aspect alone', auc: trained(box) },
    ],
    /** The lesions of the same boxes, for comparison. */
    lesion: [
      { name: 'all features', auc: report(there, scoresWith(there, all)) },
      {
        name: `without ${PATTERNS}`,
        auc: report(there, scoresWith(there, without)),
      },
    ],
  };
};

const SPECIFICITY = 0.8;

/** Median of the views' effective diameters, by lesion, mm of the nominal pitch. */
const diameters = (): Map<string, number> => {
  const column = SHIPPED_NAMES.indexOf('shape.diameter');
  const scores = table.map((row) => row[column] as number);
  return new Map(
    lesionMeans(rois, [...rois.keys()], scores).map(({ lesion, score }) => [lesion, score]),
  );
};

/** How many malignant lesions each arm calls, and benign ones it spares, at one cut for all. */
const lost = () => {
  const size = diameters();
  const sorted = [...size.values()].sort((a, b) => a - b);
  const third = (k: number) => sorted[Math.floor((k * sorted.length) / 3)] as number;
  const sizeOf = (lesion: string) => {
    const v = size.get(lesion) as number;
    return v < third(1)
      ? `under ${third(1).toFixed(1)} mm`
      : v < third(2)
        ? `${third(1).toFixed(1)} to ${third(2).toFixed(1)} mm`
        : `${third(2).toFixed(1)} mm and more`;
  };
  const arms = {
    cnn: results.lesions.map((l) => l.likelihood),
    analytic: results.analytic.lesions.map((l) => l.likelihood),
    ensemble: results.ensemble.map((l) => l.likelihood),
  };
  const called = Object.fromEntries(
    Object.entries(arms).map(([arm, scores]) => {
      const { threshold } = atSpecificity({ scores, malignant }, SPECIFICITY);
      return [arm, scores.map((v) => v >= threshold)];
    }),
  ) as Record<keyof typeof arms, boolean[]>;
  const share = (members: readonly number[], hits: readonly boolean[]) => {
    const rate = (rows: readonly number[]) =>
      rows.length ? rows.filter((i) => hits[i]).length / rows.length : undefined;
    return {
      n: members.length,
      value: rate(members) ?? null,
      interval:
        bootstrapInterval(
          members.map((i) => results.lesions[i]?.patient as string),
          (drawn) => rate(drawn.map((d) => members[d] as number)),
          { seed: SEED },
        ) ?? null,
    };
  };
  const group = (by: string, value: string, test: (i: number) => boolean) => {
    const members = [...malignant.keys()].filter(test);
    const bad = members.filter((i) => malignant[i]);
    const good = members.filter((i) => !malignant[i]);
    const spared = (hits: readonly boolean[]) => hits.map((v) => !v);
    return {
      by,
      value,
      sensitivity: {
        cnn: share(bad, called.cnn),
        analytic: share(bad, called.analytic),
        ensemble: share(bad, called.ensemble),
      },
      specificity: { ensemble: share(good, spared(called.ensemble)) },
      /** Malignant lesions that both arms miss. */
      missedByBoth: bad.filter((i) => !called.cnn[i] && !called.analytic[i]).length,
      auc: {
        analytic: reportAuc(
          members.map((i) => ({
            ...(results.lesions[i] as (typeof results.lesions)[number]),
            ...(results.analytic.lesions[i] as { score: number; likelihood: number }),
          })),
        ),
      },
    };
  };
  const by = (name: string, of: (i: number) => string) =>
    [...new Set([...malignant.keys()].map(of))]
      .filter((v) => v !== '')
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((v) => group(name, v, (i) => of(i) === v))
      .filter((g) => g.sensitivity.ensemble.n >= 10);
  const record = (i: number) => results.lesions[i] as (typeof results.lesions)[number];
  return [
    group('all', '', () => true),
    ...by('margin', (i) => record(i).margins),
    ...by('subtlety', (i) => record(i).subtlety),
    ...by('density', (i) => record(i).density),
    ...by('size', (i) => sizeOf(record(i).lesion)),
    ...by('views', (i) => String(record(i).views)),
  ];
};

const write = (report: object) =>
  writeFileSync(`${values.cache}/ablation.json`, `${JSON.stringify(report, null, 1)}\n`);
const first = {
  all: { features: all.length, auc: reportAuc(whole) },
  families: ablation,
  specificity: SPECIFICITY,
  lost: lost(),
};
write(first);
for (const { family, alone, without } of first.families)
  console.log(
    `${family}: alone ${alone.auc?.value.toFixed(3)}, left out ${without.auc?.value.toFixed(3)} (${without.difference.difference.toFixed(3)})`,
  );
const away = await control();
write({ ...first, control: away });
for (const { name, auc } of away.trainedElsewhere)
  console.log(`away from lesions, ${name}: ${auc?.value.toFixed(3)}`);
