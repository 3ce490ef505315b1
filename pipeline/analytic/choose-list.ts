// Chooses the features of the analytic arm without looking at any outcome:
//   npm run pipeline -- lists:choose   -> pipeline/analytic/list.json
// 1. Of the families ever tried, those that cost least for what they measure: no second, wider frame
//    (lines and edges by ring, finest patterns, grey by ring: 290 ms of 420 ms a view) and no
//    co-occurrence matrices (Haralick).
// 2. Of those the features that say the same of a box drawn otherwise: intraclass correlation over the
//    box as marked and two moved ones of at least REPEATABLE.
// 3. Of two that correlate by more than ALIKE the first of the schema.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measured, SHIPPED_NAMES, SOURCES, trainingBoxes } from './evidence-data.ts';
import { prune } from './lists.ts';
import { LIST_MOVES, movedRoi } from './moved-boxes.ts';

const REPEATABLE = 0.75;
const COSTLY = /^haralick\./;

/** Intraclass correlation ICC(1,1) of several measurements of the same things, rows of one length. */
export const intraclass = (measurements: readonly ArrayLike<number>[]): number => {
  const [k, n] = [measurements.length, measurements[0]?.length ?? 0];
  const means = Array.from(
    { length: n },
    (_, i) => measurements.reduce((s, m) => s + (m[i] as number), 0) / k,
  );
  const grand = means.reduce((s, v) => s + v, 0) / n;
  const between = (k * means.reduce((s, v) => s + (v - grand) * (v - grand), 0)) / (n - 1);
  const within =
    measurements.reduce(
      (s, m) => s + means.reduce((t, v, i) => t + ((m[i] as number) - v) ** 2, 0),
      0,
    ) /
    (n * (k - 1));
  return between + (k - 1) * within > 0 ? (between - within) / (between + (k - 1) * within) : 0;
};

const main = async () => {
  const { values } = parseArgs({ options: SOURCES });
  const { rois } = trainingBoxes(values);
  const cache = `${values.cache}/analytic`;
  const asMarked = await measured(rois, values, cache);
  const moved: Float32Array[][] = [];
  for (const move of LIST_MOVES)
    moved.push(
      await measured(
        rois.map((roi) => movedRoi(roi, move)),
        values,
        cache,
      ),
    );
  const column = (table: readonly ArrayLike<number>[], f: number) =>
    Float64Array.from(table, (row) => row[f] as number);
  const repeatable = [...SHIPPED_NAMES.keys()].filter((f) => {
    if (COSTLY.test(SHIPPED_NAMES[f] as string)) return false;
    return intraclass([asMarked, ...moved].map((table) => column(table, f))) >= REPEATABLE;
  });
  const names = prune(asMarked, [...rois.keys()], repeatable).map(
    (f) => SHIPPED_NAMES[f] as string,
  );
  writeFileSync('pipeline/analytic/list.json', `${JSON.stringify(names, null, 1)}\n`);
  console.log(
    `${names.length} of ${SHIPPED_NAMES.length} features, ${repeatable.length} repeatable`,
  );
};

if (process.argv[1]?.endsWith('choose-list.ts')) await main();
