import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parseCaseReport } from '../src/core/report/report-json.ts';
import {
  ARTIFACTS,
  markPoints,
  engineReady,
  expect,
  keptRecords,
  likelihoodOf,
  onPage,
  openDemo,
  storedRecords,
  test,
  viewOf,
} from './page.ts';

mkdirSync(ARTIFACTS, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-reading-'));
const demo = JSON.parse(
  readFileSync(join(import.meta.dirname, '../public/demo/index.json'), 'utf8'),
) as {
  cases: {
    lesions: { marks: Record<string, { x: number; y: number; width: number; height: number }> }[];
  }[];
};
const marks = demo.cases[0]?.lesions[0]?.marks ?? {};
const [cc, mlo] = [marks['demo-1-RCC.dcm']!, marks['demo-1-RMLO.dcm']!];
type Box = typeof cc;

const drag = (page: Page, view: string, { x, y, width, height }: Box) =>
  markPoints(page, viewOf(page, view), [x, y], [x + width, y + height]);

const words = (page: Page) => page.getByTestId('reader-1');
const assess = async (page: Page, biRads: string, suspicion: string, button = 'Record') => {
  await words(page).getByLabel('BI-RADS', { exact: true }).selectOption(biRads);
  await words(page)
    .getByLabel(/Suspicion/)
    .fill(suspicion);
  await words(page).getByRole('button', { name: button, exact: true }).click();
};

const saveJson = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'JSON', exact: true }).click(),
  ]);
  const path = join(folder, name);
  await download.saveAs(path);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  const report = parseCaseReport(readFileSync(path, 'utf8'));
  if (!report.ok) throw new Error(JSON.stringify(report.error));
  return { report: report.value, path };
};

