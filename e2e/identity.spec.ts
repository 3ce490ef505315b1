import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS, CASES, expect, openFiles, test, viewOf } from './page.ts';

test.use({ engine: false });

const ODD = join(CASES, '../odd');
const odd = (...names: string[]) => names.map((name) => join(ODD, name));
test.skip(!existsSync(ODD), 'the odd files of ../shared/odd are not here');

test('two women with one Patient ID are two patients, and the list says why', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, odd('C1/a-RCC.dcm', 'C1/a-LCC.dcm', 'C1/b-RCC.dcm', 'C1/b-LCC.dcm'));
  await expect(page.locator('.patient')).toHaveCount(2);
  await expect(page.getByTestId('patient-note').first()).toHaveText(
    'Same ID as SMITH, JANE, but another issuer of the ID, name, birth date: kept apart.',
  );
  await expect(page.getByText('PRIOR', { exact: true })).toHaveCount(0);
  await expect(viewOf(page, 'RCC').locator('[data-label=patient]')).toHaveText('SMITH, JANE · 1');
  await page.screenshot({ path: join(ARTIFACTS, 'identity-namesakes.png') });
});

test('a side in doubt is turned and placed when the reader has said it', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, odd('D1.dcm'));
  const doubtful = viewOf(page, 'L/R? CC');
  await expect(doubtful.locator('[data-label=doubt]')).toContainText('SIDE OR VIEW IN DOUBT');
  await expect(doubtful.locator('[data-label=doubt]')).toContainText('PatientOrientation R');
  await page.screenshot({ path: join(ARTIFACTS, 'identity-doubt.png') });
  await page.getByRole('button', { name: /Correct side and view of/ }).click();
  await page.screenshot({ path: join(ARTIFACTS, 'identity-correct.png') });
  await page.locator('.correct-view select').first().selectOption('R');
  await page.keyboard.press('Escape');
  await expect(viewOf(page, 'RCC')).toBeVisible();
  await expect(page.locator('[data-label=doubt]')).toHaveCount(0);
  await expect(page.locator('.image-view.corrected')).toContainText('set by reader');
});

test('the mammogram stands before what is computed, and text in a picture is said', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, odd('D5/RCC-RC.dcm', 'D5/RCC-LE.dcm', 'G21-mask.dcm'));
  await expect(viewOf(page, 'RCC LE')).toBeVisible();
  await expect(page.getByTestId('problems')).toContainText('only 2 grey values');
  await openFiles(page, odd('G18.dcm'));
  await expect(viewOf(page, 'LCC').locator('[data-label=burned-in]')).toHaveText(
    'TEXT IN THE PICTURE',
  );
  await page.screenshot({ path: join(ARTIFACTS, 'identity-kinds.png') });
});

test('while names are hidden two women with one ID are still told apart', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, odd('C1/a-RCC.dcm', 'C1/b-RCC.dcm'));
  await expect(page.locator('.patient')).toHaveCount(2);
  await page.getByRole('button', { name: 'Hide names' }).click();
  const first = page.locator('.patient').first();
  await expect(page.locator('.patient-name b')).toHaveText([
    'Patient 1 (name hidden)',
    'Patient 2 (name hidden)',
  ]);
  await expect(first.getByTestId('patient-note')).toContainText(
    'Same ID as Patient 2 (name hidden)',
  );
  const label = viewOf(page, 'RCC').locator('[data-label=patient]');
  await expect(label).toHaveText('Patient 2 (name hidden)');
  await first.locator('.patient-name').click();
  await expect(label).toHaveText('Patient 1 (name hidden)');
  await expect(page.locator('body')).not.toContainText(/SMITH|DOE/);
  await page.screenshot({ path: join(ARTIFACTS, 'identity-namesakes-hidden.png') });
});

test('name and ID stand each by itself, without what turns them round', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, odd('attack/rtl-override-name.dcm'));
  const label = viewOf(page, 'LCC').locator('[data-label=patient]');
  await expect(label).toHaveText('DOE, JANE · 123456');
  await expect(label.locator('bdi')).toHaveText(['DOE, JANE', '123456']);
  await expect(page.locator('.patient-name bdi')).toHaveText(['DOE, JANE', '123456']);
  await expect(page.getByTestId('patient-note')).toContainText('cannot be seen');
});
