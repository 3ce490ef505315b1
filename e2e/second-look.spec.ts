import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startArchiveCommand } from '../pipeline/archive/testing/run-command.ts';
import { readDicomReport } from '../src/adapters/dicom-sr/index.ts';
import { isHit } from '../src/core/finder/candidates.ts';
import type { Box } from '../src/core/geometry/box.ts';
import type { CaseReport } from '../src/core/report/case-report.ts';
import {
  boxesOf,
  CASES,
  engineReady,
  expect,
  hasCases,
  likelihoodOf,
  markPoints,
  NO_CASES,
  openFiles,
  storedLesions,
  test,
  truthOf,
  viewOf,
} from './page.ts';

test.use({ secondLook: true });

/** A film case whose mass the finder marks in both views. */
const NAME = 'cbis-00009_R_1';
const OTHER = 'cbis-00001_L_1';
/** Cases on which page and batch are held against each other: PARITY_CASES takes others, with commas between. */
const PARITY = process.env['PARITY_CASES']?.split(',') ?? [NAME];

const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-second-look-'));

test.beforeEach(() => {
  test.skip(!hasCases, NO_CASES);
});

const openCase = (page: Page, name: string) =>
  openFiles(
    page,
    readdirSync(join(CASES, name))
      .filter((file) => file.endsWith('.dcm'))
      .map((file) => join(CASES, name, file)),
  );

/** The report that `npm run archive` writes of a case. */
const reportOfBatch = async (name: string): Promise<CaseReport> => {
  const results = mkdtempSync(join(folder, 'batch-'));
  const args = ['--folder', join(CASES, name), '--results', results];
  const command = startArchiveCommand(args);
  expect(await command.ended, command.output()).toBe(0);
  const [file = ''] = readdirSync(results).filter((one) => one.endsWith('.dcm'));
  const read = readDicomReport(new Uint8Array(readFileSync(join(results, file))), { unread: true });
  if (!read.ok || !read.value.report) throw new Error('the batch wrote no report');
  return read.value.report;
};

/** Findings of the second look, each with the likelihood of the lesion that it became. */
const scoredFindings = ({ secondLooks, lesions }: CaseReport) =>
  (secondLooks?.[0]?.findings ?? []).map(({ id, marks, mass, malignant, lesionId }) => {
    const { score } = lesions.find((lesion) => lesion.id === lesionId) ?? {};
    const boxes = marks
      .map(({ sopInstanceUid, box }) => ({ sopInstanceUid, box }))
      .sort((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
    return { id, boxes, mass, malignant, likelihood: score?.likelihood.value ?? Number.NaN };
  });

/** The JSON report of the patient on show. */
const exported = async (page: Page, format = 'JSON'): Promise<string> => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: format, exact: true }).click();
  const path = join(folder, `${Math.random()}`);
  await (await downloading).saveAs(path);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  return readFileSync(path, 'latin1');
};

const OF_THE_FINDER =
  /finding|second look(?!: a finder of masses, after my own look)|probability of a mass/i;

test('nothing of the finder before the reader’s word; then the mass is first, accepted by one key and scored', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openCase(page, NAME);
  await engineReady(page);
  // Long enough for the look, which runs in the background: a mark of the reader's is scored after it.
  await page.waitForTimeout(3000);
  await page.keyboard.press('n');
  await markPoints(page, viewOf(page, 'RCC'), [174, 820], [240, 890]);
  await likelihoodOf(page, 1, 1);
  expect(await page.locator('body').innerText()).not.toMatch(OF_THE_FINDER);
  expect(await page.locator('body').ariaSnapshot()).not.toMatch(OF_THE_FINDER);
  await expect(page.locator('[data-finding], [title*="mass" i]')).toHaveCount(0);
  for (const format of ['JSON', 'CSV', 'DICOM CAD SR', 'DICOM TID 1500'])
    expect(await exported(page, format), format).not.toMatch(
      /secondLook|finder|accepted|dismissed|probability of a mass/i,
    );
  await page.keyboard.press('F2');
  await expect(page.getByTestId('second-look')).toHaveCount(0);

  await page.keyboard.press('Shift+F2');
  await expect(page.getByTestId('finding-1')).toContainText('RCC + RMLO');
  await page.keyboard.press('F2');
  await expect(page.locator('[data-finding="1"]')).toHaveCount(2);
  await page.keyboard.press('+');
  await expect(page.getByTestId('finding-1')).toContainText('accepted: lesion 2');
  await likelihoodOf(page, 2, 2);
  const lesion = (await storedLesions(page)).find(({ number }) => number === 2)!;
  const report = JSON.parse(await exported(page)) as CaseReport;
  const sopOf = (view: string) =>
    report.images.find((image) => `${image.laterality}${image.view}` === view)?.sopInstanceUid;
  for (const { view, box } of boxesOf(truthOf(NAME)))
    expect(isHit(lesion.marks[sopOf(view) ?? ''] as Box, box), view).toBe(true);
  const [look] = report.secondLooks ?? [];
  expect(look?.before.map(({ number }) => number)).toEqual([1]);
  expect(look?.findings[0]).toMatchObject({ rank: 1, answer: 'accepted', lesionId: lesion.id });

  await page.locator('.second-look-more > summary').click();
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
});

