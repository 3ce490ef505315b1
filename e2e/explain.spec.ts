import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  markPoints,
  engineReady,
  expect,
  likelihoodOf,
  openDemo,
  openDetails,
  test,
  viewOf,
} from './page.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../public/models/tandem-m2/manifest.json', import.meta.url), 'utf8'),
) as { readonly fusion: { readonly calibration: { readonly lesion: { a: number; b: number } } } };

const reference = JSON.parse(
  readFileSync(new URL('../public/models/tandem-m2/reference.json', import.meta.url), 'utf8'),
) as {
  readonly operatingPoints: readonly { readonly name: string; readonly likelihood: number }[];
};

const markTwo = async (page: Page) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
  await markPoints(page, viewOf(page, 'RMLO'), [900, 900], [1200, 1200]);
  return likelihoodOf(page, 1, 2);
};

/** "12 %" as 0.12. */
const shown = async (page: Page) =>
  Number((await page.getByTestId('likelihood').innerText()).replace(/[^\d]/g, '')) / 100;

test('likelihoods are restated for the assumed prevalence, which is printed and kept', async ({
  page,
}) => {
  const { value } = await markTwo(page);
  const card = page.getByTestId('score-1');
  const training = Number(await page.getByTestId('prevalence').inputValue()) / 100;
  expect(await shown(page)).toBeCloseTo(value, 1);
  await page.getByTestId('prevalence').click({ clickCount: 3 });
  await page.keyboard.type('2');
  await expect(card).not.toContainText('prevalence 2 %');
  await page.keyboard.press('Enter');
  await expect(card).toContainText('prevalence 2 %');
  const k = 0.02 / 0.98 / (training / (1 - training));
  const expected = (k * value) / (k * value + 1 - value);
  expect(Math.abs((await shown(page)) - Math.max(expected, 0.01))).toBeLessThan(0.006);
  await page.reload();
  await expect(page.getByTestId('prevalence')).toHaveCount(0);
  await openDemo(page);
  await expect(page.getByTestId('prevalence')).toHaveValue('2');
  await page.getByRole('button', { name: /Back to that of the training lesions/ }).click();
  await expect(card).toContainText(
    `prevalence ${await page.getByTestId('prevalence').inputValue()} %`,
  );
});

test('the lesion stands among the reference lesions and against an operating point', async ({
  page,
}) => {
  const { value } = await markTwo(page);
  const figure = page.getByTestId('reference-histogram');
  await expect(figure.locator('figcaption')).toHaveText(
    /^(< )?\d+ % of malignant and (< )?\d+ % of benign reference lesions score higher$/,
  );
  await expect(figure.locator('.bars.benign rect')).toHaveCount(20);
  const line = page.getByTestId('operating-point');
  for (const { name, likelihood } of reference.operatingPoints.filter((p) =>
    p.name.endsWith('specificity'),
  )) {
    await line.getByRole('combobox').selectOption({ label: name });
    await expect(line).toHaveAttribute('data-above', String(value >= likelihood));
  }
  await page.reload();
  await openDemo(page);
  await expect(line.getByRole('combobox')).toHaveValue('0.9');
});

test('the number stands as a frequency too, and is read without scrolling on a laptop', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await markTwo(page);
  await page.getByRole('button', { name: '1 in N' }).click();
  await expect(page.getByTestId('likelihood')).toHaveText(/^about \d+ in \d+$/);
  for (const part of ['likelihood', 'operating-point', 'reference-histogram', 'reader-1'])
    await expect(page.getByTestId(part)).toBeInViewport({ ratio: 1 });
  const card = await page.locator('.lesion.selected').boundingBox();
  expect(card?.height).toBeLessThan(320);
  // And what computed it, also below a card with everything unfolded.
  const engine = page.locator('.engine-choices > summary');
  await expect(engine).toBeInViewport({ ratio: 1 });
  await openDetails(page);
  await page.getByTestId('cautions').click();
  await expect(engine).toBeInViewport({ ratio: 1 });
});

