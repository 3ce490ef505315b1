import type { Page } from '@playwright/test';
import { expect, openDemo, openWithPrior, test, viewOf } from './page.ts';

// With all that stands on the screen by default.
test.use({ secondLook: true });

/** Share of the screen that cells with pictures take up. */
const shareOfPicture = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const areas = [...document.querySelectorAll('[data-place]')].map((cell) => {
      const { width, height } = cell.getBoundingClientRect();
      return width * height;
    });
    return areas.reduce((sum, area) => sum + area, 0) / (innerWidth * innerHeight);
  });

const cells = (page: Page) =>
  page
    .locator('.viewer-cell:visible')
    .evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset['place']));

test('the pictures take up most of the screen', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('y');
  await expect(page.getByRole('navigation', { name: 'Images on show' })).toBeVisible();
  await expect.poll(() => shareOfPicture(page), 'the card open').toBeGreaterThan(0.7);
  await page.keyboard.press('Shift+Y');
  await expect.poll(() => shareOfPicture(page), 'both columns folded').toBeGreaterThan(0.8);
  // What a folded column is asked for by name comes up all the same.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'What to do' }).fill('data on this computer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Data on this computer' })).toBeVisible();
  await page.keyboard.press('Escape');
  // What was put aside stays so; the rail brings its pictures into the views.
  await page.reload();
  await page.getByRole('button', { name: /demo case/ }).click();
  await expect.poll(() => shareOfPicture(page)).toBeGreaterThan(0.8);
  await page.keyboard.press('6');
  await page.getByRole('button', { name: /^Show LMLO/ }).click();
  await expect(viewOf(page, 'LMLO')).toBeVisible();
});

const SCREENS = [
  [1280, 720],
  [1366, 768],
  [1600, 1000],
  [1920, 1080],
] as const;

for (const language of ['en', 'zh-CN'])
  test(`one row of tools, and nothing beyond the edge of any screen: ${language}`, async ({
    page,
  }) => {
    await openWithPrior(page);
    await page.getByTestId('language').selectOption(language);
    const toolbar = page.getByRole('toolbar');
    // As opened, with one column folded, with both, and with the loupe out as well.
    for (const key of ['', 'y', 'Shift+Y', 'Shift+X']) {
      if (key) await page.keyboard.press(key);
      for (const [width, height] of SCREENS) {
        const what = `${width} x ${height} after ${key}`;
        await page.setViewportSize({ width, height });
        await expect.poll(async () => (await toolbar.boundingBox())?.height, what).toBeLessThan(44);
        const beyond = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement;
          const out = [...document.querySelectorAll('.viewer-toolbar *, .viewer-float *')].filter(
            (element) => {
              const box = element.getBoundingClientRect();
              return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight;
            },
          );
          const wide = scrollWidth > innerWidth || scrollHeight > innerHeight ? ['the page'] : [];
          return [...wide, ...out.map((element) => element.outerHTML)];
        });
        expect(beyond, what).toEqual([]);
      }
    }
  });

test('another language changes the words and nothing else', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('7');
  await page.keyboard.press('p');
  await page.keyboard.press('i');
  const label = viewOf(page, 'RMLO').locator('[data-label=window]');
  await expect(label).toContainText('inverted');
  const bounds = (await viewOf(page, 'RMLO').boundingBox())!;
  await page.mouse.move(bounds.x + 200, bounds.y + 300);
  await page.mouse.wheel(0, -240);
  const svg = viewOf(page, 'RMLO').locator('svg.box-overlay');
  await page.waitForTimeout(300);
  const matrix = await svg.getAttribute('data-matrix');
  await page.evaluate(() => {
    document.querySelector('.mammogram-view canvas')?.setAttribute('data-witness', '');
  });
  await page.getByTestId('language').selectOption('zh-CN');
  await expect(page.getByRole('button', { name: '平移', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(label).toContainText('已反相');
  expect(await cells(page)).toEqual(['RMLO', 'LMLO']);
  expect(await svg.getAttribute('data-matrix')).toBe(matrix);
  await expect(page.locator('canvas[data-witness]')).toHaveCount(1);
});

test('a right click offers what can be done with the picture, a right drag zooms', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const view = viewOf(page, 'LCC');
  const bounds = (await view.boundingBox())!;
  const at = { x: bounds.x + 120, y: bounds.y + 200 };
  const menu = page.getByRole('menu', { name: 'On this picture' });
  const zoom = view.locator('[data-label=zoom]');
  const fitted = await zoom.innerText();

  await page.mouse.move(at.x, at.y);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(at.x, at.y - 40);
  await page.mouse.move(at.x, at.y - 80);
  await page.mouse.up({ button: 'right' });
  await expect(zoom).not.toHaveText(fitted);
  await expect(menu).toHaveCount(0);

  await page.mouse.click(at.x, at.y, { button: 'right' });
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await menu.getByRole('menuitemcheckbox', { name: /^Invert/ }).click();
  await expect(menu).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Invert' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  // In the corner of the screen it stays on it.
  await page.mouse.click(bounds.x + 60, bounds.y + bounds.height - 5, { button: 'right' });
  const box = (await menu.boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(page.viewportSize()!.height);
});

test('hangings follow each other by one key, the prior with them where one is open', async ({
  page,
}) => {
  await openWithPrior(page);
  // The parts at 1:1 are as many as the screen makes them.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'What to do' }).fill('sequence of hangings');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: /^Each view at 1:1/ }).uncheck();
  await page.keyboard.press('Escape');
  const hangings = [
    ['RCC', 'LCC'],
    ['RMLO', 'LMLO'],
    ['RCC', 'RMLO'],
    ['LCC', 'LMLO'],
    ['RCC', 'LCC', 'RMLO', 'LMLO', 'prior-RCC', 'prior-LCC', 'prior-RMLO', 'prior-LMLO'],
    ['RCC', 'LCC', 'RMLO', 'LMLO'],
  ];
  for (const hanging of hangings) {
    await page.keyboard.press('j');
    await expect.poll(() => cells(page)).toEqual(hanging);
  }
  await page.keyboard.press('Shift+J');
  await expect.poll(async () => (await cells(page)).length).toBe(8);
  await page.getByRole('button', { name: /^Compare/ }).click();
  await expect.poll(async () => (await cells(page)).length).toBe(4);
});

test('four views hang in a row or two by two, whichever shows them larger', async ({ page }) => {
  const layout = page.locator('.viewer-cells');
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await expect(layout).toHaveAttribute('data-layout', 'row');
  await page.setViewportSize({ width: 1200, height: 1900 });
  await expect(layout).toHaveAttribute('data-layout', 'four');
  // The reader's own choice stands.
  await page.keyboard.press('5');
  await page.setViewportSize({ width: 1600, height: 1000 });
  await page.waitForTimeout(300);
  await expect(layout).toHaveAttribute('data-layout', 'four');
});
