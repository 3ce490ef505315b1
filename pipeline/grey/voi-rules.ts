// How a non-linear VOI changes scores, applied or left out:
//   npm run pipeline -- grey --pack DIR --rois FILE.csv --images DIR [--lesions N]
//   npm run pipeline -- grey --pack DIR --dicom DIR
// Each picture is taken for one that is finished as it is. "applied": a curve stored beside it is
// applied, though it needs none. "left out": it is stored so that the curve makes it what it is, and the
// curve is left out. Printed: mean and largest change of the likelihood, with the bootstrap interval of
// the mean, and the AUC. The pack was trained on the table's lesions, so its AUC there is no estimate;
// what counts is the change. With --dicom squares of 15 mm over the breast are scored as single views.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measuredOf } from '../../src/core/classifier/arms.ts';
import { loadNetwork } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import {
  maskedPercentiles,
  toWorkingImage,
  type WorkingImage,
} from '../../src/core/image/working-image.ts';
import { resample } from '../../src/core/image/resample.ts';
import { breastMask } from '../../src/core/image/breast-mask.ts';
import { patchProblem } from '../../src/core/lesion/judge-patch.ts';
import { scoreLesion, type ViewFeatures } from '../../src/core/lesion/score-lesion.ts';
import { viewInput } from '../../src/core/lesion/view-input.ts';
import { bootstrapInterval } from '../../src/core/stats/bootstrap.ts';
import { auc } from '../../src/core/stats/roc.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { decodeImage } from '../data/read-image.ts';
import { readRois, type Roi } from '../data/rois.ts';
import { readPack } from '../pack/read-pack.ts';
import { progress } from '../progress.ts';

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

/** Toe of a film's characteristic curve, as a VOI LUT Sequence may hold it. */
const GAMMA = 1.8;

const CURVES: readonly Curve[] = [
  ...[1, 2].flatMap((times): Curve[] => [
    {
      name: `SIGMOID, W ${times} x tissue, applied`,
      of: (low, high) => sigmoid(times, low, high).forth,
    },
    {
      name: `SIGMOID, W ${times} x tissue, left out`,
      of: (low, high) => sigmoid(times, low, high).back,
    },
  ]),
  { name: `VOI LUT, gamma ${GAMMA}, applied`, of: () => (x) => x ** GAMMA },
  { name: `VOI LUT, gamma ${GAMMA}, left out`, of: () => (x) => x ** (1 / GAMMA) },
];

/** The 2nd and 99.5th percentile of tissue as shares of the picture's own range, on a small copy. */
const tissueOf = ({ pixels, columns, rows, bitsStored }: MammogramImage) => {
  const top = 2 ** bitsStored - 1;
  const [w, h] = [Math.ceil(columns / 4), Math.ceil(rows / 4)];
  const shares = Float64Array.from(pixels, (v) => v / top);
  const small = resample({ width: columns, height: rows, data: shares }, w, h);
  const mask = breastMask(small);
  return maskedPercentiles(small.data, mask, [2, 99.5]);
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
    dicom: { type: 'string' },
    lesions: { type: 'string', default: '1000000' },
  },
});
const read = readPack(options.pack);
if (!read.ok) throw new Error(read.error);
const pack = read.value;
await useWasmInNode();
const network = await loadNetwork(pack.manifest, pack.graph.files);

type Place = Pick<Roi, 'box' | 'side' | 'view' | 'image'>;

const featuresOf = async (working: WorkingImage, place: Place): Promise<ViewFeatures> => {
  const input = viewInput(working, place.box, pack.manifest);
  const [cnn] = await network.features([input.patch]);
  const origin = { person: '', exam: '', side: place.side, view: place.view, name: place.image };
  return { cnn: cnn as Float32Array, ...measuredOf(input), origin };
};

const likelihoodOf = (views: readonly ViewFeatures[]): number => {
  const score = scoreLesion(pack.manifest, pack.svms, views);
  if (!score.ok) throw new Error(sayIn('en', score.error.text));
  return score.value.likelihood.value;
};

const AS_IT_IS: Curve = { name: 'as it is', of: () => (grey) => grey };
const ALL = [AS_IT_IS, ...CURVES];
/** One entry a lesion or place, by curve; what is drawn together in the bootstrap; outcomes where known. */
const answers = new Map<string, number[]>(ALL.map(({ name }) => [name, []]));
const drawn: string[] = [];
const malignant: boolean[] = [];

