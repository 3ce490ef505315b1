import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DELIVERED, makeDemoCase } from './demo-case.ts';
import { demoIndex, fileNameOf } from './demo-index.ts';
import { writeMgFile } from './mg-file.ts';

const folder = fileURLToPath(new URL('../../public/demo/', import.meta.url));

const main = async (): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const images = makeDemoCase(DELIVERED);
  for (const [i, image] of images.entries()) {
    const bytes = await writeMgFile(image, { seed: DELIVERED.seed, number: i + 1 });
    await writeFile(folder + fileNameOf(image), bytes);
    console.log(`${fileNameOf(image)}: ${(bytes.length / 1e6).toFixed(2)} MB`);
  }
  await writeFile(`${folder}index.json`, `${JSON.stringify(demoIndex(images), null, 2)}\n`);
};

await main();
