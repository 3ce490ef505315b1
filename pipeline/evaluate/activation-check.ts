// Does the class-activation map point at what the score rests on? Deletes the tenth of a patch that
// the map weights most, and for comparison a tenth chosen by the same map with its cells shuffled:
//   npm run pipeline -- activation [--pack DIR] [--lesions 200]
// A deleted pixel becomes the mean of its patch, or loses its detail. Writes .cache/train/activation.json for the report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadNetwork } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import { decisionGradient, decisionValue } from '../../src/core/classifier/svm.ts';
import { activationMap, type ActivationMap } from '../../src/core/explain/activation-map.ts';
import { bilinear } from '../../src/core/image/resample.ts';
import { gaussianSmooth } from '../../src/core/segmentation/smooth.ts';
import { bootstrapInterval } from '../../src/core/stats/bootstrap.ts';
import { readRois } from '../data/rois.ts';
import { patchesOf } from '../features/patches.ts';
import { readPack } from '../pack/read-pack.ts';
import { SEED } from '../protocol/rules.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const SHARE = 0.1;

const { values } = parseArgs({
  options: {
    rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
    images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
    pack: { type: 'string', default: 'public/models/tandem-m2' },
    cache: { type: 'string', default: '.cache/train/patches' },
    lesions: { type: 'string', default: '200' },
    out: { type: 'string', default: '.cache/train/activation.json' },
  },
});

/** The map at the patch's resolution, bilinear between the centres of its cells. */
const enlarge = ({ rows, columns, values: data }: ActivationMap, size: number): Float32Array => {
  const raster = { width: columns, height: rows, data };
  return Float32Array.from({ length: size * size }, (_, i) =>
    bilinear(
      raster,
      (((i % size) + 0.5) * columns) / size,
      ((Math.floor(i / size) + 0.5) * rows) / size,
    ),
  );
};

/** The patch with the tenth of its pixels where `weight` is highest replaced by those of `fill`. */
const without = (patch: Float32Array, weight: Float32Array, fill: Float32Array): Float32Array => {
  const cut = [...weight].sort((a, b) => b - a)[Math.floor(SHARE * weight.length)] as number;
  return patch.map((v, i) => ((weight[i] as number) > cut ? (fill[i] as number) : v));
};

/** What a deleted pixel becomes: the mean of the patch, or the patch without its detail. */
const FILLS = {
  mean: (patch: Float32Array): Float32Array =>
    new Float32Array(patch.length).fill(patch.reduce((sum, v) => sum + v, 0) / patch.length),
  blurred: (patch: Float32Array, size: number): Float32Array =>
    gaussianSmooth({ width: size, height: size, data: patch }, size / 16).data,
} as const;

const shuffled = (map: ActivationMap, random: () => number): ActivationMap => {
  const cells = [...map.values]
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key);
  return { ...map, values: Float32Array.from(cells, ({ value }) => value) };
};

const main = async () => {
  const pack = readPack(values.pack);
  if (!pack.ok) throw new Error(pack.error);
  const { manifest, svms, graph } = pack.value;
  const { taps, activationTap } = manifest.backbone;
  if (activationTap === undefined) throw new Error('the pack has no activation tap');
  const table = readRois(readFileSync(values.rois, 'utf8'));
  if (!table.ok) throw new Error(table.error);
  // One view a lesion, spread over the table.
  const firstViews = [...new Map(table.value.rois.map((roi) => [roi.lesion, roi])).values()];
  const step = Math.max(1, Math.floor(firstViews.length / Number(values.lesions)));
  const rois = firstViews.filter((_, i) => i % step === 0).slice(0, Number(values.lesions));
  await useWasmInNode();
  const network = await loadNetwork(manifest, graph.files);
  const random = seededRandom(SEED);
  const { size } = manifest.patch;
  const scoreOf = async (patch: Float32Array) =>
    Math.abs(decisionValue(svms.cnn, (await network.features([patch]))[0] as Float32Array));
  const rules = { working: manifest.working, patch: manifest.patch };
  const found: { patient: string; patch: Float32Array; score: number; map: ActivationMap }[] = [];
  for await (const cut of patchesOf(rois, values.images, rules, { cacheFolder: values.cache })) {
    if (!cut.ok) continue;
    const { pixels: patch, roi } = cut.value;
    const [answer] = await network.answers([patch]);
    if (!answer) continue;
    const score = decisionValue(svms.cnn, answer.features);
    const gradient = decisionGradient(svms.cnn, answer.features);
    const map = activationMap(taps, activationTap, gradient, answer.map);
    if (!map) continue;
    // What speaks for the sign of the score.
    const towards = { ...map, values: map.values.map((v) => v * Math.sign(score)) };
    found.push({ patient: roi.patient, patch, score: Math.abs(score), map: towards });
  }
  const results = [];
  for (const [fill, of] of Object.entries(FILLS)) {
    const drops: { weighted: number; random: number }[] = [];
    for (const { patch, score, map } of found) {
      const filled = of(patch, size);
      const drop = async (by: ActivationMap) =>
        score - (await scoreOf(without(patch, enlarge(by, size), filled)));
      drops.push({ weighted: await drop(map), random: await drop(shuffled(map, random)) });
    }
    const mean = (value: (d: (typeof drops)[number]) => number, rows = [...drops.keys()]) =>
      rows.reduce((sum, i) => sum + value(drops[i] as (typeof drops)[number]), 0) / rows.length;
    const difference = (d: (typeof drops)[number]) => d.weighted - d.random;
    results.push({
      fill,
      n: drops.length,
      weighted: mean((d) => d.weighted),
      random: mean((d) => d.random),
      difference: mean(difference),
      interval: bootstrapInterval(
        found.map((f) => f.patient),
        (rows) => mean(difference, [...rows]),
        { replicates: 2000, seed: SEED },
      ),
    });
  }
  network.dispose();
  mkdirSync('.cache/train', { recursive: true });
  writeFileSync(values.out, `${JSON.stringify(results, null, 1)}\n`);
  console.log(results);
};

await main();
