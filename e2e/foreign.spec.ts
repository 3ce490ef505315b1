import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openFiles, test, viewOf } from './page.ts';

test.use({ engine: false });

const ODD = join(import.meta.dirname, '../../shared/odd');
test.skip(!existsSync(ODD), 'the odd files of ../shared/odd are not here');

const odd = (name: string) => join(ODD, `${name}.dcm`);
const EXAM = ['LCC', 'LMLO', 'RCC', 'RMLO', 'cad-foreign', 'gsps'].map((name) => odd(`S/${name}`));

test('another program’s report is a layer that comes after the reader’s word, is switched, and is adopted', async ({
  page,
}) => {
  await page.goto('./');
  await openFiles(page, EXAM);
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  const marks = page.locator('.foreign-mark');
  await expect(marks).toHaveCount(3);

  await page.getByLabel(/Reading first/).check();
  await expect(marks).toHaveCount(0);
  const panel = page.getByTestId('foreign');
  await expect(panel).not.toContainText('OtherCAD');
  await page.getByTestId('exam-words').locator('summary').click();
  await page.getByLabel('BI-RADS, right breast').selectOption('2');
  await expect(marks).toHaveCount(3);
  await expect(panel).toContainText('OtherCAD 7.2');

  await page.keyboard.press('Shift+C');
  await expect(marks).toHaveCount(0);
  await page.keyboard.press('Shift+C');
  await page.getByLabel(/Not for presentation/).check();
  await expect(marks).toHaveCount(4);

  // A mark lies on its picture, mirrored and zoomed as it is.
  const cluster = viewOf(page, 'LCC').locator('[data-kind=cluster] .foreign-sign');
  const before = await cluster.boundingBox();
  await viewOf(page, 'LCC').hover();
  await page.mouse.wheel(0, -400);
  await expect(async () => expect(await cluster.boundingBox()).not.toEqual(before)).toPass();

  await page.getByTitle('Show Calcification cluster').first().click();
  await page.getByRole('button', { name: 'Make it a lesion of mine' }).click();
  await expect(page.locator('.lesions > li')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.lesions > li')).toHaveCount(0);
  await page.keyboard.press('Control+y');
  await expect(page.locator('.lesions > li')).toHaveCount(1);

  await page.keyboard.press('Shift+E');
  await expect(viewOf(page, 'RCC').locator('[data-label=presentation-state]')).toBeVisible();
  await expect(viewOf(page, 'RCC').locator('.state-text')).toHaveText('biopsied 2024');
  await page.keyboard.press('Shift+E');
  await expect(page.locator('.state-text')).toHaveCount(0);

  await page.reload();
  await openFiles(page, [...EXAM, odd('S/cad-foreign')]);
  // The lesion is the reader's and was kept; the report is not, and twice is once.
  await expect(page.locator('.lesions > li')).toHaveCount(1);
  await expect(page.locator('[data-document]')).toHaveCount(2);
});

test('a letter opens in a tab of its own, which cannot reach the page; overlay planes are switched', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await openFiles(page, [odd('G16'), odd('G6-pdf'), odd('G6-dose')]);
  await expect(page.locator('[data-overlay]')).toHaveCount(1);
  await page.keyboard.press('Shift+O');
  await expect(page.locator('[data-overlay]')).toHaveCount(0);

  const loose = page.getByTestId('loose');
  await expect(loose).toContainText('Radiation dose report');
  // A browser without a viewer of its own saves the letter instead.
  const opened = Promise.race([
    context.waitForEvent('page').then((tab) => tab.url() || 'tab'),
    page.waitForEvent('download').then((download) => download.url()),
  ]);
  await loose.getByRole('button', { name: 'Open in a new tab' }).click();
  expect(await opened).toMatch(/^(blob:|about:blank|tab|:)/);
  expect(page.url()).toMatch(/^http/);
});
