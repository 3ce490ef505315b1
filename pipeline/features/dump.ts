// Pooled features of every box by each fold's network, for pipeline/backbone/machines.py:
//   npm run pipeline -- features [--rois FILE.csv] [--images DIR]
// foldK.f32: rows of the table that have a patch, one after another; rows.json: what they are.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRois } from '../data/rois.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { extractTraining, foldsOf, labelled, readBackbones } from '../train/train-data.ts';

const { values } = parseArgs({
  options: {
    rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
    images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
    backbone: { type: 'string', default: '.cache/backbone' },
    cache: { type: 'string', default: '.cache/train' },
    out: { type: 'string', default: '.cache/dump' },
  },
});
const table = readRois(readFileSync(values.rois, 'utf8'));
if (!table.ok) throw new Error(table.error);
const { rois } = labelled(table.value.rois);
const fold = foldsOf(rois, FOLDS, SEED);
const backbones = readBackbones(values.backbone, FOLDS);
const data = await extractTraining(rois, values.images, RULES, backbones, FOLDS, values.cache);
mkdirSync(values.out, { recursive: true });
data.byFold.forEach((vectors, k) => {
  const length = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * length);
  vectors.forEach((vector, i) => all.set(vector, i * length));
  writeFileSync(`${values.out}/fold${k}.f32`, new Uint8Array(all.buffer));
});
const rows = data.rois.map(({ line, lesion, patient, malignant }) => ({
  line,
  lesion,
  malignant,
  fold: fold.get(patient),
}));
writeFileSync(`${values.out}/rows.json`, JSON.stringify({ taps: data.candidates, rows }));
