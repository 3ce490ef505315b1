import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { parseCaseReport } from '../src/core/report/report-json.ts';
import {
  ARTIFACTS,
  markPoints,
  engineReady,
  expect,
  fileOf,
  likelihoodOf,
  openDemo,
  openFiles,
  storedLesions,
  test,
  viewOf,
} from './page.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-report-'));
mkdirSync(ARTIFACTS, { recursive: true });

const hasDciodvfy = spawnSync('dciodvfy', ['-version']).error === undefined;

/** A mass of the demo case, marked on both views of the right breast, and another on the left. */
const markDemo = async (page: Page) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
  await markPoints(page, viewOf(page, 'RMLO'), [1409, 996], [1670, 1250]);
  await likelihoodOf(page, 1, 2);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'LCC'), [300, 700], [600, 1000]);
  await likelihoodOf(page, 2, 1);
  await expect.poll(() => storedLesions(page)).toHaveLength(2);
};

/** Saves in one format through the dialog; resolves with the paths of the files. */
const save = async (page: Page, name: string, files = 1): Promise<string[]> => {
  const downloads: Promise<string>[] = [];
  page.on('download', (download) => {
    const path = join(folder, `${downloads.length}-${download.suggestedFilename()}`);
    downloads.push(download.saveAs(path).then(() => path));
  });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/^Saved /);
  await expect.poll(() => downloads.length).toBe(files);
  page.removeAllListeners('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  return Promise.all(downloads);
};

/** What a page has, to hold against another: marks by lesion, exactly. */
const marksOf = async (page: Page) =>
  (await storedLesions(page))
    .map(({ id, number, marks }) => ({ id, number, marks }))
    .sort((a, b) => a.number - b.number);

const freshPage = async (browser: Browser, baseURL: string | undefined): Promise<Page> => {
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    viewport: { width: 1600, height: 1000 },
  });
  const page = await context.newPage();
  await page.goto('./?backend=wasm');
  return page;
};

const notice = (page: Page, text: RegExp) => page.locator('.notices li', { hasText: text });

test('results are saved as files and come back in a fresh browser as they were', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(480_000);
  await markDemo(page);
  const marks = await marksOf(page);
  const before = await likelihoodOf(page, 1, 2);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.screenshot({ path: join(ARTIFACTS, 'export.png') });
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  const [json] = (await save(page, 'JSON')) as [string];
  const [sr] = (await save(page, 'DICOM CAD SR')) as [string];
  const [tid1500] = (await save(page, 'DICOM TID 1500')) as [string];
  const states = await save(page, 'DICOM presentation states', 2);
  const [csv] = (await save(page, 'CSV')) as [string];

  await test.step('files are called after patient and study', () => {
    for (const file of [json, sr, tid1500, csv, ...states])
      expect(basename(file)).toMatch(/^\d+-SYNTHETIC_DEMO_ONE_20260101-/);
  });

  await test.step('the JSON says what is on screen', () => {
    const report = parseCaseReport(readFileSync(json, 'utf8'));
    if (!report.ok) throw new Error(JSON.stringify(report.error));
    const { lesions, pack, images, patient } = report.value;
    expect(patient.id).not.toBe('');
    expect(images).toHaveLength(4);
    expect(
      lesions.map((l) => Object.fromEntries(l.marks.map((m) => [m.sopInstanceUid, m.box]))),
    ).toEqual(marks.map((l) => l.marks));
    expect(lesions[0]?.score?.likelihood.value).toBeCloseTo(before.value, 12);
    expect(lesions[0]?.marks[0]?.outline?.length).toBeGreaterThan(3);
    const manifest = execFileSync('sha256sum', [
      join(import.meta.dirname, `../public/models/${pack?.id}/manifest.json`),
    ]);
    expect(pack?.sha256).toBe(manifest.toString().slice(0, 64));
  });
  expect(readFileSync(csv, 'utf8').trim().split('\r\n')).toHaveLength(4);

  await test.step('dciodvfy finds no error in the DICOM objects', () => {
    if (!hasDciodvfy) {
      console.warn('dciodvfy is not installed: the DICOM objects were not validated (skipped).');
      return;
    }
    for (const file of [sr, tid1500, ...states]) {
      const { stderr, stdout } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
      expect(`${stdout}${stderr}`.match(/^Error.*$/gm) ?? []).toEqual([]);
    }
  });

  for (const [what, files] of [
    ['JSON', [json]],
    ['CAD SR', [sr]],
    ['TID 1500', [tid1500]],
    ['presentation states', states],
  ] as const)
    await test.step(`${what} brings lesions and scores back`, async () => {
      const other = await freshPage(browser, baseURL);
      await openDemo(other);
      await engineReady(other);
      await openFiles(other, files);
      await expect(other.getByTestId('problems')).toHaveCount(0);
      await expect.poll(() => marksOf(other)).toEqual(marks);
      await expect(notice(other, /2 lesions (restored|here already)/).first()).toBeVisible();
      const after = await likelihoodOf(other, 1, 2);
      expect(after.value).toBeCloseTo(before.value, 6);
      await expect(notice(other, /this page computes/)).toHaveCount(0);
      await other.context().close();
    });

  await test.step('a report that is opened first waits for its images', async () => {
    const other = await freshPage(browser, baseURL);
    await openFiles(other, [sr]);
    await expect(notice(other, /2 lesions will appear when the images are opened/)).toBeVisible();
    await openDemo(other);
    await expect.poll(() => marksOf(other)).toEqual(marks);
    await expect(notice(other, /2 lesions restored/)).toBeVisible();
    await other.context().close();
  });
});

