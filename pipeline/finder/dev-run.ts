import { readFileSync } from 'node:fs';
import { assignFolds } from '../folds.ts';
import { FOLDS, RULES, SEED } from '../rules.ts';
import { outOfFold } from './out-of-fold.ts';
import { FINDER_RULE } from './rule.ts';
import { readFinderTable } from './table.ts';
const D = '../shared/data/cbis-ddsm-mass';
const t = readFinderTable(readFileSync(D + '/rois.csv', 'utf8'));
if (!t.ok) throw 1;
const folds = assignFolds(
  t.value.images.map((i) => ({
    patient: i.patient,
    malignant: i.lesions.some((l) => l.malignant),
  })),
  FOLDS,
  SEED,
);
const [graphs, part, parts] = [
  process.argv[2] ?? '',
  Number(process.argv[3]),
  Number(process.argv[4]),
];
const mine = t.value.images.filter((_, n) => n % parts === part);
let n = 0;
const start = Date.now();
for await (const _ of outOfFold(
  mine,
  folds,
  D + '/images',
  graphs,
  { working: RULES.working, input: FINDER_RULE },
  { mirror: false, cacheFolder: '.cache/finder/found' },
))
  if (++n % 20 === 0) console.log(n, ((Date.now() - start) / n / 1000).toFixed(2), 's an image');