const workingOf = (image: MammogramImage, curve: Curve): WorkingImage =>
  toWorkingImage(through(image, curve), pack.manifest.working);

const scoreLesions = async (table: string, folder: string, most: number) => {
  const found = readRois(readFileSync(table, 'utf8'));
  if (!found.ok) throw new Error(found.error);
  const lesions = new Map<string, Roi[]>();
  for (const roi of found.value.rois)
    lesions.set(roi.lesion, [...(lesions.get(roi.lesion) ?? []), roi]);
  /** Evenly spread over the table, lesions of two views only. */
  const pairs = [...lesions.values()].filter((views) => views.length > 1);
  const stride = Math.max(1, Math.floor(pairs.length / most));
  const chosen = pairs.filter((_, i) => i % stride === 0);
  const bar = progress('lesions', chosen.length, 'lesions');
  for (const views of chosen) {
    const decoded = await Promise.all(
      views.map(async ({ image, pixelAspect }) => {
        const result = await decodeImage(readFileSync(join(folder, image)), image, pixelAspect);
        if (!result.ok) throw new Error(result.error);
        return result.value;
      }),
    );
    malignant.push(views[0]?.malignant === true);
    drawn.push(views[0]?.patient ?? '');
    for (const curve of ALL) {
      const features: ViewFeatures[] = [];
      for (const [i, image] of decoded.entries())
        features.push(await featuresOf(workingOf(image, curve), views[i] as Roi));
      answers.get(curve.name)?.push(likelihoodOf(features));
    }
    bar.step();
  }
  bar.done();
};

/** Squares of 75 working pixels (15 mm), 150 from one to the next, that hold something to judge. */
const placesOn = (working: WorkingImage, name: string): Place[] => {
  const side = 75;
  const { columnsPerPixel, rowsPerPixel } = working;
  const at = (length: number) =>
    Array.from({ length: Math.floor((length + side) / (2 * side)) }, (_, i) => 2 * i * side);
  return at(working.height)
    .flatMap((y) =>
      at(working.width).map((x) => ({
        x: x * columnsPerPixel,
        y: y * rowsPerPixel,
        width: side * columnsPerPixel,
        height: side * rowsPerPixel,
      })),
    )
    .filter((box) => !patchProblem(working, box, pack.manifest.patch))
    .map((box) => ({ box, side: 'L', view: 'CC', image: name }));
};

const scorePlaces = async (folder: string) => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.dcm'))) {
    const decoded = await decodeImage(readFileSync(join(folder, name)), name, undefined);
    if (!decoded.ok) throw new Error(decoded.error);
    const places = placesOn(workingOf(decoded.value, AS_IT_IS), name);
    for (const curve of ALL) {
      const working = workingOf(decoded.value, curve);
      for (const place of places)
        answers.get(curve.name)?.push(likelihoodOf([await featuresOf(working, place)]));
    }
    drawn.push(...places.map((_, i) => `${name} ${i}`));
  }
};

if (options.dicom) await scorePlaces(options.dicom);
else if (options.rois && options.images)
  await scoreLesions(options.rois, options.images, Number(options.lesions));
else throw new Error('--dicom DIR, or --rois FILE.csv and --images DIR are needed');

const plain = answers.get(AS_IT_IS.name) as number[];
console.log(`${plain.length} ${options.dicom ? 'places' : 'lesions of two views'}`);
const digits = (v: number) => v.toFixed(3);
const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
for (const [name, scores] of answers) {
  const changes = scores.map((v, i) => Math.abs(v - (plain[i] as number)));
  const interval = bootstrapInterval(
    drawn,
    (rows) => meanOf(rows.map((row) => changes[row] as number)),
    { replicates: 2000, seed: 2016 },
  );
  const area = malignant.length ? `; AUC ${digits(auc({ scores, malignant }))}` : '';
  const crossed = scores.filter((v, i) => v < 0.5 !== (plain[i] as number) < 0.5).length;
  console.log(
    `${name}: change ${digits(meanOf(changes))} (${interval?.map(digits).join(' to ')}) on average, ${digits(Math.max(...changes))} at most; ${crossed} to the other side of 0.5${area}`,
  );
}
