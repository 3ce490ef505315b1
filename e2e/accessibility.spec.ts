import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { engineReady, expect, openDemo, openDetails, test } from './page.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What breaks WCAG 2 A or AA, one line a finding: rule, element, and why. */
const violations = async (page: Page, within?: string) => {
  const builder = new AxeBuilder({ page }).withTags(TAGS);
  const { violations: found } = await (within ? builder.include(within) : builder).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
};

const WORDS = {
  en: { open: 'Open the demo case (synthetic)', server: 'Open from a server' },
  'zh-CN': { open: '打开演示病例（合成图像）', server: '从服务器打开' },
} as const;

for (const language of ['en', 'zh-CN'] as const)
  test(`no violation of WCAG 2 AA, in ${language}`, async ({ page }) => {
    const words = WORDS[language];
    await page.goto('./?backend=wasm');
    await page.getByTestId('language').selectOption(language);
    await expect(page.getByRole('button', { name: words.open })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: words.server }).click();
    await expect(page.locator('.server-form')).toBeVisible();
    expect(await violations(page, 'dialog')).toEqual([]);
    await page.keyboard.press('Escape');

    if (language === 'en') await openDemo(page);
    else await page.getByRole('button', { name: words.open }).click();
    await expect(page.locator('[data-matrix]')).toHaveCount(4);
    await engineReady(page);
    await page.keyboard.press('1');
    await page.keyboard.press('b');
    await expect(page.getByTestId('likelihood')).toBeVisible({ timeout: 120_000 });
    await openDetails(page);
    await page.locator('.feature-strips summary').click();
    await page.keyboard.press('e');
    await expect(page.locator('.activation')).toBeVisible();
    expect(await violations(page)).toEqual([]);

    for (const key of ['Control+k', '?', 'Control+e']) {
      await page.keyboard.press(key);
      await expect(page.locator('dialog[open]')).toBeVisible();
      expect(await violations(page, 'dialog[open]'), key).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.locator('dialog[open]')).toHaveCount(0);
    }
    await page.keyboard.press('Control+p');
    await expect(page.getByTestId('report-page')).toBeVisible();
    expect(await violations(page, '.paper-screen')).toEqual([]);
  });

test('dialogs keep the focus, and give it back to what opened them', async ({ page }) => {
  await page.goto('./?backend=wasm');
  const server = page.getByRole('button', { name: 'Open from a server' });
  await server.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () =>
          document.activeElement === document.body || !!document.activeElement?.closest('dialog'),
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(server).toBeFocused();
});
