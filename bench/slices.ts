import type { Page } from '@playwright/test';
import type { Context, Measure } from './lib/measure.ts';
import { memoryOf, processorTimeOf } from './lib/memory.ts';
import { giveFiles } from './lib/reader.ts';
import { type Row, rowOf } from './lib/result.ts';
import {
  syntheticVolume,
  VOLUME_CODINGS,
  type Volume,
  type VolumeCoding,
} from './lib/volume-files.ts';

/** A large view of a large breast. */
const VOLUME: Volume = { columns: 1996, rows: 2457, frames: 72, pitch: 0.1 };
const PLAYED_MS = 5_000;
const EXAMS = 10;
const WANTED_RATE = 30;
const FIRST_SLICE_MS = 2_000;

declare global {
  interface Window {
    sliceDrawn?: { readonly first: number };
    /** Different slices on the screen, by what stands on the view. */
    slicesSeen?: Set<string>;
    seenTimes?: number;
  }
}

/** Runs before the page's own scripts: notes when the first picture stands, and each change of the slice. */
const watchSlices = () => {
  let start = 0;
  addEventListener(
    'change',
    (event) => {
      if ((event.target as HTMLInputElement).type === 'file') start = performance.now();
    },
    true,
  );
  let before = '';
  window.seenTimes = 0;
  addEventListener(
    'CORNERSTONE_IMAGE_RENDERED',
    () => {
      if (start > 0) window.sliceDrawn ??= { first: performance.now() - start };
      const now = document.querySelector('[data-label=slice]')?.textContent ?? '';
      if (now !== before) window.seenTimes = (window.seenTimes ?? 0) + 1;
      before = now;
    },
    true,
  );
};

const sliceBytes = (page: Page) =>
  page.evaluate(() =>
    (globalThis as unknown as { tandem: { sliceBytes(): number } }).tandem.sliceBytes(),
  );

const opened = async (context: Context, file: string) => {
  const page = await context.chromium.newPage();
  await page.addInitScript(watchSlices);
  await page.goto(`${context.product}?backend=wasm&diagnostics`);
  await page.getByRole('button', { name: /demo case/ }).waitFor();
  await page.waitForTimeout(4_000);
  await giveFiles(page, [file]);
  await page.waitForFunction(() => window.sliceDrawn, undefined, { timeout: 180_000 });
  const { first } = (await (await page.waitForFunction(() => window.sliceDrawn)).jsonValue()) as {
    first: number;
  };
  return { page, first };
};

const waitForAll = async (page: Page, { columns, rows, frames }: Volume) => {
  const start = performance.now();
  while ((await sliceBytes(page)) < columns * rows * 2 * frames) await page.waitForTimeout(100);
  return performance.now() - start;
};

interface Played {
  readonly rate: number;
  /** Processor time of a slice in the page's process, and in the one that draws, ms. */
  readonly renderer: number;
  readonly gpu: number;
}

/** Slices a second while the volume plays at 30, and what each takes, which a busy machine changes little. */
const played = async ({ chromium }: Context, page: Page): Promise<Played> => {
  await page.getByLabel('Slices a second').selectOption(String(WANTED_RATE));
  await page.keyboard.press('l');
  await page.waitForTimeout(500);
  const times = () =>
    Promise.all([processorTimeOf(chromium, 'renderer'), processorTimeOf(chromium, 'GPU')]);
  const before = await page.evaluate(() => window.seenTimes ?? 0);
  const [page0, gpu0] = await times();
  await page.waitForTimeout(PLAYED_MS);
  const seen = (await page.evaluate(() => window.seenTimes ?? 0)) - before;
  await page.keyboard.press('l');
  const [page1, gpu1] = await times();
  const each = (ms: number) => ms / Math.max(seen, 1);
  return { rate: seen / (PLAYED_MS / 1000), renderer: each(page1 - page0), gpu: each(gpu1 - gpu0) };
};

const rowsOf = async (context: Context, coding: VolumeCoding): Promise<Row[]> => {
  const volume = VOLUME;
  const file = await syntheticVolume(volume, coding);
  const first: number[] = [];
  const all: number[] = [];
  const plays: Played[] = [];
  for (let i = 0; i < (context.quick ? 1 : 3); i++) {
    const one = await opened(context, file);
    first.push(one.first);
    all.push(await waitForAll(one.page, volume));
    plays.push(await played(context, one.page));
    await one.page.context().close();
  }
  const what = `${coding}, ${volume.frames} x ${volume.rows} x ${volume.columns}`;
  return [
    rowOf(`${what}: first slice`, 'ms', first, { note: `wanted: ${FIRST_SLICE_MS} ms` }),
    rowOf(`${what}: all the others`, 'ms', all),
    rowOf(
      `${what}: slices a second, all decoded`,
      '1/s',
      plays.map(({ rate }) => rate),
      { note: `wanted: ${WANTED_RATE}` },
    ),
    rowOf(
      `${what}: processor time of a slice, page`,
      'ms',
      plays.map(({ renderer }) => renderer),
    ),
    rowOf(
      `${what}: processor time of a slice, drawing`,
      'ms',
      plays.map(({ gpu }) => gpu),
    ),
  ];
};

/** One volume opened and closed again and again in one page; memory of the page after each. */
const exams = async (context: Context): Promise<Row[]> => {
  const volume = { ...VOLUME, frames: 12 };
  const file = await syntheticVolume(volume, 'uncompressed');
  const page = await context.chromium.newPage();
  await page.goto(`${context.product}?backend=wasm&diagnostics`);
  const after: number[] = [];
  for (let i = 0; i < EXAMS; i++) {
    await giveFiles(page, [file]);
    await page.locator('[data-label=slice]').waitFor({ timeout: 180_000 });
    await waitForAll(page, volume);
    await page.getByRole('button', { name: /^Close SYNTHETIC/ }).click();
    while ((await sliceBytes(page)) > 0) await page.waitForTimeout(50);
    await page.evaluate(() => (globalThis as unknown as { gc?(): void }).gc?.());
    await page.waitForTimeout(1_000);
    const memory = await memoryOf(context.chromium, 'renderer');
    if (memory) after.push(memory / 2 ** 20);
  }
  await page.context().close();
  const half = Math.floor(after.length / 2);
  return [
    rowOf('page after exams 1 to 5, each closed', 'MiB', after.slice(0, half)),
    rowOf('page after exams 6 to 10', 'MiB', after.slice(half)),
  ];
};

/** Tomosynthesis: how soon a slice stands, how fast slices go by, and what is left when exams are closed. */
export const measureSlices: Measure = async (context) => {
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const coding of VOLUME_CODINGS)
    try {
      rows.push(...(await rowsOf(context, coding)));
    } catch (error) {
      notes.push(`${coding} was not measured: ${String(error)}`);
    }
  rows.push(...(await exams(context)));
  return { name: 'slices', title: 'Tomosynthesis', rows, notes };
};
