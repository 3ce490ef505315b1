import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { Page } from '@playwright/test';
import { mammogramFile, words } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { dicomDir } from '../src/adapters/dicom-io/fixtures/build-dicomdir.ts';
import {
  ARTIFACTS,
  CASES,
  expect,
  keptRecords,
  fileOf,
  hasCases,
  NO_CASES,
  openFiles,
  test,
  viewOf,
  type TestFile,
} from './page.ts';

test.use({ engine: false });

type Changes = NonNullable<Parameters<typeof mammogramFile>[0]>;

const [ROWS, COLUMNS] = [200, 120];
/** A half disc with its chest wall on the left, brighter above than below, on air. */
const breast = words(
  Array.from({ length: ROWS * COLUMNS }, (_, i) => {
    const [x, y] = [i % COLUMNS, Math.floor(i / COLUMNS) - ROWS / 2];
    return Math.hypot(x, y) < 0.49 * ROWS ? 2600 - 6 * y + ((x * 7 + y * 13) & 127) : 20;
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

const study = (uid: string, date: string): Changes => ({
  '0020000d': ['UI', uid],
  '00080020': ['DA', date],
});
const patient = (id: string, name: string): Changes => ({
  '00100020': ['LO', id],
  '00100010': ['PN', name],
});

const zipOf = async (
  contents: Readonly<Record<string, Uint8Array>>,
  options = {},
): Promise<Uint8Array> => {
  const writer = new ZipWriter(new BlobWriter());
  for (const [name, content] of Object.entries(contents))
    await writer.add(name, new Uint8ArrayReader(content), options);
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

  test('of a real exam opens with its four views and their pictures', async ({ page }) => {
    test.skip(!hasCases, NO_CASES);
    const names = ['LMLO', 'RCC', 'LCC', 'RMLO'];
    const contents = names.map((name, i) => [
      `exam/IM000${i}`,
      readFileSync(join(CASES, 'ffdm-4view', `${name}.dcm`)),
    ]);
    const archive = await zipOf(Object.fromEntries(contents) as Record<string, Uint8Array>, {
      level: 0,
    });
    await page.goto('./?backend=wasm');
    await openFiles(page, [fileOf('exam.zip', archive)]);
    await expect(page.getByTestId('problems')).toHaveCount(0);
    for (const view of names) await expect(viewOf(page, view)).toBeVisible();
    await expect(page.locator('.study-views li canvas')).toHaveCount(4);
    await page.screenshot({ path: join(ARTIFACTS, 'study-browser-exam.png') });
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

test.describe('the study browser', () => {
  const views: readonly (readonly [uid: string, changes: Changes])[] = [
    ['1.9.1', {}],
    ['1.9.2', { '00200062': ['CS', 'R'], '00200020': ['CS', 'P\\L'] }],
    // Stored with the chest wall on the right and turned on screen.
    [
      '1.9.3',
      { '00200062': ['CS', 'R'], '00200020': ['CS', 'A\\L'], ...study('1.9.30', '20200101') },
    ],
    ['1.9.4', { ...patient('P2', 'Roe^Rita'), ...study('1.9.40', '20240203') }],
    ['1.9.5', { ...patient('P2', 'Roe^Rita'), ...study('1.9.40', '20240203') }],
  ];
  const files = views.map(([uid, changes]) =>
    fileOf(`${uid}.dcm`, mammogram(uid, { '00080020': ['DA', '20230101'], ...changes })),
  );

  const entry = (page: Page, uid: string) => page.locator(`.study-views li[data-image="${uid}"]`);

  /** Mean grey of the left and the right half of a thumbnail, 0 to 255. */
  const halves = (page: Page, uid: string) =>
    entry(page, uid)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
        const sums = { left: 0, right: 0 };
        for (let i = 0; i < width * height; i++)
          sums[i % width < width / 2 ? 'left' : 'right'] += data[4 * i] ?? 0;
        const half = (width * height) / 2;
        return { width, height, left: sums.left / half, right: sums.right / half };
      });

  test('lists patients, studies and thumbnails, oriented as on screen', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await openFiles(page, files);
    await expect(page.locator('.patient')).toHaveCount(2);
    await expect(page.locator('.study-facts')).toHaveText([
      '2 images · current',
      '1 image · prior',
      '2 images',
    ]);
    const left = await halves(page, '1.9.1');
    expect([left.width, left.height]).toEqual([115, 192]);
    expect(left.left).toBeGreaterThan(2 * left.right);
    const mirrored = await halves(page, '1.9.3');
    expect(mirrored.right).toBeGreaterThan(2 * mirrored.left);
    // The same bright middle by the DICOM equations: VOI of 2048 / 4096 on values near 2600.
    expect(left.left).toBeGreaterThan(100);
    expect(left.left).toBeLessThan(165);
  });

  test('shows an image on a click, of another patient too', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await openFiles(page, files);
    await entry(page, '1.9.3').locator('.show-image').click();
    await expect(viewOf(page, 'RCC').locator('[data-label=date]')).toHaveText('2020-01-01');
    // Two left CC of one study: the one behind comes to the front.
    const shown = page.locator('.viewer-cell[data-place=LCC] .box-overlay');
    await entry(page, '1.9.4').locator('.show-image').click();
    await expect(viewOf(page, 'LCC').locator('[data-label=patient]')).toHaveText('Roe, Rita · P2');
    await expect(shown).toHaveAttribute('data-sop', '1.9.4');
    await entry(page, '1.9.5').locator('.show-image').click();
    await expect(shown).toHaveAttribute('data-sop', '1.9.5');
  });

  test('keeps a corrected view over a reload, and takes it back', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await openFiles(page, [files[0] as TestFile]);
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await entry(page, '1.9.1').getByRole('button', { name: 'Correct side and view' }).click();
    await page.getByRole('combobox', { name: 'Side' }).selectOption('R');
    await page.getByRole('combobox', { name: 'View' }).selectOption('MLO');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const cell = page.locator('.viewer-cell[data-place=RMLO]');
    await expect(cell.locator('[data-label=view]')).toHaveText('RMLO');
    await expect(cell.locator('.view-source')).toHaveText('set by reader');
    await expect(entry(page, '1.9.1')).toContainText('set by reader');

    await page.reload();
    await openFiles(page, [files[0] as TestFile]);
    await expect(cell.locator('[data-label=view]')).toHaveText('RMLO');

    await entry(page, '1.9.1').getByRole('button', { name: 'Correct side and view' }).click();
    await expect(page.getByRole('dialog')).toContainText('The file says LCC');
    await page.getByRole('button', { name: 'Use the file’s' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await page.reload();
    await openFiles(page, [files[0] as TestFile]);
    await expect(viewOf(page, 'LCC')).toBeVisible();
  });

  test('marks modified views and hangs the plain one before them', async ({ page }) => {
    const modifier = (value: string): Changes => ({
      '00540220': [
        'SQ',
        [
          {
            '00080100': ['SH', '399162004'],
            '00080102': ['SH', 'SCT'],
            '00540222': ['SQ', [{ '00080100': ['SH', value], '00080102': ['SH', 'SCT'] }]],
          },
        ],
      ],
    });
    await page.goto('./?backend=wasm');
    await openFiles(page, [
      fileOf('m.dcm', mammogram('1.9.7', modifier('399163009'))),
      fileOf('s.dcm', mammogram('1.9.8', modifier('399055006'))),
      fileOf('plain.dcm', mammogram('1.9.6')),
    ]);
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await expect(page.locator('.viewer-cell [data-label=view]')).toHaveText(['LCC']);
    await expect(entry(page, '1.9.7')).toContainText('LCC M');
    await expect(entry(page, '1.9.8')).toContainText('LCC S');
    await entry(page, '1.9.7').locator('.show-image').click();
    await expect(page.locator('.viewer-cell [data-label=view]')).toHaveText(['LCC M']);
  });
});

test.describe('what was opened lately', () => {
  /** The browser's picker cannot be shown here: it answers with a folder of the page's own storage. */
  const withFolder = async (page: Page, name: string) => {
    await page.addInitScript((folder) => {
      window.showDirectoryPicker = async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
    }, name);
    await page.goto('./?backend=wasm');
    await page.evaluate(
      async ([folder, bytes]) => {
        const root = await navigator.storage.getDirectory();
        const directory = await root.getDirectoryHandle(folder, { create: true });
        const inner = await directory.getDirectoryHandle('IMAGES', { create: true });
        const writable = await (
          await inner.getFileHandle('IM1', { create: true })
        ).createWritable();
        await writable.write(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)));
        await writable.close();
      },
      [name, Buffer.from(mammogram('1.10.1')).toString('base64')] as const,
    );
  };
  const recents = (page: Page) => page.getByTestId('recents').locator('li');

  test('opens again after a reload, keeps no patient data, and can be forgotten', async ({
    page,
  }) => {
    await withFolder(page, 'CD of May');
    await expect(page.getByTestId('recents')).toHaveCount(0);
    await page.getByRole('button', { name: 'Open folder' }).click();
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await expect.poll(() => keptRecords(page, 'tandem-recents')).toBe(1);
    await page.reload();
    await expect(recents(page)).toHaveCount(1);
    await expect(recents(page)).toContainText(/CD of May\s*\d{4}-\d\d-\d\d/);
    const kept = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          indexedDB.open('tandem-recents').onsuccess = ({ target }) => {
            const db = (target as IDBOpenDBRequest).result;
            const all = db.transaction('opened').objectStore('opened').getAll();
            all.onsuccess = () => resolve(JSON.stringify(all.result));
          };
        }),
    );
    expect(kept).not.toContain('Doe');
    expect(Object.keys((JSON.parse(kept) as object[])[0] ?? {}).sort()).toEqual([
      'handles',
      'id',
      'openedAt',
      'version',
    ]);

    await recents(page)
      .getByRole('button', { name: /CD of May \d/ })
      .click();
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await expect(page.locator('.study-views li')).toHaveAttribute('title', 'CD of May/IMAGES/IM1');

    await page.reload();
    await page.getByRole('button', { name: 'Forget CD of May' }).click();
    await expect(page.getByTestId('recents')).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
    await expect(page.getByTestId('recents')).toHaveCount(0);
  });

  test('says that a folder is gone and takes it off the list', async ({ page }) => {
    await withFolder(page, 'CD of June');
    await page.getByRole('button', { name: 'Open folder' }).click();
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await expect.poll(() => keptRecords(page, 'tandem-recents')).toBe(1);
    await page.reload();
    await expect(recents(page)).toHaveCount(1);
    await page.evaluate(async () =>
      (await navigator.storage.getDirectory()).removeEntry('CD of June', { recursive: true }),
    );
    await recents(page)
      .getByRole('button', { name: /CD of June \d/ })
      .click();
    await expect(page.locator('.notices')).toContainText('“CD of June” is no longer where it was');
    await expect(page.getByTestId('recents')).toHaveCount(0);
  });

  test('does not exist where the browser cannot find files again', async ({ page }) => {
    await page.addInitScript(() => {
      delete window.showDirectoryPicker;
    });
    await page.goto('./?backend=wasm');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open files' }).click();
    await (await choosing).setFiles([fileOf('good.dcm', mammogram('1.10.2'))]);
    await expect(viewOf(page, 'LCC')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Open files' })).toBeVisible();
    await expect(page.getByTestId('recents')).toHaveCount(0);
  });
});