for (const name of PARITY)
  test(`${name}: page and batch find the same, and score it alike`, async ({ page }) => {
    test.setTimeout(300_000);
    const batch = reportOfBatch(name);
    await page.goto('./?backend=wasm');
    await openCase(page, name);
    await engineReady(page);
    await page.keyboard.press('Shift+F2');
    const theirs = scoredFindings(await batch);
    expect(theirs.length, 'findings of the batch').toBeGreaterThan(0);
    await expect(page.locator('[data-testid^="finding-"]')).toHaveCount(theirs.length, {
      timeout: 120_000,
    });
    for (const [i, { boxes }] of theirs.entries()) {
      await page.keyboard.press('F2');
      await page.keyboard.press('+');
      await expect(page.getByTestId(`finding-${i + 1}`)).toContainText('accepted');
      await likelihoodOf(page, i + 1, boxes.length);
    }
    const ours = scoredFindings(JSON.parse(await exported(page)) as CaseReport);
    expect(ours.map(({ id, boxes }) => ({ id, boxes }))).toEqual(
      theirs.map(({ id, boxes }) => ({ id, boxes })),
    );
    for (const [i, { mass, malignant, likelihood }] of ours.entries())
      for (const [a, b] of [
        [mass, theirs[i]?.mass],
        [malignant, theirs[i]?.malignant],
        [likelihood, theirs[i]?.likelihood],
      ])
        expect(Math.abs((a as number) - (b as number))).toBeLessThan(0.005);
  });

test('answers outlive a reload, and another patient gets no mark of them', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openCase(page, NAME);
  await engineReady(page);
  await page.keyboard.press('Shift+F2');
  await expect(page.getByTestId('finding-1')).toBeVisible();
  await page.keyboard.press('F2');
  await page.keyboard.press('-');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /vessel/ })
    .click();
  await expect(page.getByTestId('finding-1')).toContainText('dismissed: vessel');
  // Opened in the middle: its reader has not spoken, and nothing is drawn on it.
  await openCase(page, OTHER);
  await page.getByRole('button', { name: /^CBIS, 00001 / }).click();
  await expect(viewOf(page, 'LCC')).toBeVisible();
  await expect(page.getByTestId('look-done')).toBeVisible();
  await expect(page.locator('[data-finding]')).toHaveCount(0);
  await page.getByRole('button', { name: /^CBIS, 00009 / }).click();
  await expect(page.getByTestId('finding-1')).toContainText('dismissed: vessel');

  await page.reload();
  await openCase(page, NAME);
  await expect(page.getByTestId('finding-1')).toContainText('dismissed: vessel');
  await expect(page.locator('[data-finding]')).toHaveCount(0);
  expect(await storedLesions(page)).toEqual([]);
});

test('turned off it loads no network and offers nothing', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('./?backend=wasm');
  await openCase(page, NAME);
  await page.getByTestId('look-twice').uncheck();
  await expect(page.getByTestId('look-done')).toHaveCount(0);
  asked.length = 0;
  await page.reload();
  await openCase(page, NAME);
  await engineReady(page);
  await page.waitForTimeout(1000);
  await expect(page.getByTestId('look-twice')).not.toBeChecked();
  await expect(page.getByTestId('look-done')).toHaveCount(0);
  expect(asked.filter((url) => /finder\.(json|bin)/.test(url))).toEqual([]);
});
