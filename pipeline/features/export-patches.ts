// Writes every training box as the page would cut it, for the backbone's training in PyTorch:
//   npm run pipeline -- patches --rois FILE.csv --images DIR --out .cache/patches
// wide.u8: a wider square (WIDE x the box's longer side) of WIDE_SIZE pixels, 8 bit, for augmentation
// index.json: one entry a box, with patient, lesion, outcome and fold.
// With --elsewhere the same is cut from breast tissue of the same image away from all boxes, as a
// control of what the film and the breast alone tell; boxes without such a place are left out.
// With --grey raw or --grey patch the grey is that of the file, or scaled by the percentiles of each
// patch instead of those of the breast: to see what the rule of the product costs or brings.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import jpeg from 'jpeg-js';
import { resample } from '../../src/core/image/resample.ts';
import {
  maskedPercentiles,
  toWorkingImage,
  type WorkingImage,
} from '../../src/core/image/working-image.ts';
import { extractPatch } from '../../src/core/features/extract-patch.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import { placeElsewhere } from '../data/elsewhere.ts';
import { assignFolds } from '../protocol/folds.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

const WIDE = 2.4;
const WIDE_SIZE = 320;

const readRows = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
};

type Grey = 'breast' | 'raw' | 'patch';

const asGrey = (text: string): Grey => {
  if (text === 'breast' || text === 'raw' || text === 'patch') return text;
  throw new Error(`--grey is breast, raw or patch, not ${text}`);
};

/** The patch with its own percentiles at 0 and 1. */
const scaleToPatch = (patch: Float32Array): Float32Array => {
  const all = new Uint8Array(patch.length).fill(1);
  const { lowPercentile, highPercentile } = RULES.working;
  const [low, high] = maskedPercentiles(patch, all, [lowPercentile, highPercentile]);
  const span = Math.max(high - low, 1 / 1024);
  return patch.map((v) => Math.min(Math.max((v - low) / span, 0), 1));
};

const readJpeg = (file: string, pixelAspect: number, grey: Grey): WorkingImage => {
  const { width, height, data } = jpeg.decode(readFileSync(file), { useTArray: true });
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = data[i * 4] as number;
  const working = toWorkingImage(
    {
      rows: height,
      columns: width,
      pixels,
      bitsStored: 8,
      signed: false,
      photometricInterpretation: 'MONOCHROME2',
      modality: { slope: 1, intercept: 0 },
      voi: [],
      pixelAspect,
    },
    RULES.working,
  );
  if (grey === 'breast') return working;
  const stored = Float64Array.from(pixels, (v) => v / 255);
  const { data: raw } = resample({ width, height, data: stored }, working.width, working.height);
  return { ...working, data: raw };
};

const boxOf = (r: Record<string, string>): Box => ({
  x: Number(r.x),
  y: Number(r.y),
  width: Number(r.width),
  height: Number(r.height),
});

const main = () => {
  const { values } = parseArgs({
    options: {
      rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
      images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
      out: { type: 'string', default: '.cache/patches' },
      elsewhere: { type: 'boolean', default: false },
      grey: { type: 'string', default: 'breast' },
    },
  });
  const grey = asGrey(values.grey);
  const rows = readRows(values.rois);
  const folds = assignFolds(
    rows.map((r) => ({ patient: r.patient ?? '', malignant: r.pathology === 'malignant' })),
    FOLDS,
    SEED,
  );
  mkdirSync(values.out, { recursive: true });
  const wide = new Uint8Array(rows.length * WIDE_SIZE * WIDE_SIZE);
  const index: object[] = [];
  const byImage = new Map<string, number[]>();
  rows.forEach((r, i) => byImage.set(r.image ?? '', [...(byImage.get(r.image ?? '') ?? []), i]));
  let [done, written] = [0, 0];
  for (const [image, members] of byImage) {
    const first = rows[members[0] ?? 0];
    const working = readJpeg(join(values.images, image), Number(first?.pixel_aspect ?? 1), grey);
    const lesions = members.map((i) => boxOf(rows[i] as Record<string, string>));
    for (const i of members) {
      const r = rows[i] as Record<string, string>;
      const random = seededRandom(SEED + i);
      const box = values.elsewhere ? placeElsewhere(working, boxOf(r), lesions, random) : boxOf(r);
      if (!box) continue;
      // Rows keep their place where all are cut; those that are left out close up.
      const at = values.elsewhere ? written++ : i;
      const cut = extractPatch(working, box, { size: WIDE_SIZE, context: WIDE });
      const patch = grey === 'patch' ? scaleToPatch(cut) : cut;
      wide.set(
        patch.map((v) => Math.round(v * 255)),
        at * WIDE_SIZE * WIDE_SIZE,
      );
      index[at] = {
        image,
        patient: r.patient,
        lesion: r.lesion,
        view: r.view,
        malignant: r.pathology === 'malignant',
        fold: folds.get(r.patient ?? ''),
      };
    }
    if (++done % 100 === 0) console.log(`${done} of ${byImage.size} images`);
  }
  const area = WIDE_SIZE * WIDE_SIZE;
  writeFileSync(join(values.out, 'wide.u8'), wide.subarray(0, index.length * area));
  console.log(`${index.length} patches of ${rows.length} boxes`);
  writeFileSync(
    join(values.out, 'index.json'),
    JSON.stringify({ size: WIDE_SIZE, wide: WIDE, boxes: index }),
  );
};

if (process.argv[1]?.endsWith('export-patches.ts')) main();
