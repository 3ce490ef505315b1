import type { Page } from '@playwright/test';
import { expect, openDemo, storedLesions, test, viewOf } from './page.ts';

test.use({ engine: false });

const palette = (page: Page) => page.getByRole('dialog', { name: 'Commands' });
const chosen = (page: Page) => palette(page).getByRole('option', { selected: true });

/** Finds a command in the palette by what is typed, and runs it with Enter. */
const runByName = async (page: Page, typed: string) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'What to do' }).fill(typed);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
};

test('the palette finds a command by a part of its name, and runs it by keys alone', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await expect(page.getByRole('heading', { name: 'Tandem CADx' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const input = page.getByRole('combobox', { name: 'What to do' });
  await expect(input).toBeFocused();
  await input.fill('demo');
  await expect(palette(page).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-matrix]')).toHaveCount(4);

  await page.keyboard.press('Control+k');
  const first = await chosen(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect(chosen(page)).not.toHaveText(first ?? '');
  expect(await input.getAttribute('aria-activedescendant')).toBe(
    await chosen(page).getAttribute('id'),
  );
  await input.fill('no such thing');
  await expect(palette(page).getByText('Nothing matches.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);

  await runByName(page, 'invert');
  await expect(page.getByRole('button', { name: 'Invert' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await runByName(page, 'close this patient');
  await expect(page.getByRole('heading', { name: 'Tandem CADx' })).toBeVisible();
});

test('the sheet of keys lists what can be done here, and narrows as one types', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Full screen')).toBeVisible();
  const keys = await sheet.locator('dd').allInnerTexts();
  expect(keys.length).toBeGreaterThan(50);
  const twice = keys.filter((key, i) => keys.indexOf(key) !== i);
  expect(twice, 'keys that two commands claim').toEqual([]);
  await sheet.getByRole('textbox').fill('lesion');
  await expect(sheet.getByText('Table of the lesions')).toBeVisible();
  await expect(sheet.getByText('Full screen')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('a lesion is marked, moved, resized, deleted and brought back by keys alone', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const markNow = async () => Object.values((await storedLesions(page))[0]?.marks ?? {})[0];
  await page.keyboard.press('1');
  await page.keyboard.press('b');
  await expect(viewOf(page, 'RCC').locator('[data-lesion]')).toBeFocused();
  await expect.poll(markNow).toBeDefined();
  const placed = await markNow();
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await markNow())?.y).toBeCloseTo((placed?.y ?? 0) + 10, 5);
  await page.keyboard.press('Control+Shift+ArrowRight');
  await expect.poll(async () => (await markNow())?.width).toBeCloseTo((placed?.width ?? 0) + 20, 5);
  await page.keyboard.press('Control+ArrowDown');
  await expect
    .poll(async () => (await markNow())?.height)
    .toBeCloseTo((placed?.height ?? 0) - 2, 5);

  await page.keyboard.press('Shift+Delete');
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);
  await expect(page.getByText('Undo (Ctrl+Z) brings it back')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('lesion-1')).toBeVisible();
});

test('the language is chosen on the page and kept', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await page.getByLabel('Language').selectOption('zh-CN');
  await expect(page.getByRole('button', { name: '打开文件', exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.reload();
  await page.getByRole('button', { name: '打开演示病例（合成图像）' }).click();
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await expect(page.getByRole('button', { name: '新建病灶' })).toBeVisible();
  await page.getByLabel('语言').selectOption('en');
  await expect(page.getByRole('button', { name: 'New lesion' })).toBeVisible();
});
