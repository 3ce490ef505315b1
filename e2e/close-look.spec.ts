import type { Page } from '@playwright/test';
import { expect, markPoints, onPage, openWithPrior, test, viewOf } from './page.ts';

test.use({ engine: false });

/** How many different layouts the page has drawn, counted by frames. */
const watchLayouts = (page: Page) =>
  page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { layouts: seen });
    const look = () => {
      const cells = [...document.querySelectorAll<HTMLElement>('.viewer-cell')];
      const layout = cells
        .filter(({ hidden }) => !hidden)
        .map((cell) => `${cell.dataset['place']} ${cell.offsetLeft} ${cell.offsetTop}`);
      if (layout.length > 0 && seen.at(-1) !== layout.join()) seen.push(layout.join());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

test('a lesion side by side, each view at 1:1, and current and prior in turns', async ({
  page,
}) => {
  await watchLayouts(page);
  await page.goto('./?backend=wasm');
  await page.getByRole('button', { name: /demo case/ }).click();
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await expect(page.locator('.opening')).toHaveCount(0);
  // What came one by one hung at most twice.
  const layouts = await page.evaluate(() => (window as unknown as { layouts: string[] }).layouts);
  expect(layouts.length, layouts.join('\n')).toBeLessThanOrEqual(2);

  const [rcc, rmlo] = [viewOf(page, 'RCC'), viewOf(page, 'RMLO')];
  await page.keyboard.press('n');
  await markPoints(page, rcc, [1509, 625], [1771, 874]);
  await markPoints(page, rmlo, [1409, 996], [1670, 1250]);
  await page.keyboard.press('w');
  await page.keyboard.press(':');
  const crops = page.locator('.crop');
  await expect(crops).toHaveCount(2);
  const [a, b] = await Promise.all(
    ['RCC', 'RMLO'].map((view) =>
      page.locator(`[data-crop=${view}] .scale-bar`).getAttribute('data-mm-per-pixel'),
    ),
  );
  expect(a).toBe(b);
  await page.keyboard.press('i');
  await expect(page.locator('[data-crop=RMLO]')).toContainText('inverted');
  await page.keyboard.press('i');
  await page.keyboard.press(':');
  await expect(crops).toHaveCount(0);

  // Past the usual pairs and breasts come the views at 1:1, and their parts.
  await page.keyboard.press('0');
  await page.keyboard.press('Escape');
  await page.keyboard.press('9');
  await page.keyboard.press('j');
  const step = rcc.locator('[data-label=step]');
  await expect(step).toHaveText(/^RCC 1:1, 1 of \d+$/);
  const count = Number((await step.innerText()).split(' ').at(-1));
  const [p, q] = await onPage(rcc, [
    [1000, 1000],
    [1100, 1000],
  ]);
  expect(Math.abs(q!.x - p!.x)).toBeCloseTo(100, 6);
  for (let part = 2; part <= count; part++) {
    await page.keyboard.press('j');
    await expect(step).toHaveText(`RCC 1:1, ${part} of ${count}`);
  }
  await page.keyboard.press('j');
  await expect(viewOf(page, 'LCC').locator('[data-label=step]')).toHaveText(/^LCC 1:1, 1 of/);
  await page.keyboard.press('Shift+J');
  await expect(step).toHaveText(`RCC 1:1, ${count} of ${count}`);
  await page.keyboard.press('Escape');
  await expect(step).toHaveCount(0);

  // The loupe says when it is 1:1.
  await page.keyboard.press('Shift+X');
  await page.keyboard.press('o');
  await expect(page.getByTestId('loupe')).toContainText('1:1 pixels');
  await page.keyboard.press('Escape');
});

test('current and prior in turns, by hand where less motion is asked for', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openWithPrior(page);
  await page.keyboard.press('/');
  const words = page.locator('[data-label=flicker]');
  await expect(words).toHaveText(/^Current \d{4}-/);
  await expect(page.locator('[data-place=prior-RCC] [data-matrix]')).toBeAttached();
  await page.keyboard.press('Space');
  await expect(words).toHaveText(/^Prior \d{4}-/);
  const [now, then] = [page.locator('[data-place=RCC]'), page.locator('[data-place=prior-RCC]')];
  await expect(now).toBeHidden();
  await expect(then).toBeVisible();
  // Both fill one cell at one scale.
  const scaleOf = (cell: typeof now) =>
    cell.locator('[data-label=scale]').getAttribute('data-mm-per-pixel').then(Number);
  expect(await scaleOf(then)).toBeCloseTo(await scaleOf(now), 9);
  const [one, other] = [await now.boundingBox(), await then.boundingBox()];
  expect(one).toEqual(other);
  await page.keyboard.press('Escape');
  await expect(words).toHaveCount(0);
  await expect(page.locator('.viewer-cell:visible')).toHaveCount(4);
});

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('panels are stacked under the pictures, and it says what it is for', async ({ page }) => {
    await page.goto('./?backend=wasm');
    await page.getByRole('button', { name: /demo case/ }).click();
    await expect(page.locator('[data-matrix]')).toHaveCount(4);
    await expect(page.getByText('for looking, not for reading')).toBeVisible();
    const box = async (selector: string) => (await page.locator(selector).boundingBox())!;
    const [pictures, lesions, patients] = [
      await box('.viewer-cells'),
      await box('.lesion-panel'),
      await box('.study-browser'),
    ];
    expect(lesions.y).toBeGreaterThanOrEqual(pictures.y + pictures.height);
    expect(patients.y).toBeGreaterThanOrEqual(lesions.y + lesions.height);
    for (const each of [pictures, lesions, patients]) expect(each.width).toBeGreaterThan(380);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
