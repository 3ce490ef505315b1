import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ARTIFACTS, expect, storedLesions, test } from './page.ts';

const tour = (page: Page) => page.getByTestId('tour');
const atStep = (page: Page, id: string) => expect(tour(page)).toHaveAttribute('data-step', id);
const press = (page: Page, name: string) => tour(page).getByRole('button', { name }).click();

/** Which step is shown, and what its first button offers. */
const standOf = async (page: Page): Promise<string> => {
  const step = (await tour(page).getAttribute('data-step')) ?? '';
  return `${step}: ${await tour(page).getByRole('button').first().textContent()}`;
};

const WORDS = {
  en: { tour: 'Guided tour', next: 'Next', mark: 'Mark it for me', map: 'Show the map' },
  'zh-CN': { tour: '操作导览', next: '下一步', mark: '替我标记', map: '显示类激活图' },
} as const;
const END = { en: 'Finish', 'zh-CN': '完成' } as const;
const AGAIN = { en: 'Start again', 'zh-CN': '重新开始' } as const;

for (const language of ['en', 'zh-CN'] as const)
  test(`the tour marks, scores, explains and exports, in ${language}`, async ({ page }) => {
    const words = WORDS[language];
    await page.goto('./?backend=wasm');
    await page.getByTestId('language').selectOption(language);
    await page.getByRole('button', { name: words.tour }).click();
    await atStep(page, 'welcome');
    await press(page, words.next);
    for (const step of ['mark-cc', 'mark-mlo']) {
      await atStep(page, step);
      await expect(page.locator('.tour-ring')).toBeVisible();
      await press(page, words.mark);
      await press(page, words.next);
    }
    await atStep(page, 'score');
    await expect(page.getByTestId('score-1').getByTestId('view-score')).toHaveCount(2, {
      timeout: 180_000,
    });
    await page.screenshot({ path: join(ARTIFACTS, `tour-score-${language}.png`) });
    await press(page, words.next);
    await expect(page.locator('.lesion-outline')).toHaveCount(2);
    await press(page, words.next);
    await press(page, words.map);
    await expect(page.locator('.activation')).toHaveCount(2);
    for (const step of ['histogram', 'views', 'export']) {
      await press(page, words.next);
      await atStep(page, step);
      await expect(page.locator('.tour-ring')).toBeVisible();
    }
    await page.screenshot({ path: join(ARTIFACTS, `tour-export-${language}.png`) });
    await press(page, words.next);
    await press(page, AGAIN[language]);
    await atStep(page, 'welcome');
    await expect.poll(() => storedLesions(page)).toEqual([]);
    await tour(page).getByRole('button', { name: words.next }).focus();
    for (let at = await standOf(page); !at.startsWith('end'); at = await standOf(page)) {
      await page.keyboard.press('Enter');
      await expect.poll(() => standOf(page)).not.toBe(at);
    }
    await press(page, END[language]);
    await expect(tour(page)).toHaveCount(0);
  });

test('Escape leaves the tour at any step, and the reader may mark by hand meanwhile', async ({
  page,
}) => {
  await page.goto('./?backend=wasm&demo=tour');
  await atStep(page, 'welcome');
  await page.keyboard.press('Shift+Enter');
  await atStep(page, 'mark-cc');
  await page.keyboard.press('1');
  await page.keyboard.press('b');
  await expect(tour(page).getByRole('button', { name: 'Next' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await atStep(page, 'mark-cc');
  await page.keyboard.press('Escape');
  await expect(tour(page)).toHaveCount(0);
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await expect(page.getByTestId('lesion-1')).toBeVisible();
});
