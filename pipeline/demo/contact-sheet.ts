import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { resample } from '../../src/core/image/resample.ts';
import type { Raster } from '../../src/core/image/resample.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import type { DemoIndex } from './demo-index.ts';
import { greyOf } from './image-measures.ts';
import { greyPng } from './png.ts';

/**
 * `npm run pipeline -- demo:sheet`: writes docs/figures/demo-<case>-<study>.png, the four
 * views of each demo study side by side and shrunk, with the true places of the masses in boxes.
 */
const demo = fileURLToPath(new URL('../../public/demo/', import.meta.url));
const figures = fileURLToPath(new URL('../../docs/figures/', import.meta.url));

/** The sheet shows every this many pixels as one. */
const SHRINK = 6;

const frame = (tile: Raster, box: Box): void => {
  const x0 = Math.round(box.x / SHRINK) - 2;
  const y0 = Math.round(box.y / SHRINK) - 2;
  const x1 = Math.round((box.x + box.width) / SHRINK) + 2;
  const y1 = Math.round((box.y + box.height) / SHRINK) + 2;
  for (let x = x0; x <= x1; x++) for (const y of [y0, y1]) tile.data[y * tile.width + x] = 1;
  for (let y = y0; y <= y1; y++) for (const x of [x0, x1]) tile.data[y * tile.width + x] = 1;
};

const thumbnail = async (name: string, boxes: readonly Box[]): Promise<Raster> => {
  const read = await readDicom(new Uint8Array(await readFile(demo + name)), name);
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.error)}`);
  const whole = greyOf(read.value.image);
  const tile = resample(whole, Math.round(whole.width / SHRINK), Math.round(whole.height / SHRINK));
  for (const box of boxes) frame(tile, box);
  return tile;
};

const sideBySide = (tiles: readonly Raster[]) => {
  const width = tiles.reduce((sum, tile) => sum + tile.width, 0);
  const height = Math.max(...tiles.map((tile) => tile.height));
  const pixels = new Uint8Array(width * height);
  let left = 0;
  for (const tile of tiles) {
    for (let y = 0; y < tile.height; y++)
      for (let x = 0; x < tile.width; x++)
        pixels[y * width + left + x] = Math.round(255 * (tile.data[y * tile.width + x] as number));
    left += tile.width;
  }
  return greyPng(pixels, width, height);
};

const main = async (): Promise<void> => {
  const index = JSON.parse(await readFile(`${demo}index.json`, 'utf8')) as DemoIndex;
  await mkdir(figures, { recursive: true });
  for (const entry of index.cases)
    for (const study of entry.studies) {
      const tiles = [];
      for (const name of study.files)
        tiles.push(
          await thumbnail(
            name,
            entry.lesions.flatMap((l) => l.marks[name] ?? []),
          ),
        );
      await writeFile(`${figures}${entry.id}-${study.role}.png`, sideBySide(tiles));
    }
};

await main();
