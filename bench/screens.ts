import type { Page } from '@playwright/test';
import { bytesOf, LARGE, syntheticStudy } from './lib/dicom-files.ts';
import type { Context, Measure } from './lib/measure.ts';
import { memoryOf } from './lib/memory.ts';
import { giveFiles, viewsShown } from './lib/reader.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';

/** Memory with the pictures on a second window, over that with them in the page. */
const MOST = 1.3;
const MIB = 2 ** 20;

/** Resident size of the page's process and of the graphics', MiB, once both are at rest. */
const atRest = async ({ chromium }: Context, page: Page): Promise<number | undefined> => {
  await page.waitForTimeout(3_000);
  // Garbage of the opening is no picture's.
  await page.evaluate(() => (globalThis as { gc?: () => void }).gc?.());
  await page.waitForTimeout(1_000);
  const [renderer, graphics] = [
    await memoryOf(chromium, 'renderer'),
    await memoryOf(chromium, 'GPU'),
  ];
  return renderer && graphics && (renderer + graphics) / MIB;
};

/** The graphics contexts that a page has made, second windows included. */
const countContexts = () => {
  const counter = globalThis as { contexts?: number };
  const own = OffscreenCanvas.prototype.getContext;
  const of = HTMLCanvasElement.prototype.getContext;
  const isNew = (kind: unknown) => String(kind).startsWith('webgl');
  counter.contexts = 0;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: unknown[]) {
    if (isNew(args[0])) counter.contexts = (counter.contexts ?? 0) + 1;
    return Reflect.apply(own, this, args) as never;
  } as never;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
    if (isNew(args[0])) counter.contexts = (counter.contexts ?? 0) + 1;
    return Reflect.apply(of, this, args) as never;
  } as never;
};
const contextsOf = (page: Page) =>
  page.evaluate(() => (globalThis as { contexts?: number }).contexts ?? 0);

/** What a second window for the pictures takes beside the page alone, and whether it is given back. */
export const measureScreens: Measure = async (context) => {
  const { chromium, product, quick, say } = context;
  const files = await syntheticStudy(LARGE, 'uncompressed');
  const samples = { page: [] as number[], both: [] as number[], after: [] as number[] };
  const made: number[] = [];
  for (let i = 0; i < (quick ? 1 : 3); i++) {
    const page = await chromium.newPage();
    await page.addInitScript(countContexts);
    await page.goto(`${product}?backend=wasm`);
    await page.getByRole('button', { name: /demo case/ }).waitFor();
    await giveFiles(page, files);
    await viewsShown(page, files.length);
    const before = await atRest(context, page);
    const contexts = await contextsOf(page);
    if (before === undefined) break;
    const [second] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('F8')]);
    await viewsShown(second, files.length);
    samples.page.push(before);
    samples.both.push((await atRest(context, page)) ?? Number.NaN);
    for (let turn = 0; turn < 5; turn++) {
      await page.keyboard.press('F8');
      await viewsShown(page, files.length);
      await page.keyboard.press('F8');
      await page.getByTestId('pictures-away').waitFor();
    }
    await page.keyboard.press('F8');
    await viewsShown(page, files.length);
    samples.after.push((await atRest(context, page)) ?? Number.NaN);
    made.push((await contextsOf(page)) - contexts);
    say(`screens: ${before.toFixed(0)} MiB, two windows ${samples.both.at(-1)?.toFixed(0)} MiB`);
    await page.context().close();
  }
  const row = (name: string, values: readonly number[], most?: number): Row =>
    rowOf(name, 'MiB', values, {
      ratios: [ratioTo(values, 'the pictures in the page', samples.page, most)],
    });
  return {
    name: 'screens',
    title: 'Screens: memory of four large images on a second window',
    rows:
      samples.page.length === 0
        ? []
        : [
            rowOf('the pictures in the page', 'MiB', samples.page),
            row('on a second window', samples.both, MOST),
            row('back again, after six turns', samples.after),
            rowOf('graphics contexts made by six turns', '', made),
          ],
    notes: [
      `Resident size of the page's process and the graphics process together, four images of ${LARGE.columns} x ${LARGE.rows} pixels of 16 bits (${Math.round((4 * bytesOf(LARGE)) / MIB)} MiB).`,
      ...(samples.page.length === 0 ? ['Memory is measured on Linux only.'] : []),
    ],
  };
};
