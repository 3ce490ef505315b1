import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { findOrthanc, type Orthanc, startOrthanc } from '../scripts/orthanc.mjs';
import { serve } from '../scripts/serve.mjs';
import {
  bytesOf,
  type Coding,
  LARGE,
  type Matrix,
  SMALL,
  syntheticStudy,
} from './lib/dicom-files.ts';
import type { Context, Measure } from './lib/measure.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import { type Opened, watchPictures } from './lib/watch-pictures.ts';
import { decodeAll, matrixName, openParts, uploadAll } from './opening.ts';

/** What opening may take at most, as a multiple of fetching the same instances in the page and decoding them. */
const MOST_OVER_FETCHING = 1.3;
const STUDIES: readonly (readonly [Matrix, Coding])[] = [
  [SMALL, 'uncompressed'],
  [SMALL, 'JPEG Lossless'],
  [LARGE, 'uncompressed'],
  [LARGE, 'JPEG Lossless'],
];
/** Of the button beside a study that was found. */
const OPEN = 'Open the study';

/** An archive that holds this study alone. */
const hold = async (orthanc: Orthanc, files: readonly string[]) => {
  const before = (await (await orthanc.rest('/studies')).json()) as string[];
  for (const id of before) await orthanc.rest(`/studies/${id}`, { method: 'DELETE' });
  for (const file of files) {
    const body = new Uint8Array(readFileSync(file));
    const { ok } = await orthanc.rest('/instances', { method: 'POST', body });
    if (!ok) throw new Error(`Orthanc does not take ${file}`);
  }
};

/** Searches, opens the one study there is, and waits for its four pictures; the instances that were fetched. */
const openInProduct = async (context: Context, address: string) => {
  const page = await context.chromium.newPage();
  await page.addInitScript(watchPictures, OPEN);
  const instances: string[] = [];
  page.on('request', (request) => {
    if (/\/instances\/[\d.]+$/.test(request.url())) instances.push(request.url());
  });
  await page.goto(`${address}?backend=wasm`);
  await page.getByRole('button', { name: 'Open from a server' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Search', exact: true }).click();
  const found = dialog.getByRole('button', { name: OPEN });
  await found.waitFor();
  // Let the engine start first: a reader does not open a study within the first seconds.
  await page.waitForTimeout(4_000);
  await found.click();
  const handle = await page.waitForFunction(() => window.opened, undefined, { timeout: 180_000 });
  const opened = (await handle.jsonValue()) as Opened;
  await page.context().close();
  return { opened, instances };
};

/** Fetches the instances at once, as whole answers, in a page that does nothing else, ms. */
const fetchAll = (page: Page, instances: readonly string[]) =>
  page.evaluate(async (urls) => {
    const headers = { Accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' };
    const start = performance.now();
    await Promise.all(
      urls.map(async (url) => {
        const answer = await fetch(url, { headers, cache: 'no-store' });
        if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
        return answer.arrayBuffer();
      }),
    );
    return performance.now() - start;
  }, instances);

const rowsOf = async (
  context: Context,
  { orthanc, address }: { readonly orthanc: Orthanc; readonly address: string },
  [matrix, coding]: readonly [Matrix, Coding],
): Promise<Row[]> => {
  const files = await syntheticStudy(matrix, coding);
  await hold(orthanc, files);
  const parts = await openParts(context, files);
  // A page of the same origin that runs no script of its own.
  const bare = await context.chromium.newPage();
  await bare.goto(`${address}dicomweb-config.json`);
  const { instances } = await openInProduct(context, address);
  if (instances.length !== files.length)
    throw new Error(`the product fetched ${instances.length} instances of ${files.length}`);
  await fetchAll(bare, instances);

  const [own, fetching, least, drawn]: [Opened[], number[], number[], number[]] = [[], [], [], []];
  for (let i = 0; i < (context.quick ? 1 : 5); i++) {
    const fetched = await fetchAll(bare, instances);
    const decoded = await decodeAll(parts, context, files);
    fetching.push(fetched);
    least.push(fetched + decoded);
    drawn.push(fetched + decoded + (await uploadAll(parts, matrix)));
    own.push((await openInProduct(context, address)).opened);
  }
  await parts.context().close();
  await bare.context().close();
  const what = `${coding}, ${matrixName(matrix)}`;
  const all = own.map((o) => o.all);
  return [
    rowOf(
      `${what}: first image`,
      'ms',
      own.map((o) => o.first),
    ),
    rowOf(`${what}: all four drawn`, 'ms', all, {
      ratios: [
        ratioTo(all, 'fetching plus decoding', least, MOST_OVER_FETCHING),
        ratioTo(all, 'that plus upload', drawn),
      ],
    }),
    rowOf(`${what}: fetching alone`, 'ms', fetching),
    rowOf(`${what}: fetching plus decoding`, 'ms', least),
  ];
};

/** From "Open" beside a study that was found to pictures on screen, with a real Orthanc on this computer. */
export const measureOrthanc: Measure = async (context) => {
  const rows: Row[] = [];
  const notes = [
    `Four synthetic views a study (${Math.round(bytesOf(SMALL) / 2 ** 20)} and ${Math.round(bytesOf(LARGE) / 2 ** 20)} MiB an image), in Orthanc on the loopback address, behind the product's own server. Orthanc, that server and the browser share this machine's cores.`,
    'Fetching: the same four instances at once, read whole, in a page of the same origin that does nothing else. Decoding: as in "Opening", one after the other in one warm worker. Upload: WebGL alone, as there.',
    'The product also asks what the study holds, makes each working image and draws.',
  ];
  if (!findOrthanc()) throw new Error('Orthanc is not here (Debian: orthanc, orthanc-dicomweb)');
  const orthanc = await startOrthanc({ settings: { AuthenticationEnabled: false } });
  const { server, address } = await serve(context.productFolder, 0, { dicomweb: orthanc.dicomweb });
  try {
    for (const study of STUDIES) {
      const [matrix, coding] = study;
      if (context.quick && matrix === LARGE) continue;
      context.say(`  ${coding}, ${matrixName(matrix)}`);
      try {
        rows.push(...(await rowsOf(context, { orthanc, address }, study)));
      } catch (error) {
        const [line] = (error as Error).message.split('\n');
        notes.push(`${coding}, ${matrixName(matrix)} could not be measured: ${line}`);
      }
    }
  } finally {
    server.close();
    server.closeAllConnections();
    await orthanc.stop();
  }
  if (rows.length === 0) throw new Error(notes.slice(3).join(' '));
  return { name: 'orthanc', title: 'Opening: a four-view study from Orthanc', rows, notes };
};
