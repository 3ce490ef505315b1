import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { measure, PERCENTILES } from './image-measures.ts';

/**
 * `npm run pipeline -- demo:compare FOLDER`: measures the demo images and the mammograms of FOLDER
 * (read in place, nothing is copied) and prints a Markdown table for docs/demo-images.md.
 */
const demo = fileURLToPath(new URL('../../public/demo/', import.meta.url));

const rowOf = async (folder: string, name: string): Promise<string> => {
  const read = await readDicom(new Uint8Array(await readFile(join(folder, name))), name);
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.error)}`);
  const m = measure(read.value.image);
  const cells = [
    name,
    m.slope.toFixed(2),
    String(m.tiles),
    ...m.grey.map((g) => g.toFixed(0)),
    ...(Number.isNaN(m.noise)
      ? ['none', 'none']
      : [m.noise.toFixed(1), `${(100 * m.relativeNoise).toFixed(1)} %`]),
  ];
  return `| ${cells.join(' | ')} |`;
};

const main = async (folders: readonly string[]): Promise<void> => {
  const head = [
    'file',
    'slope',
    'tiles',
    ...PERCENTILES.map((p) => `p${p}`),
    'noise',
    'noise/grey',
  ];
  console.log(`| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}`);
  for (const folder of folders)
    for (const name of (await readdir(folder)).sort())
      if (name.endsWith('.dcm')) console.log(await rowOf(folder, name));
};

const [reference] = process.argv.slice(2);
if (reference === undefined) {
  console.error('usage: npm run pipeline -- demo:compare FOLDER_WITH_REAL_MAMMOGRAMS');
  process.exitCode = 2;
} else await main([reference, demo]);
