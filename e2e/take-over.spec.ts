import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parseCaseReport } from '../src/core/report/report-json.ts';
import {
  ARTIFACTS,
  engineReady,
  expect,
  likelihoodOf,
  markPoints,
  openDemo,
  storedLesions,
  test,
  viewOf,
} from './page.ts';

const saved = async (page: Page, format: string): Promise<string> => {
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: format, exact: true }).click(),
  ]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  return readFileSync(await download.path(), 'utf8');
};

const openReport = (page: Page, name: string, report: object) =>
  page.getByTestId('file-input').setInputFiles({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(report)),
  });

const CAUTION = /from a report that names another patient/;

test('a report of another patient and spacing is left out, or taken over with a caution that stays', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
  await likelihoodOf(page, 1, 1);
  const parsed = parseCaseReport(await saved(page, 'JSON'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const report = {
    ...parsed.value,
    patient: { ...parsed.value.patient, id: 'OTHER-7', name: 'Else^Body' },
    images: parsed.value.images.map((image) => ({
      ...image,
      spacing: { ...image.spacing, row: 0.14, column: 0.14 },
    })),
  };
  await page.keyboard.press('Shift+Delete');
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);

  // Left out by the key that closes the question.
  const dialog = page.getByRole('dialog', { name: 'This report does not agree with the images' });
  await openReport(page, 'else.json', report);
  await expect(dialog).toContainText('else.json, 1 lesion');
  await expect(dialog.getByTestId('take-over-patient')).toContainText('Else, Body · OTHER-7');
  await expect(dialog.getByTestId('take-over-patient')).toContainText('DEMO-1');
  await expect(dialog.getByTestId('take-over-spacing')).toContainText('0.1400 × 0.1400 mm');
  await expect(dialog.getByRole('button', { name: 'Leave out' })).toBeFocused();
  await dialog.screenshot({ path: join(ARTIFACTS, 'take-over.png') });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('.notices')).toContainText('the report is of another patient');
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);

  // Asked again with names hidden, as the file was opened again; taken over.
  await page.getByRole('button', { name: 'Hide names' }).click();
  await openReport(page, 'else.json', report);
  await expect(dialog).toBeVisible();
  for (const word of ['else.json', 'Else', 'OTHER-7', 'DEMO-1'])
    await expect(dialog).not.toContainText(word);
  await expect(dialog.getByTestId('take-over-patient')).toContainText('another (name hidden)');
  await dialog.screenshot({ path: join(ARTIFACTS, 'take-over-hidden.png') });
  await dialog.getByRole('button', { name: 'Take over anyway' }).click();
  const caution = page.getByTestId('taken-over-1');
  await expect(caution).toContainText(CAUTION);
  await expect(caution).toContainText('another pixel spacing');
  await likelihoodOf(page, 1, 1);
  await page.getByTestId('lesion-1').screenshot({ path: join(ARTIFACTS, 'taken-over-card.png') });
  await expect.poll(async () => (await storedLesions(page)).length).toBe(1);

  // In what leaves, and after another opening.
  expect(await saved(page, 'CSV')).toMatch(CAUTION);
  const again = parseCaseReport(await saved(page, 'JSON'));
  expect(again.ok && again.value.lesions[0]?.takenOver?.despite).toEqual(['patient', 'spacing']);
  expect(again.ok && again.value.lesions[0]?.cautions?.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(CAUTION),
  );
  await page.getByRole('button', { name: 'Printable report' }).click();
  await expect(page.getByTestId('report-cautions')).toContainText(CAUTION);
  await page.reload();
  await openDemo(page);
  await expect(caution).toContainText(CAUTION);
});
