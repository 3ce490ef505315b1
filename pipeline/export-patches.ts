// Writes every training box as the page would cut it, for the backbone's training in PyTorch:
//   npx tsx pipeline/export-patches.ts --rois FILE.csv --images DIR --out .cache/patches
// wide.u8: a wider square (WIDE x the box's longer side) of WIDE_SIZE pixels, 8 bit, for augmentation
// index.json: one entry a box, with patient, lesion, outcome and fold.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import jpeg from 'jpeg-js';
import { toWorkingImage, type WorkingImage } from '../src/core/image/working-image.ts';
import { extractPatch } from '../src/core/roi/extract-patch.ts';
import { assignFolds } from './folds.ts';

/** The rule of the packs made from this training set. */
export const WORKING_RULE = {
  mmPerPixel: 0.2,
  rowsWithoutSpacing: 1360,
  lowPercentile: 2,
  highPercentile: 99.5,
} as const;
export const FOLDS = 5;
export const FOLD_SEED = 2016;
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

const readJpeg = (file: string, pixelAspect: number): WorkingImage => {
  const { width, height, data } = jpeg.decode(readFileSync(file), { useTArray: true });
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = data[i * 4] as number;
  return toWorkingImage(
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
    WORKING_RULE,
  );
};

const main = () => {
  const { values } = parseArgs({
    options: {
      rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
      images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
      out: { type: 'string', default: '.cache/patches' },
    },
  });
  const rows = readRows(values.rois);
  const folds = assignFolds(
    rows.map((r) => ({ patient: r.patient ?? '', malignant: r.pathology === 'malignant' })),
    FOLDS,
    FOLD_SEED,
  );
  mkdirSync(values.out, { recursive: true });
  const wide = new Uint8Array(rows.length * WIDE_SIZE * WIDE_SIZE);
  const index: object[] = [];
  const byImage = new Map<string, number[]>();
  rows.forEach((r, i) => byImage.set(r.image ?? '', [...(byImage.get(r.image ?? '') ?? []), i]));
  let done = 0;
  for (const [image, members] of byImage) {
    const first = rows[members[0] ?? 0];
    const working = readJpeg(join(values.images, image), Number(first?.pixel_aspect ?? 1));
    for (const i of members) {
      const r = rows[i] as Record<string, string>;
      const box = {
        x: Number(r.x),
        y: Number(r.y),
        width: Number(r.width),
        height: Number(r.height),
      };
      const patch = extractPatch(working, box, { size: WIDE_SIZE, context: WIDE });
      wide.set(
        patch.map((v) => Math.round(v * 255)),
        i * WIDE_SIZE * WIDE_SIZE,
      );
      index[i] = {
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
  writeFileSync(join(values.out, 'wide.u8'), wide);
  writeFileSync(
    join(values.out, 'index.json'),
    JSON.stringify({ size: WIDE_SIZE, wide: WIDE, boxes: index }),
  );
};

if (process.argv[1]?.endsWith('export-patches.ts')) main();