test('a foreign, damaged or differing report is named with its reason', async ({ page }) => {
  await markDemo(page);
  const [json] = (await save(page, 'JSON')) as [string];
  const [sr] = (await save(page, 'DICOM CAD SR')) as [string];
  const text = readFileSync(json, 'utf8');
  const bytes = readFileSync(sr);
  const reasonFor = (name: string) =>
    page.getByTestId('problems').locator('li', { hasText: name }).locator('span');
  await openFiles(page, [
    fileOf('other.json', new TextEncoder().encode('{"kind":"something else"}')),
    fileOf('cut.json', new TextEncoder().encode(text.slice(0, 500))),
    fileOf('cut.dcm', bytes.subarray(0, bytes.length - 900)),
    fileOf(
      'newer.json',
      new TextEncoder().encode(text.replace(/"schemaVersion": \d+/, '"schemaVersion": 99')),
    ),
  ]);
  await expect(reasonFor('other.json')).toHaveText(/not a report of this program/);
  await expect(reasonFor('cut.json')).toHaveText(/not JSON/);
  await expect(reasonFor('cut.dcm')).toHaveText(/ends too early/);
  await expect(reasonFor('newer.json')).toHaveText(/newer version/);

  await test.step('a likelihood that this page does not reach is pointed out', async () => {
    for (const number of [2, 1])
      await page.getByRole('button', { name: `Delete Lesion ${number}` }).click();
    const report = JSON.parse(text) as {
      lesions: { score: { likelihood: { value: number; low: number } } }[];
    };
    const first = report.lesions[0]?.score.likelihood;
    if (first) Object.assign(first, { value: 0.011, low: 0.01 });
    await openFiles(page, [
      fileOf('other-pack.json', new TextEncoder().encode(JSON.stringify(report))),
    ]);
    await expect(
      notice(page, /Lesion 1: other-pack.json reports 1.1 % .* this page computes/),
    ).toBeVisible();
  });
});

test('the report on paper shows every lesion with picture, numbers and limits', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toHaveAttribute(
    'title',
    /^Nothing to export yet/,
  );
  await markDemo(page);
  await likelihoodOf(page, 1, 2);
  await page.getByTestId('exam-words').locator('summary').click();
  await page.getByLabel('Breast density (ACR)').selectOption('c');
  await page.getByLabel('BI-RADS, right breast').selectOption('4B');
  await page.getByRole('textbox', { name: 'Conclusion' }).fill('Biopsy of the right breast.');
  const onScreen = await page.getByTestId('score-1').getByTestId('likelihood').innerText();
  await page.getByRole('button', { name: 'Printable report' }).click();
  const report = page.getByTestId('report-page');
  const lesion = report.getByTestId('report-lesion-1');
  await expect(lesion.getByTestId('report-likelihood')).toHaveText(onScreen);
  await expect(lesion.locator('.lesion-image')).toHaveCount(2);
  await expect(lesion.locator('.lesion-image polygon')).toHaveCount(2);
  await expect(report.locator('.whole-image')).toHaveCount(3);
  await expect(report).toContainText('Research use only');
  await expect(report.getByTestId('report-scale')).toHaveCount(6);
  await expect(report.getByTestId('report-watermark')).toHaveAttribute('data-word', 'SYNTHETIC');
  await expect(report.getByTestId('report-signature')).toContainText('Signature');

  await test.step('the conclusion comes before all detail, breast by breast', async () => {
    const conclusion = report.getByTestId('report-conclusion');
    await expect(conclusion.getByRole('heading')).toHaveText([
      'Conclusion',
      'Right breast: BI-RADS 4B',
      'Left breast',
    ]);
    await expect(conclusion).toContainText('Breast density (ACR): c');
    await expect(conclusion).toContainText('Biopsy of the right breast.');
    await expect(conclusion.getByRole('listitem').first()).toContainText(onScreen);
    const above = (await conclusion.boundingBox())?.y ?? Infinity;
    expect(above).toBeLessThan((await lesion.boundingBox())?.y ?? 0);
  });

  await test.step('the letterhead is typed once, stands on paper, and is kept', async () => {
    await page.getByText('Letterhead and reader').click();
    await page.getByLabel('Institution and address').fill('Breast Centre North');
    await page.getByLabel('Reader', { exact: true }).fill('Dr. A. Reader');
    await expect(report.getByTestId('report-letterhead')).toHaveText('Breast Centre North');
    await expect(report.getByTestId('report-signature')).toContainText('Dr. A. Reader');
    // Titles go into the browser's history: no patient is named in one.
    expect(await page.title()).toBe('Tandem CADx');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Printable report' }).click();
    await expect(report.getByTestId('report-letterhead')).toHaveText('Breast Centre North');
  });
  await expect(report.locator('.hash')).toHaveText(/^[0-9a-f]{64}$/);
  await page.screenshot({ path: join(ARTIFACTS, 'report-screen.png') });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('#root')).toBeHidden();
  // A dark scheme of the root would print the margins of the sheet black.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(
    'light',
  );
  await page.pdf({ path: join(ARTIFACTS, 'report.pdf'), preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await expect(report).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Printable report' })).toBeFocused();

  await test.step('what was said of the exam is there after a reload', async () => {
    await page.reload();
    await openDemo(page);
    await page.getByTestId('exam-words').locator('summary').click();
    await expect(page.getByLabel('Breast density (ACR)')).toHaveValue('c');
    await expect(page.getByRole('textbox', { name: 'Conclusion' })).toHaveValue(
      'Biopsy of the right breast.',
    );
  });
});
