import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  encapsulate,
  mammogramFile,
  words,
} from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import {
  ARTIFACTS,
  CASES,
  expect,
  fileOf,
  hasCases,
  NO_CASES,
  openDemo,
  openFiles,
  test,
  viewOf,
  type TestFile,
} from './page.ts';

test.use({ engine: false });

const storage = '1.2.840.10008.5.1.4.1.1';
const FIXTURES = join(import.meta.dirname, '../src/adapters/dicom-io/fixtures');

/** A left CC of a bright half disc on air, 12 bits, explicit little endian. */
const halfDisc = (rows: number, columns: number): Uint8Array =>
  words(
    Array.from({ length: rows * columns }, (_, i) => {
      const [x, y] = [i % columns, Math.floor(i / columns) - rows / 2];
      return Math.hypot(x, y) < 0.45 * rows ? 1500 + ((x * 7 + y * 13) & 511) : 20;
    }),
  );

const good = (changes: Parameters<typeof mammogramFile>[0] = {}): Uint8Array =>
  mammogramFile({
    '00280010': ['US', [200]],
    '00280011': ['US', [120]],
    '00181164': ['DS', '0.1\\0.1'],
    '7fe00010': ['OW', halfDisc(200, 120)],
    ...changes,
  });
const goodFile = fileOf('good.dcm', good());

/** The reason given for one file in the list of files that were not opened. */
const reasonFor = (page: Page, name: string) =>
  page.getByTestId('problems').locator('li', { hasText: name }).locator('span');

/** A picture whose decoder is a file of its own. */
const openJpegLs = async (page: Page) => {
  await page.goto('./');
  await page
    .getByTestId('file-input')
    .setInputFiles(join(import.meta.dirname, '../public/demo/demo-1-LCC.dcm'));
};

test('a decoder that cannot be had at first is asked for once more', async ({ page }) => {
  const asked: string[] = [];
  await page.route('**/charlswasm_decode*.wasm', (route) => {
    asked.push(route.request().url());
    return asked.length === 1 ? route.abort() : route.continue();
  });
  await openJpegLs(page);
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toBeVisible();
  await expect(page.getByTestId('problems')).toHaveCount(0);
  expect(asked).toHaveLength(2);
});

test('a decoder that cannot be had is named with the reason', async ({ page }) => {
  await page.route('**/charlswasm_decode*.wasm', (route) => route.fulfill({ status: 503 }));
  await openJpegLs(page);
  await expect(reasonFor(page, 'demo-1-LCC.dcm')).toHaveText(
    /decoder for JPEG-LS Lossless could not be started \(.*status 503\)/,
  );
});

