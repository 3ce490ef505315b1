// Pictures of the 40 chosen lesions for drawing their outlines by hand:
//   npm run pipeline -- outlines:draw --out FOLDER            sheets of numbered pictures
//   npm run pipeline -- outlines:draw --out FOLDER --drawn F  takes outlines drawn in picture pixels
//                                                             and lays them over the pictures
// F is JSON: { "<number>": { "confidence": "high", "points": [[x, y], ...] } }. The taken outlines go
// to pipeline/outlines/outlines.json in pixels of the stored image. FOLDER must lie outside the
// project: the pictures are the archive's.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toWorkingImage } from '../../src/core/image/working-image.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';
import { readRois, type Roi } from '../data/rois.ts';
import { greyPng } from '../demo/png.ts';
import { RULES } from '../protocol/rules.ts';
import { chooseViews } from './choose.ts';
import { CONFIDENCES, OUTLINES, type HandOutline } from './outlines.ts';
import { pictureOf, type Picture } from './picture.ts';
import { makeSheet } from './sheet.ts';

const { values } = parseArgs({
  options: {
    rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
    images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
    out: { type: 'string' },
    drawn: { type: 'string' },
    flat: { type: 'boolean', default: false },
    columns: { type: 'string', default: '2' },
  },
});
const out = values.out;
if (!out || !relative(resolve('.'), resolve(out)).startsWith('..'))
  throw new Error('--out FOLDER must be given and lie outside the project');

const drawnSchema = z.record(
  z.string(),
  z.object({
    confidence: z.enum(CONFIDENCES),
    points: z.array(z.tuple([z.number(), z.number()])).min(6),
  }),
);

const table = readRois(readFileSync(values.rois, 'utf8'));
if (!table.ok) throw new Error(table.error);
const chosen = chooseViews(table.value.rois);

const openPicture = async ({ image, pixelAspect, box }: Roi): Promise<Picture> => {
  const bytes = await readBytes(join(values.images, image));
  if (!bytes.ok) throw new Error(`${image}: ${bytes.error}`);
  const decoded = await decodeImage(bytes.value, image, pixelAspect);
  if (!decoded.ok) throw new Error(decoded.error);
  return pictureOf(toWorkingImage(decoded.value, RULES.working), box, values.flat);
};

const tenths = (v: number): number => Math.round(10 * v) / 10;
const drawn = values.drawn ? drawnSchema.parse(JSON.parse(readFileSync(values.drawn, 'utf8'))) : {};

const pictures: Picture[] = [];
for (const roi of chosen) pictures.push(await openPicture(roi));

const pointsOf = (number: number) =>
  (drawn[String(number)]?.points ?? []).map(([x, y]) => ({ x, y }));

mkdirSync(out, { recursive: true });
const columns = Number(values.columns);
for (let from = 0; from < pictures.length; from += columns * columns) {
  const tiles = pictures.slice(from, from + columns * columns).map(({ data }, k) => {
    const points = pointsOf(from + k + 1);
    return { number: from + k + 1, data, lines: points.length ? [points] : [] };
  });
  const { width, height, data } = makeSheet(tiles, columns);
  const name = `${values.drawn ? 'drawn' : 'blank'}${values.flat ? '-flat' : ''}-${String(from + 1).padStart(2, '0')}.png`;
  writeFileSync(
    join(out, name),
    greyPng(
      Uint8Array.from(data, (v) => Math.round(255 * v)),
      width,
      height,
    ),
  );
}

if (values.drawn) {
  const outlines = chosen.flatMap(({ lesion, image, view }, i): HandOutline[] => {
    const { confidence } = drawn[String(i + 1)] ?? {};
    if (!confidence) return [];
    const polygon = pointsOf(i + 1)
      .map((p) => (pictures[i] as Picture).toImage(p))
      .map(({ x, y }) => [tenths(x), tenths(y)] as const);
    return [{ lesion, image, view, confidence, polygon }];
  });
  const lines = outlines.map((o) => JSON.stringify(o));
  writeFileSync(OUTLINES, `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${outlines.length} outlines in ${OUTLINES}`);
}
