import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bytesOf, type Coding, LARGE, syntheticStudy } from './lib/dicom-files.ts';
import type { Context, Measure } from './lib/measure.ts';
import { memoryOf, watchPeak } from './lib/memory.ts';
import { PACK } from './lib/paths.ts';
import { giveFiles, viewsShown } from './lib/reader.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';

const MOST_FIRST_PAINT_KB = 250;
const MOST_PIXEL_MULTIPLE = 2.5;
const MIB = 2 ** 20;

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const gzipped = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1000;

/** The scripts that index.html names: nothing is painted before they have run. */
const scriptsOfStart = (folder: string): string[] => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)];
  return named.map(([, path]) => join(folder, path as string));
};

const byteRows = ({ productFolder }: Context): Row[] => {
  const first = [gzipped(scriptsOfStart(productFolder))];
  const all = filesUnder(productFolder).filter((file) => file.endsWith('.js'));
  const binaries = filesUnder(productFolder).filter((file) => file.endsWith('.wasm'));
  const pack = filesUnder(PACK).reduce((sum, file) => sum + statSync(file).size, 0);
  return [
    rowOf('JavaScript before the first paint, gzip', 'kB', first, {
      ratios: [ratioTo(first, `${MOST_FIRST_PAINT_KB} kB`, [MOST_FIRST_PAINT_KB], 1)],
    }),
    rowOf('JavaScript in all, gzip', 'kB', [gzipped(all)]),
    rowOf('WebAssembly in all, gzip', 'kB', [gzipped(binaries)]),
    rowOf('model pack', 'kB', [pack / 1000]),
  ];
};

/** First paint and the moment from which the start screen answers, on a first visit each time. */
const startRows = async ({ chromium, product, quick }: Context): Promise<Row[]> => {
  const [paint, answers]: [number[], number[]] = [[], []];
  for (let i = 0; i < (quick ? 2 : 7); i++) {
    const page = await chromium.newPage();
    await page.goto(product);
    await page.getByRole('button', { name: /demo case/ }).waitFor();
    answers.push(await page.evaluate(() => performance.now()));
    const painted = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    paint.push(Number(await painted.jsonValue()));
    await page.context().close();
  }
  return [
    rowOf('first paint of the start screen', 'ms', paint),
    rowOf('start screen answers', 'ms', answers),
  ];
};

/** A reader who has turned the second look off: its network is not fetched, and nothing looks. */
const withoutSecondLook = () =>
  localStorage.setItem('tandem.settings', JSON.stringify({ version: 1, secondLook: false }));

/** What four large images take beyond the start screen, in the page's process and the graphics'. */
const memoryRows = async (
  { chromium, product, quick }: Context,
  coding: Coding,
  secondLook = true,
): Promise<Row[]> => {
  const files = await syntheticStudy(LARGE, coding);
  const pixels = 4 * bytesOf(LARGE);
  const samples = { peak: [] as number[], after: [] as number[], graphics: [] as number[] };
  for (let i = 0; i < (quick ? 1 : 3); i++) {
    const page = await chromium.newPage();
    if (!secondLook) await page.addInitScript(withoutSecondLook);
    await page.goto(`${product}?backend=wasm`);
    await page.getByRole('button', { name: /demo case/ }).waitFor();
    await page.waitForTimeout(3_000);
    const before = await memoryOf(chromium, 'renderer');
    const graphicsBefore = await memoryOf(chromium, 'GPU');
    if (!before || !graphicsBefore) return [];
    const peak = await watchPeak(chromium, 'renderer');
    const graphicsPeak = await watchPeak(chromium, 'GPU');
    await giveFiles(page, files);
    await viewsShown(page, files.length);
    await page.waitForTimeout(3_000);
    const after = (await memoryOf(chromium, 'renderer')) ?? Number.NaN;
    samples.peak.push((peak() - before) / MIB);
    samples.after.push((after - before) / MIB);
    samples.graphics.push((graphicsPeak() - graphicsBefore) / MIB);
    await page.context().close();
  }
  const over = (values: readonly number[], most?: number) => ({
    ratios: [ratioTo(values, 'pixel bytes', [pixels / MIB], most)],
  });
  const name = `four large images, ${coding}${secondLook ? '' : ', no second look'}`;
  return [
    rowOf(`${name}: page, peak`, 'MiB', samples.peak, over(samples.peak, MOST_PIXEL_MULTIPLE)),
    rowOf(`${name}: page, afterwards`, 'MiB', samples.after, over(samples.after)),
    rowOf(`${name}: graphics process, peak`, 'MiB', samples.graphics, over(samples.graphics)),
  ];
};

/** What has to be fetched, how soon the page is there, and what a large study takes of memory. */
export const measureWeight: Measure = async (context) => {
  const memory = await memoryRows(context, 'uncompressed');
  if (!context.quick) {
    memory.push(...(await memoryRows(context, 'uncompressed', false)));
    // Their decoders take memory of their own while they run.
    for (const coding of ['JPEG Lossless', 'JPEG 2000'] as const)
      memory.push(...(await memoryRows(context, coding)));
  }
  return {
    name: 'weight',
    title: 'Weight: bytes to fetch, start, and memory of a four-view study',
    rows: [...byteRows(context), ...(await startRows(context)), ...memory],
    notes: [
      `Memory: resident size of Chromium's processes beyond the start screen, for four images of ${LARGE.columns} x ${LARGE.rows} pixels of 16 bits (uncompressed ${Math.round((4 * bytesOf(LARGE)) / MIB)} MiB). Textures of a software graphics adapter are in the graphics process.`,
      ...(memory.length === 0 ? ['Memory is measured on Linux only.'] : []),
    ],
  };
};