test.describe('bad input', () => {
  const whole = good();
  const bad: readonly (readonly [what: string, bytes: Uint8Array, reason: RegExp])[] = [
    ['an empty file', new Uint8Array(0), /empty \(0 bytes\)/],
    [
      'a text file renamed .dcm',
      new TextEncoder().encode('Dear colleague, please find enclosed. '.repeat(20)),
      /not a DICOM file/,
    ],
    ['a truncated header', whole.slice(0, 320), /header/],
    ['truncated pixel data', whole.slice(0, -2000), /46,000 of 48,000 bytes/],
    [
      'wrong Rows',
      good({ '00280010': ['US', [201]] }),
      /Rows, Columns or the pixel data are wrong/,
    ],
    [
      'wrong Columns',
      good({ '00280011': ['US', [90]] }),
      /Rows, Columns or the pixel data are wrong/,
    ],
    [
      'a CT file',
      good({ '00080016': ['UI', `${storage}.2`], '00080060': ['CS', 'CT'] }),
      /a CT image, not a mammogram/,
    ],
    [
      'a colour secondary capture',
      good({
        '00080016': ['UI', `${storage}.7`],
        '00280002': ['US', [3]],
        '00280004': ['CS', 'RGB'],
        '7fe00010': [
          'OW',
          words(Array.from({ length: 200 * 120 * 3 }, (_, i) => (i % 3) * 900 + (i % 700))),
        ],
      }),
      /colour picture \(RGB\)/,
    ],
    [
      'a tomosynthesis that was cut off',
      good({ '00080016': ['UI', `${storage}.13.1.3`], '00280008': ['IS', '52'] }),
      /48,000 of 2,496,000 bytes/,
    ],
    [
      'an MPEG video',
      mammogramFile(
        { '7fe00010': ['OB', encapsulate(new Uint8Array(64))] },
        '1.2.840.10008.1.2.4.102',
      ),
      /MPEG-4 video/,
    ],
  ];

  for (const [what, bytes, reason] of bad)
    test(`${what} is named with its reason; the good file beside it opens`, async ({ page }) => {
      await page.goto('./?backend=wasm');
      await openFiles(page, [fileOf('bad.dcm', bytes), goodFile]);
      await expect(reasonFor(page, 'bad.dcm')).toHaveText(reason);
      await expect(page.getByTestId('problems').locator('li')).toHaveCount(1);
      await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toBeVisible();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(page.getByTestId('problems')).toHaveCount(0);
      await page.getByRole('button', { name: 'New lesion' }).click();
      await expect(page.getByTestId('lesion-1')).toBeVisible();
    });

  test('of two files with one SOP Instance UID the first opens, the second is named', async ({
    page,
  }) => {
    await page.goto('./?backend=wasm');
    await openFiles(page, [goodFile, fileOf('twin.dcm', good({ '00200062': ['CS', 'R'] }))]);
    await expect(reasonFor(page, 'twin.dcm')).toHaveText(/Already open as good\.dcm/);
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await expect(viewOf(page, 'RCC')).toHaveCount(0);
  });

  test('a folder of 300 files of which 290 are not DICOM', async ({ page }) => {
    const folder = join(mkdtempSync(join(tmpdir(), 'tandem-e2e-')), 'CD');
    mkdirSync(join(folder, 'images'), { recursive: true });
    for (let i = 0; i < 290; i++) writeFileSync(join(folder, `note-${i}.txt`), `note ${i}`);
    for (let i = 0; i < 10; i++)
      writeFileSync(
        join(folder, 'images', `IM${i}`),
        good({ '00080018': ['UI', `1.2.3.${i}`], '00200062': ['CS', i % 2 ? 'L' : 'R'] }),
      );
    await page.goto('./?backend=wasm');
    await page.getByTestId('folder-input').setInputFiles(folder);
    await expect(page.locator('.opening')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: '290 files were not opened' })).toBeVisible();
    await expect(page.locator('.study-views li')).toHaveCount(10);
    // One cause is one line with a count; it opens to the names.
    const line = page.getByTestId('problems').locator('li');
    await expect(line).toHaveCount(1);
    await line.locator('summary').click();
    await expect(line.locator('details > div')).toHaveCount(290);
    await expect(reasonFor(page, 'CD/note-0.txt')).toHaveText(/not a DICOM file/);
  });
});

test('every transfer syntax opens in the browser', async ({ page }) => {
  const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.dcm'));
  await page.goto('./?backend=wasm');
  for (const name of files)
    await test.step(name, async () => {
      await openFiles(page, [join(FIXTURES, name)]);
      if (name.includes('u16')) {
        // Their window is for 12 bits and would make all of them white, which is said.
        const notes = page.getByTestId('problems').locator('li');
        await expect(notes).toHaveText([/makes the whole breast one grey/]);
        await page.getByRole('button', { name: 'Dismiss' }).click();
      }
      await expect(page.getByTestId('problems')).toHaveCount(0);
      await expect(page.locator('[data-matrix]')).toHaveCount(1);
      await page.getByRole('button', { name: /^Close / }).click();
    });
});

test('an image of 4096 x 5624 pixels of 16 bits opens', async ({ page }) => {
  const large = mammogramFile({
    '00280010': ['US', [5624]],
    '00280011': ['US', [4096]],
    '00280101': ['US', [16]],
    '00280102': ['US', [15]],
    '00181164': ['DS', '0.05\\0.05'],
    '7fe00010': ['OW', halfDisc(5624, 4096)],
  });
  const path = join(mkdtempSync(join(tmpdir(), 'tandem-e2e-')), 'large.dcm');
  writeFileSync(path, large);
  await page.goto('./?backend=wasm');
  await openFiles(page, [path]);
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toHaveText(/\d %/);
  await expect(page.getByTestId('problems')).toHaveCount(0);
});

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

test('files are dropped on the page, and more while others are open', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await drop(page, [goodFile]);
  await expect(viewOf(page, 'LCC')).toBeVisible();
  const other = good({
    '00080018': ['UI', '1.2.9'],
    '00100020': ['LO', 'P2'],
    '00100010': ['PN', 'Roe^Richard'],
    '00200020': ['CS', 'P\\L'],
    '00200062': ['CS', 'R'],
  });
  await drop(page, [fileOf('other.dcm', other)]);
  await expect(page.locator('.patient')).toHaveCount(2);
  await expect(page.locator('.patient.current')).toContainText('Roe, Richard');
  await expect(viewOf(page, 'RCC').locator('[data-label=patient]')).toHaveText('Roe, Richard · P2');
});

