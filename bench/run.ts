// `npm run bench [-- [--quick] [--hardware] [--backend NAME] [--product FOLDER] [--label WORD] [--pictures FOLDER] [measure ...]]`: measures, prints a table, writes a JSON.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from '../scripts/serve.mjs';
import { findNpm } from '../scripts/setup.mjs';
import { adaptersOf, startChromium } from './lib/chromium.ts';
import { thisMachine } from './lib/machine.ts';
import type { Measure } from './lib/measure.ts';
import { record } from './lib/record.ts';
import { BENCH, CACHE, DWV, LITERT, ORT, PACK, ROOT } from './lib/paths.ts';
import type { Result } from './lib/result.ts';
import { buildPages, buildProduct, PRODUCT, SITE } from './lib/site.ts';
import { serveFolders } from './lib/static-server.ts';
import { sectionText } from './lib/table.ts';
import { measureFinder } from './finder.ts';
import { measureLooking } from './looking.ts';
import { measureMark } from './mark.ts';
import { measureNetwork } from './network.ts';
import { measureOpening } from './opening.ts';
import { measureOrthanc } from './orthanc.ts';
import { measurePeers } from './peers.ts';
import { measurePipeline } from './pipeline.ts';
import { measureScreens } from './screens.ts';
import { measureSlices } from './slices.ts';
import { measureWeight } from './weight.ts';

const MEASURES: Readonly<Record<string, Measure>> = {
  network: measureNetwork,
  mark: measureMark,
  finder: measureFinder,
  opening: measureOpening,
  orthanc: measureOrthanc,
  looking: measureLooking,
  slices: measureSlices,
  weight: measureWeight,
  screens: measureScreens,
  pipeline: measurePipeline,
  peers: measurePeers,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean' },
    hardware: { type: 'boolean' },
    backend: { type: 'string' },
    product: { type: 'string' },
    label: { type: 'string' },
    pictures: { type: 'string' },
  },
});
const unknown = positionals.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  console.error(
    `There is no measure ${unknown.join(', ')}. Measures: ${Object.keys(MEASURES).join(', ')}`,
  );
  process.exit(1);
}
const names = positionals.length > 0 ? positionals : Object.keys(MEASURES);
const quick = values.quick === true;
const say = (text: string) => console.error(text);

/** What is compared with, 180 MB: installed here and only when it is used. */
const installPeers = () => {
  if ([ORT, LITERT, DWV].every(existsSync)) return;
  say('Installing what is compared with (npm ci in bench/) ...');
  const npm = findNpm();
  if (!npm) throw new Error('npm was not found');
  const args = [npm, 'ci', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', BENCH];
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0)
    throw new Error('npm ci failed');
};

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const main = async (): Promise<number> => {
  installPeers();
  mkdirSync(join(CACHE, 'files'), { recursive: true });
  say('Building the product and the pages of the benchmark ...');
  if (values.product === undefined) await buildProduct();
  await buildPages();
  const pages = await serveFolders({
    '/': SITE,
    '/ort/': ORT,
    '/litert/': LITERT,
    '/pack/': PACK,
    '/files/': join(CACHE, 'files'),
    '/demo/': join(ROOT, 'public/demo'),
  });
  const productFolder = resolve(values.product ?? PRODUCT);
  const product = await serve(productFolder, 0);
  const startedAt = new Date().toISOString();
  const own = thisMachine();
  const sections: Result['sections'][number][] = [];
  let failures = 0;
  let adapters = { browser: '', webgpu: '', webgl: '' };
  for (const name of names) {
    say(`\n${name} ...`);
    const start = performance.now();
    const before = loadavg()[0] as number;
    const chromium = await startChromium(values.hardware === true);
    try {
      adapters = { browser: chromium.version, ...(await adaptersOf(chromium, pages.address)) };
      const { backend } = values;
      const context = {
        quick,
        backend,
        chromium,
        pages: pages.address,
        product: product.address,
        productFolder,
        pictures: values.pictures === undefined ? undefined : resolve(values.pictures),
        say,
      };
      const section = await (MEASURES[name] as Measure)(context);
      const seconds = (performance.now() - start) / 1000;
      const load = { before, after: loadavg()[0] as number };
      sections.push({ ...section, load, seconds });
      console.log(`\n${sectionText(section)}`);
    } catch (error) {
      failures++;
      console.error(`${name} failed: ${textOf(error)}`);
    } finally {
      await chromium.browser.close();
    }
  }
  pages.close();
  product.server.close();
  const machine = { ...own, ...adapters };
  const { label } = values;
  const result: Result = {
    schemaVersion: 1,
    startedAt,
    quick,
    ...(label === undefined ? {} : { label }),
    machine,
    sections,
  };
  const file = record(result, [...(positionals.length > 0 ? names : []), label]);
  console.log(
    `\n${machine.processor}, ${machine.cores} cores, ${machine.browser}, WebGPU: ${machine.webgpu}, commit ${machine.commit}${machine.changed ? ' and changes' : ''}`,
  );
  console.log(`Written to bench/${file}`);
  return failures;
};

process.exit((await main()) === 0 ? 0 : 1);