test('reading first keeps the score from the reader until an assessment is recorded', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await page.getByTestId('reading-first').check();
  await page.getByRole('button', { name: 'New lesion' }).click();
  await drag(page, 'RCC', cc);
  await drag(page, 'RMLO', mlo);
  const hidden = page.getByTestId('hidden-1');
  await expect(hidden).toBeVisible({ timeout: 120_000 });
  await expect(page.locator('.lesion-outline')).toHaveCount(2);
  await page.keyboard.press('e');

  /** Nothing on the page that says, or could be read for, a likelihood of the lesion. */
  const nothingLeaks = async () => {
    const text = await page.evaluate(() => {
      const panel = document.querySelector('[data-testid=lesion-1]')?.outerHTML ?? '';
      const views = [...document.querySelectorAll('.box-overlay')].map((el) => el.outerHTML);
      const notices = document.querySelector('.notices')?.textContent ?? '';
      return [panel, ...views, notices].join('\n');
    });
    expect(text).not.toMatch(/\d\s*%/);
    expect(text).not.toMatch(/data-value|data-views|SVM|histogram|reference/i);
    await expect(page.locator('.activation')).toHaveCount(0);
    await expect(page.getByTestId('score-1')).toHaveCount(0);
    await expect(page.getByTestId('view-score')).toHaveCount(0);
  };

  await test.step('nothing says the score, on screen or in what leaves it', async () => {
    await nothingLeaks();
    await expect(hidden.getByRole('button')).toBeDisabled();
    await expect(page.getByTestId('export-hidden')).toHaveText(/not revealed yet: lesion 1/);
    const { report } = await saveJson(page, 'hidden.json');
    expect(report.lesions[0]?.score).toBeUndefined();
    expect(report.lesions[0]?.scoreProblem).toContain('not revealed');
    expect(report.pack).toBeUndefined();
    await page.getByRole('button', { name: 'Printable report' }).click();
    await expect(page.getByTestId('report-lesion-1')).toContainText('not revealed');
    await expect(page.getByTestId('report-likelihood')).toHaveCount(0);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.screenshot({ path: join(ARTIFACTS, 'reading-hidden.png') });
  });

  await test.step('an assessment, which may still be changed, survives a reload', async () => {
    await assess(page, '3', '5');
    await assess(page, '4B', '40', 'Change');
    await words(page).getByLabel('Notes').fill('Spiculated, new since 2024');
    await expect
      .poll(async () => (await storedRecords(page))[0])
      .toMatchObject({ notes: 'Spiculated, new since 2024', readings: [{ biRads: '4B' }] });
    await page.reload();
    await openDemo(page);
    await engineReady(page);
    await expect(hidden).toBeVisible({ timeout: 120_000 });
    await nothingLeaks();
    await expect(page.getByTestId('reading')).toHaveText(
      /BI-RADS 4B, suspicion 40 of 100, before the score was seen/,
    );
    await expect(words(page).getByLabel('Notes')).toHaveValue('Spiculated, new since 2024');
  });

  await test.step('revealing shows the score; a second assessment is added to the first', async () => {
    await hidden.getByRole('button', { name: 'Reveal the score' }).click();
    const { value } = await likelihoodOf(page, 1, 2);
    expect(value).toBeGreaterThan(0);
    await words(page).locator('summary').click();
    await assess(page, '4C', '70');
    await expect(page.getByTestId('reading')).toHaveText([
      /BI-RADS 4B, suspicion 40.*before the score was seen/,
      /BI-RADS 4C, suspicion 70.*after the score was seen \(.*%, tandem-m2/,
    ]);
    await page.screenshot({ path: join(ARTIFACTS, 'reading-revealed.png') });
  });

  await test.step('without its marks the lesion keeps the words', async () => {
    await page.getByRole('button', { name: 'Remove the mark on RCC' }).click();
    await page.getByRole('button', { name: 'Remove the mark on RMLO' }).click();
    await expect(page.getByTestId('reading')).toHaveCount(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByTestId('reading')).toHaveCount(2);
    await likelihoodOf(page, 1, 2);
  });

  const { report, path } = await saveJson(page, 'revealed.json');
  await test.step('both assessments are in the JSON and on the page to print', async () => {
    const [lesion] = report.lesions;
    expect(lesion?.score?.likelihood.value).toBeGreaterThan(0);
    expect(lesion?.notes).toBe('Spiculated, new since 2024');
    expect(lesion?.assessments).toMatchObject([
      { biRads: '4B', suspicion: 40, scoreShown: false },
      { biRads: '4C', suspicion: 70, scoreShown: true, shown: { packId: 'tandem-m2' } },
    ]);
    expect(lesion?.location).toMatchObject({ side: 'R', vertical: 'upper', horizontal: 'outer' });
    await page.getByRole('button', { name: 'Printable report' }).click();
    const box = page.getByTestId('report-reader');
    await expect(box).toContainText('BI-RADS 4B, suspicion 40 of 100, before the score was seen');
    await expect(box).toContainText('BI-RADS 4C');
    await expect(box).toContainText('Spiculated');
    await expect(page.getByTestId('report-location')).toContainText('upper outer quadrant');
    await page.screenshot({ path: join(ARTIFACTS, 'reading-print.png') });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the JSON brings words and assessments back into another browser', async () => {
    const context = await browser.newContext(baseURL ? { baseURL } : {});
    const other = await context.newPage();
    await other.goto('./?backend=wasm');
    await openDemo(other);
    await engineReady(other);
    await other.getByTestId('file-input').setInputFiles(path);
    await expect
      .poll(async () => (await storedRecords(other))[0])
      .toMatchObject({
        notes: report.lesions[0]?.notes,
        readings: report.lesions[0]?.assessments,
        reveal: report.lesions[0]?.reveal,
      });
    await context.close();
  });
});

test('a score seen before the mode is turned on does not count as unseen', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await drag(page, 'RCC', cc);
  await likelihoodOf(page, 1, 1);
  await page.getByTestId('reading-first').check();
  await expect(page.getByTestId('score-1')).toBeVisible();
  await words(page).locator('summary').click();
  await assess(page, '5', '95');
  await expect(page.getByTestId('reading')).toHaveText(/after the score was seen/);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'LCC'), [300, 1300], [600, 1600]);
  await expect(page.getByTestId('hidden-2')).toBeVisible({ timeout: 120_000 });
});