test('the newest study is shown first, and another on a click', async ({ page }) => {
  await page.goto('./?backend=wasm');
  const study = (uid: string, date: string, side: string) =>
    fileOf(
      `${uid}.dcm`,
      good({
        '00080018': ['UI', uid],
        '0020000d': ['UI', `${uid}.1`],
        '00080020': ['DA', date],
        '00200020': ['CS', side === 'R' ? 'P\\L' : 'A\\R'],
        '00200062': ['CS', side],
      }),
    );
  await openFiles(page, [study('1.5', '20200101', 'R'), study('1.6', '20240101', 'L')]);
  await expect(viewOf(page, 'LCC')).toBeVisible();
  await page.getByRole('button', { name: /^2020-01-01/ }).click();
  await expect(viewOf(page, 'RCC').locator('[data-label=date]')).toHaveText('2020-01-01');
  await expect(viewOf(page, 'LCC')).toHaveCount(0);
});

test.describe('four views in their places', () => {
  const placesOf = async (page: Page) =>
    Object.fromEntries(
      await Promise.all(
        ['RCC', 'LCC', 'RMLO', 'LMLO'].map(async (place) => {
          const cell = page.locator(`.viewer-cell[data-place=${place}]`);
          await expect(cell.locator('[data-label=zoom]')).toBeVisible();
          const title = await cell.locator('[data-label=view]').innerText();
          return [title, (await cell.boundingBox()) as { x: number; y: number }];
        }),
      ),
    ) as Record<string, { x: number; y: number }>;

  const assertHanging = (places: Record<string, { x: number; y: number }>) => {
    const { RCC, LCC, RMLO, LMLO } = places;
    if (!RCC || !LCC || !RMLO || !LMLO) throw new Error(`shown: ${Object.keys(places).join(', ')}`);
    expect(RCC.y).toBe(LCC.y);
    expect(RMLO.y).toBe(LMLO.y);
    expect(RCC.y).toBeLessThan(RMLO.y);
    expect(RCC.x).toBe(RMLO.x);
    expect(LCC.x).toBe(LMLO.x);
    expect(RCC.x).toBeLessThan(LCC.x);
  };

  test('of a real digital exam, whatever the files are called', async ({ page }) => {
    test.skip(!hasCases, NO_CASES);
    await page.goto('./?backend=wasm');
    const names = ['LMLO', 'RCC', 'LCC', 'RMLO'];
    const files = names.map((name, i) =>
      fileOf(`IM${i}`, readFileSync(join(CASES, 'ffdm-4view', `${name}.dcm`))),
    );
    await openFiles(page, files);
    // On a wide screen they hang in a row, where the breasts are larger.
    await page.keyboard.press('5');
    assertHanging(await placesOf(page));
    await page.screenshot({ path: join(ARTIFACTS, 'ffdm-4view.png') });

    await viewOf(page, 'LMLO').dblclick();
    await expect(page.locator('.viewer-cell:visible')).toHaveCount(1);
    await page.screenshot({ path: join(ARTIFACTS, 'ffdm-4view-one.png') });
    await page.keyboard.press('Escape');
    await expect(page.locator('.viewer-cell:visible')).toHaveCount(4);
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await expect(page.locator('.viewer-cell:visible')).toHaveAttribute('data-place', 'LCC');
  });

  test('of a synthetic patient with a prior study, newest first', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await page.getByText('More synthetic patients').click();
    await page.getByRole('button', { name: /Synthetic patient 3/ }).click();
    await expect(page.locator('[data-matrix]')).toHaveCount(4);
    await expect(page.locator('.study-name')).toHaveCount(2);
    const [newest, prior] = await page.locator('.study-name').allInnerTexts();
    expect((newest ?? '') > (prior ?? '')).toBe(true);
    await expect(page.locator('.study-name').first()).toHaveAttribute('aria-current', 'true');
  });

  test('of the demo case, one click from the start, labelled synthetic', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await openDemo(page);
    await page.keyboard.press('5');
    assertHanging(await placesOf(page));
    await expect(page.locator('.view-synthetic')).toHaveCount(4);
    await page.screenshot({ path: join(ARTIFACTS, 'demo.png') });
  });
});
