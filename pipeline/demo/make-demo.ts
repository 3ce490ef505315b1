import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DELIVERED, makeImage, planStudy } from './demo-case.ts';
import { demoEntry, fileNameOf } from './demo-index.ts';
import type { DemoIndex } from './demo-index.ts';
import { writeMgFile } from './mg-file.ts';
import { patients } from './patients.ts';

/**
 * `npm run demo:make [-- FILE...]`: writes the files of public/demo, all or those named, and
 * index.json. Removes DICOM files that belong to no patient any more.
 */
const folder = fileURLToPath(new URL('../../public/demo/', import.meta.url));

const main = async (only: readonly string[]): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const index: DemoIndex = {
    cases: patients.map((patient) => demoEntry(patient, DELIVERED.pixel)),
  };
  const known = new Set(index.cases.flatMap((entry) => entry.files));
  for (const name of only) if (!known.has(name)) throw new Error(`no such demo file: ${name}`);
  for (const name of await readdir(folder))
    if (name.endsWith('.dcm') && !known.has(name)) await rm(folder + name);

  const plans = patients.flatMap((patient) =>
    patient.studies.flatMap((study) => planStudy(patient, study, DELIVERED.pixel)),
  );
  for (const plan of plans) {
    const name = fileNameOf(plan);
    if (only.length > 0 && !only.includes(name)) continue;
    const bytes = await writeMgFile(makeImage(plan, DELIVERED.noiseSize));
    await writeFile(folder + name, bytes);
    console.log(`${name}: ${(bytes.length / 1e6).toFixed(2)} MB`);
  }
  await writeFile(`${folder}index.json`, `${JSON.stringify(index, null, 2)}\n`);
};

await main(process.argv.slice(2));
