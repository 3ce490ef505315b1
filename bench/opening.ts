import type { Page } from '@playwright/test';
import {
  bytesOf,
  type Coding,
  LARGE,
  type Matrix,
  SMALL,
  syntheticStudy,
} from './lib/dicom-files.ts';
import type { Context, Measure } from './lib/measure.ts';
import { giveFiles } from './lib/reader.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import { type Opened, watchPictures } from './lib/watch-pictures.ts';
import type { BenchApi } from './pages/protocol.ts';

declare const bench: BenchApi;

const CODINGS: readonly Coding[] = ['uncompressed', 'JPEG Lossless', 'JPEG 2000'];
const MOST_OVER_LEAST = 1.2;

const openInProduct = async (context: Context, files: readonly string[]): Promise<Opened> => {
  const page = await context.chromium.newPage();
  await page.addInitScript(watchPictures, undefined);
  await page.goto(`${context.product}?backend=wasm`);
  await page.getByRole('button', { name: /demo case/ }).waitFor();
  // Let the engine start first: a reader does not open files within the first seconds.
  await page.waitForTimeout(4_000);
  await giveFiles(page, files);
  const handle = await page.waitForFunction(() => window.opened, undefined, { timeout: 180_000 });
  const opened = (await handle.jsonValue()) as Opened;
  await page.context().close();
  return opened;
};

const openBare = async (context: Context, files: readonly string[]): Promise<Opened> => {
  const page = await context.chromium.newPage();
  await page.goto(`${context.pages}cornerstone.html`);
  await page.waitForTimeout(2_000);
  await page.locator('#files').setInputFiles([...files]);
  const handle = await page.waitForFunction(() => document.body.dataset['times'], undefined, {
    timeout: 180_000,
  });
  const opened = JSON.parse((await handle.jsonValue()) as string) as Opened;
  await page.context().close();
  return opened;
};

const nameOf = (file: string) => file.split(/[/\\]/).at(-1) as string;

/** Sum of the decoding times of the four files, one after the other in one warm worker. */
export const decodeAll = async (page: Page, context: Context, files: readonly string[]) => {
  let sum = 0;
  for (const file of files)
    sum += await page.evaluate(
      (url) => bench.ask('parts', { type: 'decode', url }) as Promise<number>,
      `${context.pages}files/${nameOf(file)}`,
    );
  return sum;
};

/** What WebGL alone takes for the four images: a fresh context, a texture each, drawn once. */
export const uploadAll = (page: Page, { columns, rows }: Matrix) =>
  page.evaluate(([c, r]) => bench.upload(c, r, 4), [columns, rows] as const);

export const matrixName = ({ columns, rows }: Matrix) => `${columns} x ${rows}`;

/** A page that decodes and uploads by themselves, warm. */
export const openParts = async (context: Context, files: readonly string[]): Promise<Page> => {
  const page = await context.chromium.newPage();
  await page.goto(context.pages);
  await page.evaluate(
    (packUrl) => bench.open('parts', 'parts', { packUrl }),
    `${context.pages}pack/`,
  );
  await decodeAll(page, context, files.slice(0, 1));
  await uploadAll(page, SMALL);
  return page;
};

const rowsOf = async (context: Context, matrix: Matrix, coding: Coding): Promise<Row[]> => {
  const files = await syntheticStudy(matrix, coding);
  const repetitions = context.quick ? 1 : matrix === LARGE ? 3 : 5;
  const page = await openParts(context, files);
  const [own, bare, decode, least]: [Opened[], Opened[], number[], number[]] = [[], [], [], []];
  for (let i = 0; i < repetitions; i++) {
    const decoding = await decodeAll(page, context, files);
    decode.push(decoding);
    least.push(decoding + (await uploadAll(page, matrix)));
    own.push(await openInProduct(context, files));
    bare.push(await openBare(context, files));
  }
  await page.context().close();
  const what = `${coding}, ${matrixName(matrix)}`;
  const [first, all] = [own.map((o) => o.first), own.map((o) => o.all)];
  return [
    rowOf(`${what}: first image`, 'ms', first, {
      ratios: [
        ratioTo(
          first,
          'bare',
          bare.map((b) => b.first),
        ),
      ],
    }),
    rowOf(`${what}: all four drawn`, 'ms', all, {
      ratios: [
        ratioTo(all, 'decoding plus upload', least, MOST_OVER_LEAST),
        ratioTo(all, 'decoding', decode),
        ratioTo(
          all,
          'bare',
          bare.map((b) => b.all),
        ),
      ],
    }),
    rowOf(
      `${what}: bare Cornerstone3D, first`,
      'ms',
      bare.map((b) => b.first),
    ),
    rowOf(
      `${what}: bare Cornerstone3D, all four`,
      'ms',
      bare.map((b) => b.all),
    ),
    rowOf(`${what}: decoding plus upload`, 'ms', least),
    rowOf(`${what}: decoding alone`, 'ms', decode),
  ];
};

/** From files handed over to pictures on screen, beside a bare Cornerstone3D page, pure decoding, and that with WebGL alone. */
export const measureOpening: Measure = async (context) => {
  const rows: Row[] = [];
  const notes = [
    `Four synthetic views a study, 16 bits allocated and 12 stored (${Math.round(bytesOf(SMALL) / 2 ** 20)} and ${Math.round(bytesOf(LARGE) / 2 ** 20)} MiB an image). Pictures count when Cornerstone3D says that it has drawn them.`,
    'Decoding alone: parsing and decoding in one warm worker, one after the other, without reading the file, working image, transfer and texture. The product decodes in as many workers as there are cores, four at most.',
    "Decoding plus upload: that, and then WebGL alone, in a context that stands: four textures of the product's format filled, without mip levels, and each drawn once to its end.",
    'The product also makes each working image (0.2 mm, grey by tissue) while it opens; the bare page does not.',
  ];
  for (const matrix of [SMALL, LARGE])
    for (const coding of CODINGS) {
      // Coded large images take minutes to make and to open.
      if (context.quick && matrix === LARGE && coding !== 'uncompressed') continue;
      context.say(`  ${coding}, ${matrixName(matrix)}`);
      try {
        rows.push(...(await rowsOf(context, matrix, coding)));
      } catch (error) {
        const [line] = (error as Error).message.split('\n');
        notes.push(`${coding}, ${matrixName(matrix)} could not be measured: ${line}`);
      }
    }
  return { name: 'opening', title: 'Opening: a four-view study from files', rows, notes };
};
