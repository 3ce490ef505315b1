// Compares two packs on the lesions that count in both, by the out-of-fold scores in their reference.json:
//   npm run pipeline -- packs:compare --rois FILE.csv public/models/tandem-m2 public/models/tandem-m1
// With --json FILE the figures are also written, for the report. Prints, for each arm and for both together, the areas under the ROC curve, their difference and its
// paired DeLong interval. The likelihoods rank as the calibrations of each pack make them.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { aucDelong, pairedDelong } from '../../src/core/stats/delong.ts';
import { isLoneBox, readRois, type Roi } from '../data/rois.ts';
import { readPack } from '../pack/read-pack.ts';

const { values, positionals } = parseArgs({
  options: { rois: { type: 'string' }, json: { type: 'string' } },
  allowPositionals: true,
});
if (!values.rois || positionals.length !== 2)
  throw new Error('Say --rois FILE.csv and two folders of packs.');
const table = readRois(readFileSync(values.rois, 'utf8'));
if (!table.ok) throw new Error(table.error);
const byLesion = new Map<string, Roi>();
for (const roi of table.value.rois) if (!byLesion.has(roi.lesion)) byLesion.set(roi.lesion, roi);
const lesions = [...byLesion.values()];
const counted = lesions.filter((roi) => !isLoneBox(roi.lesion));

/** Scores of the counted lesions, in the order of the table; a pack lists all of it, or what counts. */
const scoresOf = (folder: string) => {
  const pack = readPack(folder);
  if (!pack.ok) throw new Error(pack.error);
  const listed = pack.value.reference.lesions;
  const order = [lesions, counted].find(({ length }) => length === listed.length);
  const fits = order?.every(
    ({ malignant }, i) => malignant === (listed[i]?.pathology === 'malignant'),
  );
  if (!order || !fits)
    throw new Error(`${folder}: its reference lesions are not those of the table.`);
  return listed.filter((_, i) => !isLoneBox((order[i] as Roi).lesion));
};

const [first = [], second = []] = positionals.map(scoresOf);
const malignant = counted.map((roi) => roi.malignant === true);
const digits = (value: number) => value.toFixed(3);
const ARMS = { cnn: 'network', analytic: 'measured', both: 'both' } as const;
const arms = Object.entries(ARMS).map(([arm, name]) => {
  const of = (list: typeof first) =>
    list.map((lesion) =>
      arm === 'both' ? lesion.likelihood : (lesion[arm as 'cnn' | 'analytic']?.score ?? Number.NaN),
    );
  const [a, b] = [of(first), of(second)];
  const auc = (scores: number[]) => aucDelong({ scores, malignant }).value;
  return { arm: name, first: auc(a), second: auc(b), ...pairedDelong(a, b, malignant) };
});
for (const { arm, first: a, second: b, difference, interval, p } of arms)
  console.log(
    `${arm}: ${digits(a)} against ${digits(b)}, difference ${digits(difference)} (${digits(interval[0])} to ${digits(interval[1])}), p ${p.toPrecision(2)}; ${malignant.length} lesions`,
  );
if (values.json) {
  const packs = positionals.map((folder) => basename(folder));
  const command = `npm run pipeline -- packs:compare --rois ${values.rois} ${positionals.join(' ')} --json ${values.json}`;
  const figures = { packs, lesions: malignant.length, arms, command };
  writeFileSync(values.json, `${JSON.stringify(figures, null, 1)}\n`);
}
