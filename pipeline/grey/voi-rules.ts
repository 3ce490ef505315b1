import { sayIn } from '../../src/i18n/say.ts';
// How a non-linear VOI changes scores, applied or left out:
//   npx tsx pipeline/grey/voi-rules.ts --pack DIR --rois FILE.csv --images DIR [--lesions N]
// Each picture is taken for one that is finished as it is. "applied": a SIGMOID stored beside it is
// applied, though it needs none. "left out": it is stored so that the SIGMOID makes it what it is, and
// the SIGMOID is left out. Printed: mean and largest change of the fused likelihood, and the AUC.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadNetwork } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { maskedPercentile, toWorkingImage } from '../../src/core/image/working-image.ts';
import { resample } from '../../src/core/image/resample.ts';
import { breastMask } from '../../src/core/image/breast-mask.ts';
import { scoreLesion, type ViewFeatures } from '../../src/core/lesion/score-lesion.ts';
import { viewInput } from '../../src/core/lesion/view-input.ts';
import { auc } from '../../src/core/stats/roc.ts';
import { decodeImage } from '../data/read-image.ts';
import { readRois, type Roi } from '../data/rois.ts';
import { readPack } from '../pack/read-pack.ts';

interface Curve {
  readonly name: string;
  /** Grey of the finished picture, 0 to 1, to grey as stored, 0 to 1; `low` and `high` bound its tissue. */
  readonly of: (low: number, high: number) => (grey: number) => number;
}

/** SIGMOID of PS3.3 C.11.2.1.3.1 centred on the tissue, `times` as wide as it, spread to [0, 1]. */
const sigmoid = (times: number, low: number, high: number) => {
  const [centre, width] = [(low + high) / 2, times * (high - low)];
  const raw = (x: number) => 1 / (1 + Math.exp((-4 * (x - centre)) / width));
  const [from, to] = [raw(0), raw(1)];
  return {
    forth: (x: number) => (raw(x) - from) / (to - from),
    back: (y: number) => centre - (width / 4) * Math.log(1 / (from + y * (to - from)) - 1),
  };
};

const CURVES: readonly Curve[] = [1, 2].flatMap((times) => [
  {
    name: `applied, W ${times} x tissue`,
    of: (low, high) => sigmoid(times, low, high).forth,
  },
  {
    name: `left out, W ${times} x tissue`,
    of: (low, high) => sigmoid(times, low, high).back,
  },
]);

/** The 2nd and 99.5th percentile of tissue as shares of the picture's own range, on a small copy. */
const tissueOf = ({ pixels, columns, rows, bitsStored }: MammogramImage) => {
  const top = 2 ** bitsStored - 1;
  const [w, h] = [Math.ceil(columns / 4), Math.ceil(rows / 4)];
  const small = resample((i) => (pixels[i] as number) / top, columns, rows, w, h);
  const mask = breastMask(small);
  return [2, 99.5].map((q) => maskedPercentile(small.data, mask, q)) as [number, number];
};

/** The picture through a curve, with 16 bits, so that none of its levels are lost. */
const through = (image: MammogramImage, curve: Curve): MammogramImage => {
  const top = 2 ** image.bitsStored - 1;
  const map = curve.of(...tissueOf(image));
  const table = Uint16Array.from({ length: top + 1 }, (_, i) =>
    Math.round(65_535 * Math.min(Math.max(map(i / top), 0), 1)),
  );
  const pixels = Uint16Array.from(image.pixels, (v) => table[v] as number);
  return { ...image, pixels, bitsStored: 16 };
};

const { values: options } = parseArgs({
  options: {
    pack: { type: 'string', default: 'public/models/tandem-m2' },
    rois: { type: 'string' },
    images: { type: 'string' },
    lesions: { type: 'string', default: '1000000' },
  },
});
const { rois: table, images: folder } = options;
if (!table || !folder) throw new Error('--rois FILE.csv and --images DIR are needed');
const read = readPack(options.pack);
if (!read.ok) throw new Error(read.error);
const pack = read.value;
const found = readRois(readFileSync(table, 'utf8'));
if (!found.ok) throw new Error(found.error);
await useWasmInNode();
const network = await loadNetwork(pack.manifest, pack.graph.files);

const featuresOf = async (image: MammogramImage, roi: Roi): Promise<ViewFeatures> => {
  const working = toWorkingImage(image, pack.manifest.working);
  const { patch, analytic } = viewInput(working, roi.box, pack.manifest);
  const [cnn] = await network.features([patch]);
  const origin = { person: '', exam: '', side: roi.side, view: roi.view, name: roi.image };
  return { cnn: cnn as Float32Array, ...(analytic ? { analytic } : {}), origin };
};

const lesions = new Map<string, Roi[]>();
for (const roi of found.value.rois)
  lesions.set(roi.lesion, [...(lesions.get(roi.lesion) ?? []), roi]);
/** Evenly spread over the table, lesions of two views only. */
const pairs = [...lesions.values()].filter((views) => views.length > 1);
const stride = Math.max(1, Math.floor(pairs.length / Number(options.lesions)));
const chosen = pairs.filter((_, i) => i % stride === 0);

const AS_IT_IS: Curve = { name: 'as it is', of: () => (grey) => grey };
const answers = new Map<string, number[]>();
const malignant: boolean[] = [];
for (const views of chosen) {
  const decoded = await Promise.all(
    views.map(async ({ image, pixelAspect }) => {
      const result = await decodeImage(readFileSync(join(folder, image)), image, pixelAspect);
      if (!result.ok) throw new Error(result.error);
      return result.value;
    }),
  );
  malignant.push(views[0]?.malignant === true);
  for (const curve of [AS_IT_IS, ...CURVES]) {
    const features: ViewFeatures[] = [];
    for (const [i, image] of decoded.entries())
      features.push(await featuresOf(through(image, curve), views[i] as Roi));
    const score = scoreLesion(pack.manifest, pack.svms, features);
    if (!score.ok) throw new Error(sayIn('en', score.error.text));
    const { value } = score.value.likelihood;
    answers.set(curve.name, [...(answers.get(curve.name) ?? []), value]);
  }
}
const plain = answers.get(AS_IT_IS.name) as number[];
console.log(`${chosen.length} lesions of two views`);
for (const [name, scores] of answers) {
  const changes = scores.map((v, i) => Math.abs(v - (plain[i] as number)));
  const mean = changes.reduce((a, b) => a + b, 0) / changes.length;
  const area = auc({ scores, malignant });
  console.log(
    `${name}: change ${mean.toFixed(3)} on average, ${Math.max(...changes).toFixed(3)} at most; AUC ${area.toFixed(3)}`,
  );
}
