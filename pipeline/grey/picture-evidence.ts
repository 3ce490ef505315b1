// How often the picture itself tells chest wall and view on the training films, whose views are known:
//   npm run pipeline -- views [--rois FILE.csv] [--images DIR]
// The thresholds were set on these very films, so the figures are no estimate for others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pictureEvidence } from '../../src/core/image/picture-evidence.ts';
import { wilson } from '../../src/core/stats/wilson.ts';
import { toWorkingImage } from '../../src/core/image/working-image.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';
import { readRois } from '../data/rois.ts';
import { RULES } from '../protocol/rules.ts';

const { values } = parseArgs({
  options: {
    rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
    images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
  },
});

/** "12 of 34, 35.3 % (21.5 to 52.1)": Wilson's 95 % interval. */
const rate = (k: number, n: number): string => {
  const [low, high] = wilson(k, n);
  const percent = (v: number) => (100 * v).toFixed(1);
  return `${k} of ${n}, ${percent(k / n)} % (${percent(low)} to ${percent(high)})`;
};

const table = readRois(readFileSync(values.rois, 'utf8'));
if (!table.ok) throw new Error(table.error);
const films = [...new Map(table.value.rois.map((roi) => [roi.image, roi])).values()];
const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
for (const { image, view, pixelAspect } of films) {
  const bytes = await readBytes(join(values.images, image));
  const decoded = bytes.ok ? await decodeImage(bytes.value, image, pixelAspect) : bytes;
  if (!decoded.ok) continue;
  const found = pictureEvidence(toWorkingImage(decoded.value, RULES.working));
  count('films');
  count(view);
  if (found.chestWall) count('wall');
  if (found.chestWall === 'top' || found.chestWall === 'bottom') count('wall across');
  if (found.projection) count(`${view} looks ${found.projection}`);
  if (found.pectoral) count(`pectoral ${found.pectoral}`);
}
const of = (what: string) => counts.get(what) ?? 0;
console.log(`chest wall found: ${rate(of('wall'), of('films'))}`);
console.log(`chest wall at the upper or lower border: ${rate(of('wall across'), of('films'))}`);
console.log(`MLO seen as oblique: ${rate(of('MLO looks oblique'), of('MLO'))}`);
console.log(`MLO seen as CC: ${rate(of('MLO looks CC'), of('MLO'))}`);
console.log(`CC seen as CC: ${rate(of('CC looks CC'), of('CC'))}`);
console.log(`CC seen as oblique: ${rate(of('CC looks oblique'), of('CC'))}`);
console.log(`muscle at the lower corner: ${rate(of('pectoral bottom'), of('MLO'))}`);
