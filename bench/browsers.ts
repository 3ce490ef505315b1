// `npx tsx bench/browsers.ts [--only Firefox|WebKitGTK] [--cases A,B] [--starts N]`: scores the film cases of
// ../shared/cases in both and holds them against `npm run evaluate`; with --starts N instead starts Firefox and the
// engine N times and counts hangs. Takes the page of `npm run build`. Prints each as it is done, and writes a JSON
// file to bench/results. Exit code 1 where a start hung or a case was off by 0.005 or more.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  drawBox,
  engineReady,
  giveFiles,
  keptMarks,
  likelihood,
  picturesShown,
  pressButton,
  pressKey,
} from '../e2e/browsers/journey.ts';
import { type Remote, startFirefox, startWebKit } from '../e2e/browsers/remote.ts';
import { evaluateBoxes } from '../e2e/evaluate.ts';
import { serve } from '../scripts/serve.mjs';
import { thisMachine } from './lib/machine.ts';
import { ROOT } from './lib/paths.ts';
import { record } from './lib/record.ts';
import { type Result, type Row, rowOf } from './lib/result.ts';
import { sectionText } from './lib/table.ts';

interface Truth {
  readonly lesion: string;
  readonly pathology: string;
  readonly boxes: Readonly<Record<string, readonly [number, number, number, number]>>;
}

const CASES = join(ROOT, '../shared/cases');
/** Most that a likelihood may be off. */
const MOST_OFF = 0.005;
const { values } = parseArgs({
  options: { starts: { type: 'string' }, only: { type: 'string' }, cases: { type: 'string' } },
});
const startedAt = new Date().toISOString();
const before = loadavg()[0] as number;
const { server, address } = await serve(join(ROOT, 'dist'), 0);

/** A new visitor's page, and the seconds until the engine was ready; undefined after three minutes. */
const startEngine = async (browser: Remote): Promise<number | undefined> => {
  const start = Date.now();
  await browser.send('navigate', { url: `${address}?backend=wasm` });
  await pressButton(browser, 'Open the demo case');
  const isReady = await engineReady(browser, 180_000).catch(() => false);
  return isReady ? (Date.now() - start) / 1000 : undefined;
};

const countHangs = async (starts: number): Promise<{ rows: Row[]; failures: number }> => {
  const took: number[] = [];
  let hangs = 0;
  for (let i = 1; i <= starts; i++) {
    const browser = await startFirefox();
    try {
      const seconds = await startEngine(browser);
      if (seconds === undefined) hangs++;
      else took.push(seconds);
      console.log(`start ${i}: ${seconds?.toFixed(1) ?? 'HANGS'} s`);
    } finally {
      await browser.close();
    }
  }
  console.log(
    `${starts} starts, ${hangs} hangs; ready in ${Math.max(...took).toFixed(1)} s at most`,
  );
  const note = `${hangs} of ${starts} starts hung, ${Math.max(...took).toFixed(1)} s at most`;
  return {
    rows: took.length === 0 ? [] : [rowOf('Firefox: engine ready', 's', took, { note })],
    failures: hangs,
  };
};

/** The likelihood of one case, and the boxes that it is of as they were drawn. */
const scoreCase = async (browser: Remote, name: string, truth: Truth) => {
  const files = Object.keys(truth.boxes);
  await browser.send('navigate', { url: `${address}?backend=wasm` });
  await giveFiles(
    browser,
    files.map((file) => join(CASES, name, file)),
  );
  await picturesShown(browser, files.length);
  await engineReady(browser);
  await pressKey(browser, 'n');
  for (const [file, [x, y, width, height]] of Object.entries(truth.boxes))
    await drawBox(browser, file.replace('.dcm', ''), { x, y, width, height });
  const value = await likelihood(browser, files.length);
  return { value, boxes: Object.values(await keptMarks(browser)) };
};

const scoreCases = async (): Promise<{ rows: Row[]; failures: number }> => {
  const wanted = values.cases?.split(',');
  const names = readdirSync(CASES)
    .filter((name) => name.startsWith('cbis-'))
    .filter((name) => wanted?.includes(name) ?? true);
  const rows: Row[] = [];
  let failures = 0;
  const browsers = [
    ['Firefox', startFirefox],
    ['WebKitGTK', startWebKit],
  ] as const;
  for (const [browserName, start] of browsers.filter(([name]) => name === (values.only ?? name))) {
    const off: number[] = [];
    for (const name of names) {
      const truth = JSON.parse(readFileSync(join(CASES, name, 'truth.json'), 'utf8')) as Truth;
      const browser = await start();
      try {
        await browser.send('size', { width: 1600, height: 1000 });
        const { value, boxes } = await scoreCase(browser, name, truth);
        // The views are told apart by which drawn box is nearest to the one that was asked for.
        const marks = Object.entries(truth.boxes).map(([file, [x, y]]) => {
          const far = (b: { x: number; y: number }) => Math.abs(b.x - x) + Math.abs(b.y - y);
          const [box] = boxes.toSorted((a, b) => far(a) - far(b));
          if (!box) throw new Error(`${name}: no mark was kept`);
          return { file, view: file.replace('.dcm', ''), box };
        });
        const both = ['malignant', 'benign'].map((pathology) => ({
          name,
          truth: { lesion: `P_${pathology}`, pathology, boxes: {} },
          marks,
        }));
        const expected = evaluateBoxes(both).get('P_malignant') as number;
        console.log(
          `${browserName} ${name}: ${value.toFixed(4)}, evaluate ${expected.toFixed(4)}, off ${(value - expected).toFixed(4)}`,
        );
        off.push(Math.abs(value - expected));
      } catch (error) {
        failures++;
        console.error(`${browserName} ${name} failed: ${(error as Error).message}`);
      } finally {
        await browser.close();
      }
    }
    failures += off.filter((each) => !(each < MOST_OFF)).length;
    const note = `${off.length} of ${names.length} film cases; ${Math.max(...off).toFixed(4)} at most`;
    if (off.length > 0)
      rows.push(rowOf(`${browserName}: likelihood off evaluate's`, '', off, { note }));
  }
  return { rows, failures };
};

const recordOf = (rows: readonly Row[]) => {
  const machine = { ...thisMachine(), browser: 'as named', webgpu: 'none', webgl: 'software' };
  const title = 'Firefox and WebKitGTK';
  const notes = [
    'The built page, scored on WebAssembly, under remote control on a display of its own.',
  ];
  const section = { name: 'browsers', title, rows, notes };
  const seconds = (Date.now() - Date.parse(startedAt)) / 1000;
  const load = { before, after: loadavg()[0] as number };
  const sections = [{ ...section, load, seconds }];
  const result: Result = { schemaVersion: 1, startedAt, quick: false, machine, sections };
  const kind = values.starts === undefined ? 'cases' : 'starts';
  const file = record(result, ['browsers', kind, values.only]);
  console.log(`\n${sectionText(section)}\n\nWritten to bench/${file}`);
};

try {
  if (values.starts === undefined && !existsSync(CASES))
    throw new Error('The film cases of ../shared/cases are not here.');
  const { rows, failures } =
    values.starts === undefined ? await scoreCases() : await countHangs(Number(values.starts));
  recordOf(rows);
  if (failures > 0) process.exitCode = 1;
} finally {
  server.close();
  server.closeAllConnections();
}
