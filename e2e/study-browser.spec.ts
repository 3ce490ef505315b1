import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { Page } from '@playwright/test';
import { mammogramFile, words } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { dicomDir } from '../src/adapters/dicom-io/fixtures/build-dicomdir.ts';
import { expect, fileOf, openFiles, test, viewOf, type TestFile } from './page.ts';

type Changes = NonNullable<Parameters<typeof mammogramFile>[0]>;

const [ROWS, COLUMNS] = [200, 120];
/** A half disc with its chest wall on the left, brighter above than below, on air. */
const breast = words(
  Array.from({ length: ROWS * COLUMNS }, (_, i) => {
    const [x, y] = [i % COLUMNS, Math.floor(i / COLUMNS) - ROWS / 2];
    return Math.hypot(x, y) < 0.45 * ROWS ? 2600 - 6 * y + ((x * 7 + y * 13) & 127) : 20;
  }),
);

/** A mammogram named by its SOP Instance UID; a left CC unless changed. */
const mammogram = (uid: string, changes: Changes = {}): Uint8Array =>
  mammogramFile({
    '00080018': ['UI', uid],
    '00280010': ['US', [ROWS]],
    '00280011': ['US', [COLUMNS]],
    '00281050': ['DS', '2048'],
    '00281051': ['DS', '4096'],
    '00181164': ['DS', '0.1\\0.1'],
    '7fe00010': ['OW', breast],
    ...changes,
  });

const zipOf = async (contents: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> => {
  const writer = new ZipWriter(new BlobWriter());
  for (const [name, content] of Object.entries(contents))
    await writer.add(name, new Uint8ArrayReader(content));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
};

/** Drops files on the page as the browser does. */
const drop = async (page: Page, files: readonly TestFile[]) => {
  const data = await page.evaluateHandle(
    (list) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of list)
        transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
      return transfer;
    },
    files.map(({ name, buffer }) => ({ name, bytes: buffer.toString('base64') })),
  );
  await page.dispatchEvent('.page', 'drop', { dataTransfer: data });
};

const reasonFor = (page: Page, name: string) =>
  page
    .getByTestId('problems')
    .locator('li', { has: page.locator('b', { hasText: name }) })
    .locator('span');

test.describe('zip archives', () => {
  test('one that is dropped opens, with a zip inside it; what is wrong in it is named', async ({
    page,
  }) => {
    const inner = await zipOf({ IM0003: mammogram('1.7.3', { '00185101': ['CS', 'MLO'] }) });
    const archive = await zipOf({
      'exam/IM0001': mammogram('1.7.1'),
      'exam/IM0002': mammogram('1.7.2', { '00200062': ['CS', 'R'], '00200020': ['CS', 'P\\L'] }),
      'exam/readme.txt': new TextEncoder().encode(
        'Dear colleague, please find enclosed.'.repeat(9),
      ),
      'more.zip': inner,
    });
    await page.goto('./?backend=wasm');
    await drop(page, [fileOf('archive.zip', archive)]);
    for (const view of ['LCC', 'RCC', 'LMLO']) await expect(viewOf(page, view)).toBeVisible();
    await expect(page.getByTestId('problems').locator('li')).toHaveCount(1);
    await expect(reasonFor(page, 'archive.zip/exam/readme.txt')).toHaveText(/not a DICOM file/);
  });

  test('a damaged one is one problem, and the file beside it opens', async ({ page }) => {
    const archive = await zipOf({ IM1: mammogram('1.7.4') });
    await page.goto('./?backend=wasm');
    await openFiles(page, [
      fileOf('cut.zip', archive.slice(0, archive.length - 60)),
      fileOf('good.dcm', mammogram('1.7.5')),
    ]);
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await expect(page.getByTestId('problems').locator('li')).toHaveCount(1);
    await expect(reasonFor(page, 'cut.zip')).toHaveText(/damaged or was cut off/);
  });
});

test.describe('a disc', () => {
  const index = dicomDir(1, [
    { lower: 2 },
    { file: 'IMAGES\\IM2', next: 3 },
    { file: 'IMAGES\\IM1', next: 4 },
    { file: 'IMAGES\\IM3' },
  ]);

  test('picked as a folder opens what its DICOMDIR names and more, and names what is missing', async ({
    page,
  }) => {
    const disc = join(mkdtempSync(join(tmpdir(), 'tandem-e2e-')), 'CD');
    const files = {
      DICOMDIR: index,
      'IMAGES/IM1': mammogram('1.8.1'),
      'IMAGES/IM2': mammogram('1.8.2', { '00185101': ['CS', 'MLO'] }),
      'MORE/IM9': mammogram('1.8.9', { '00200062': ['CS', 'R'], '00200020': ['CS', 'P\\L'] }),
    };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(disc, name)), { recursive: true });
      writeFileSync(join(disc, name), content);
    }
    await page.goto('./?backend=wasm');
    await page.getByTestId('folder-input').setInputFiles(disc);
    for (const view of ['LCC', 'LMLO', 'RCC']) await expect(viewOf(page, view)).toBeVisible();
    await expect(page.getByTestId('problems').locator('li')).toHaveCount(1);
    await expect(reasonFor(page, 'CD/IMAGES/IM3')).toHaveText(/named in the disc’s DICOMDIR/);
  });

  test('whose DICOMDIR alone was picked asks for the folder', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await openFiles(page, [fileOf('DICOMDIR', index)]);
    await expect(reasonFor(page, 'DICOMDIR')).toHaveText(/Open the whole folder/);
  });
});
