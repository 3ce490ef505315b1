// `npx tsx bench/browsers.ts [--only Firefox|WebKitGTK] [--starts N]`: scores the film cases of ../shared/cases in both and
// holds them against `npm run evaluate`; with --starts N instead starts Firefox and the engine N times and counts hangs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
import { ROOT } from './lib/paths.ts';

interface Truth {
  readonly lesion: string;
  readonly pathology: string;
  readonly boxes: Readonly<Record<string, readonly [number, number, number, number]>>;
}

const CASES = join(ROOT, '../shared/cases');
const { values } = parseArgs({ options: { starts: { type: 'string' }, only: { type: 'string' } } });
const { server, address } = await serve(join(ROOT, 'dist'), 0);

/** A new visitor's page, and the seconds until the engine was ready; undefined after three minutes. */
const startEngine = async (browser: Remote): Promise<number | undefined> => {
  const start = Date.now();
  await browser.send('navigate', { url: `${address}?backend=wasm` });
  await pressButton(browser, 'Open the demo case');
  const isReady = await engineReady(browser, 180_000).catch(() => false);
  return isReady ? (Date.now() - start) / 1000 : undefined;
};

const countHangs = async (starts: number) => {
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
  took.sort((a, b) => a - b);
  const middle = took[Math.floor(took.length / 2)]?.toFixed(1);
  console.log(
    `${starts} starts, ${hangs} hangs; ready in ${middle} s (median), ${took.at(-1)} at most`,
  );
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

const scoreCases = async () => {
  const names = readdirSync(CASES).filter((name) => name.startsWith('cbis-'));
  const browsers = [
    ['Firefox', startFirefox],
    ['WebKitGTK', startWebKit],
  ] as const;
  for (const [browserName, start] of browsers.filter(([name]) => name === (values.only ?? name)))
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
      } finally {
        await browser.close();
      }
    }
};

try {
  if (values.starts !== undefined) await countHangs(Number(values.starts));
  else if (existsSync(CASES)) await scoreCases();
  else console.log('The film cases of ../shared/cases are not here.');
} finally {
  server.close();
  server.closeAllConnections();
}
