// Writes the finder's training images and boxes for PyTorch:
//   npm run pipeline -- finder:images --rois FILE.csv --images DIR --out .cache/finder
// images.u8: each image whole at the finder's pitch, in working grey, 8 bit, one after the other
// index.json: { images: [{ image, patient, side, view, fold, width, height, at, window, lesions }] }, in
// pixels of that picture; `window` is the part that the page gives to the network.
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { finderInput, type FinderRule } from '../../src/core/finder/finder-input.ts';
import { resample } from '../../src/core/image/resample.ts';
import { toWorkingImage } from '../../src/core/image/working-image.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';
import { readRois, type Roi } from '../data/rois.ts';
import { assignFolds } from '../protocol/folds.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { FINDER_RULE } from './rule.ts';

/** The whole image at the rule's pitch, 8 bit, and where the network's window lies on it. */
const pictureOf = async (path: string, first: Roi, rule: FinderRule) => {
  const bytes = await readBytes(path);
  if (!bytes.ok) throw new Error(bytes.error);
  const image = await decodeImage(bytes.value, first.image, first.pixelAspect);
  if (!image.ok) throw new Error(image.error);
  const working = toWorkingImage(image.value, RULES.working);
  const input = finderInput(working, rule);
  const width = Math.round(image.value.columns / input.columnsPerPixel);
  const height = Math.round(image.value.rows / input.rowsPerPixel);
  const { data } = resample(working, width, height);
  return { input, width, height, pixels: Uint8Array.from(data, (v) => Math.round(v * 255)) };
};

const byImage = (rois: readonly Roi[]): Map<string, Roi[]> => {
  const groups = new Map<string, Roi[]>();
  for (const roi of rois) groups.set(roi.image, [...(groups.get(roi.image) ?? []), roi]);
  return groups;
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
      images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
      out: { type: 'string', default: '.cache/finder' },
    },
  });
  const table = readRois(readFileSync(values.rois, 'utf8'));
  if (!table.ok) throw new Error(table.error);
  for (const { line, reason } of table.value.problems) console.error(`line ${line}: ${reason}`);
  const rois = table.value.rois;
  const folds = assignFolds(
    rois.map((roi) => ({ patient: roi.patient, malignant: roi.malignant === true })),
    FOLDS,
    SEED,
  );
  mkdirSync(values.out, { recursive: true });
  const file = createWriteStream(join(values.out, 'images.u8'));
  const images: object[] = [];
  let at = 0;
  for (const [name, members] of byImage(rois)) {
    const first = members[0] as Roi;
    const { input, width, height, pixels } = await pictureOf(
      join(values.images, name),
      first,
      FINDER_RULE,
    );
    file.write(pixels);
    const { columnsPerPixel: kx, rowsPerPixel: ky } = input;
    images.push({
      image: name,
      patient: first.patient,
      view: first.view,
      fold: folds.get(first.patient),
      width,
      height,
      at,
      window: [Math.round(input.left / kx), Math.round(input.top / ky), input.width, input.height],
      lesions: members.map(({ lesion, malignant, box }) => ({
        lesion,
        malignant: malignant === true,
        box: [box.x / kx, box.y / ky, box.width / kx, box.height / ky],
      })),
    });
    at += pixels.length;
    if (images.length % 100 === 0) console.log(`${images.length} images`);
  }
  await new Promise<void>((done) => file.end(done));
  writeFileSync(join(values.out, 'index.json'), JSON.stringify({ images }));
};

await main();