/** Points of the arc's middle line in stored pixels. */
const arcPoints = async (page: Page, view: string) => {
  const d = await viewOf(page, view)
    .locator('[data-testid=nipple-arc] .nipple-arc:not(.rim)')
    .getAttribute('d');
  return [...(d ?? '').matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
};

test('the distance from the nipple guides from one view to the other', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await drag(page, 'RCC', cc);
  const arc = viewOf(page, 'RMLO').getByTestId('nipple-arc');
  await expect(arc).toHaveCount(1);
  await expect(viewOf(page, 'LMLO').getByTestId('nipple-arc')).toHaveCount(0);
  await expect(page.getByTestId('location-1')).toContainText(
    'right breast, outer, upper or lower not known from one view',
  );

  await test.step('the arc passes the true lesion within its band', async () => {
    const points = await arcPoints(page, 'RMLO');
    const centre = { x: mlo.x + mlo.width / 2, y: mlo.y + mlo.height / 2 };
    const nearest = Math.min(...points.map((p) => Math.hypot(p.x - centre.x, p.y - centre.y)));
    // 0.1 mm a pixel.
    expect(nearest * 0.1).toBeLessThan(10);
    expect(points.length).toBeGreaterThan(50);
    await page.screenshot({ path: join(ARTIFACTS, 'nipple-arc.png') });
  });

  await test.step('both views tell quadrant, hour and depth', async () => {
    await drag(page, 'RMLO', mlo);
    await expect(page.getByTestId('location-1')).toContainText(
      "right breast, upper outer quadrant, 10 o'clock, posterior third",
    );
    await expect(page.getByTestId('location-1')).toContainText('nipple detected');
    // A view that is marked needs no guide.
    await expect(page.getByTestId('nipple-arc')).toHaveCount(0);
  });

  await test.step('a nipple set by hand is taken instead, and kept', async () => {
    await page.getByRole('button', { name: 'Remove the mark on RMLO' }).click();
    const before = Number(await arc.first().getAttribute('data-mm'));
    await page.keyboard.press('w');
    await page.keyboard.press('Shift+N');
    const [at] = await onPage(viewOf(page, 'RCC'), [[1117, 1149]]);
    await page.mouse.click(at!.x, at!.y);
    await expect(viewOf(page, 'RCC').getByTestId('nipple')).toHaveAttribute(
      'data-confirmed',
      'true',
    );
    await expect.poll(async () => Number(await arc.getAttribute('data-mm'))).not.toBe(before);
    const moved = await arc.getAttribute('data-mm');
    await expect.poll(() => keptRecords(page, 'tandem-nipples')).toBe(1);
    await page.reload();
    await openDemo(page);
    await page.getByRole('button', { name: 'Lesion 1', exact: true }).click();
    await expect(viewOf(page, 'RCC').getByTestId('nipple')).toHaveAttribute(
      'data-confirmed',
      'true',
    );
    await expect.poll(() => arc.getAttribute('data-mm')).toBe(moved);
  });

  await test.step('it is confirmed by a click, and hidden by its key', async () => {
    const nipple = viewOf(page, 'RMLO').getByTestId('nipple');
    await expect(nipple).toHaveAttribute('data-confirmed', 'false');
    const bounds = await nipple.locator('.nipple-touch').boundingBox();
    await page.mouse.click(bounds!.x + bounds!.width / 2, bounds!.y + bounds!.height / 2);
    await expect(nipple).toHaveAttribute('data-confirmed', 'true');
    await page.keyboard.press('g');
    await expect(page.getByTestId('nipple-arc')).toHaveCount(0);
    await expect(page.getByTestId('nipple')).toHaveCount(0);
  });
});

test('a mark outside the breast has no score, and why', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  // In a row the air of the right breast lies beyond the edge of its view.
  await page.keyboard.press('5');
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [840, 1040], [1080, 1280]);
  await expect(page.getByTestId('not-scored')).toHaveText(
    'Not scored: RCC: The mark lies mostly outside the breast.',
  );
  await expect(page.getByTestId('likelihood')).toHaveCount(0);
});