for (const language of ['en', 'zh-CN'] as const)
  test(`nothing of the card is wider than its column, in ${language}`, async ({ page }) => {
    await markTwo(page);
    await page.getByTestId('language').selectOption(language);
    await page.getByTestId('cautions').click();
    await openDetails(page);
    await page.locator('.feature-strips summary').click();
    for (const [width, height] of [
      [1366, 768],
      [1600, 1000],
    ] as const) {
      await page.setViewportSize({ width, height });
      const wider = await page.locator('.lesion-panel').evaluate((panel) => {
        const right = panel.getBoundingClientRect().right;
        return [...panel.querySelectorAll('*')]
          .filter((one) => one.getBoundingClientRect().right > right + 0.5)
          .map((one) => `${one.tagName} ${one.className} ${one.textContent}`);
      });
      expect(wider).toEqual([]);
    }
  });

test('both models, the measured features and the lesions judged alike are in the details', async ({
  page,
}) => {
  const { value } = await markTwo(page);
  await openDetails(page);
  const models = page.getByTestId('models').locator('tr');
  await expect(models).toHaveText([/Network \(CNN\)/, /Measured features/, /Mean of the models/]);
  const shares = await models.locator('td:nth-child(2)').allInnerTexts();
  const [cnn, analytic] = shares.map((text) => Number(text.replace(/\D/g, '')) / 100);
  // Shares are rounded to whole percent, and never shown below 1 or above 99.
  const once = ((cnn ?? 0) + (analytic ?? 0)) / 2;
  const { a, b } = manifest.fusion.calibration.lesion;
  const twice = 1 / (1 + Math.exp(a * Math.log(once / (1 - once)) + b));
  expect(Math.abs(twice - value)).toBeLessThan(0.02);
  const features = page.getByTestId('features').getByTestId('feature');
  await expect(features).toHaveCount(14);
  const ratios = (await features.locator('td:last-child').allTextContents()).map((text) =>
    Math.abs(Math.log(Number(text))),
  );
  // Printed with two digits: neighbours may change places by their rounding.
  ratios.forEach((ratio, i) =>
    expect(ratio).toBeLessThanOrEqual((ratios[i - 1] ?? Infinity) + 0.06),
  );
  await expect(page.getByTestId('scored-alike').locator('tbody tr')).toHaveCount(5);
});

test('stability is asked for, and gone when the marks move', async ({ page }) => {
  const { value } = await markTwo(page);
  await openDetails(page);
  await page.getByRole('button', { name: /Check stability/ }).click();
  const stability = page.getByTestId('stability');
  await expect(stability).toBeVisible();
  const low = Number(await stability.getAttribute('data-low'));
  const high = Number(await stability.getAttribute('data-high'));
  expect(low).toBeLessThan(high);
  expect(low).toBeLessThan(value + 0.15);
  expect(high).toBeGreaterThan(value - 0.15);
  await viewOf(page, 'RCC').locator('[data-lesion]').first().focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(stability).toHaveCount(0);
});

test('the activation map lies over the patch and fades by hand', async ({ page }) => {
  await markTwo(page);
  const map = viewOf(page, 'RCC').locator('.activation image');
  await expect(map).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(map).toHaveCount(1);
  // The square of the box and its context: 1.3 times its longer side.
  expect(Number(await map.getAttribute('width'))).toBeCloseTo(390, 0);
  expect(Number(await map.getAttribute('x'))).toBeCloseTo(955, 0);
  await expect(map).toHaveAttribute('opacity', '0.5');
  await page.getByLabel('Opacity of the class-activation map').fill('0.8');
  await expect(map).toHaveAttribute('opacity', '0.8');
  await page.keyboard.press('c');
  await expect(viewOf(page, 'RCC').locator('.lesion-outline')).toHaveCount(0);
  await page.keyboard.press('e');
  await expect(map).toHaveCount(0);
});
