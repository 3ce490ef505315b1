import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  ARTIFACTS,
  engineReady,
  expect,
  likelihoodOf,
  markPoints,
  openDemo,
  test,
  viewOf,
} from './page.ts';

// With all that stands on the screen by default.
test.use({ secondLook: true });

/** `FIGURES=docs/figures/walk npx playwright test walk` makes the pictures of docs/reading-room.md. */
const folder = process.env.FIGURES ?? join(ARTIFACTS, 'walk');
mkdirSync(folder, { recursive: true });

/** What is written beyond the edge of what holds it, and neither scrolls nor ends in an ellipsis. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element);
        const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        const isBox =
          display !== 'inline' && !element.closest('svg, .unseen, .viewer-cell, .report-watermark');
        const isClipped = overflowX === 'hidden' || overflowX === 'clip' || overflowX === 'visible';
        return (
          isSeen &&
          isBox &&
          isClipped &&
          textOverflow !== 'ellipsis' &&
          element.clientWidth > 0 &&
          element.scrollWidth > element.clientWidth + 1
        );
      })
      .map(
        ({ tagName, className, innerText }) => `${tagName}.${className}: ${innerText.slice(0, 60)}`,
      ),
  );

/** Nipples out of sight whose words stand on the picture all the same. */
const strayWords = (page: Page): Promise<number> =>
  page.locator('.nipple').evaluateAll(
    (nipples) =>
      nipples.filter((nipple) => {
        const ring = nipple.querySelector('.nipple-ring')!.getBoundingClientRect();
        const view = nipple.closest('svg')!.getBoundingClientRect();
        const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
        const isSeen = x >= view.left && x <= view.right && y >= view.top && y <= view.bottom;
        return !isSeen && nipple.querySelector('text') !== null;
      }).length,
  );

const WALKS = [
  ['en', 1366, 768],
  ['en', 1600, 1000],
  ['en', 2048, 2560],
  ['zh-CN', 1366, 768],
] as const;

for (const [language, width, height] of WALKS)
  test(`from the start screen to the printed report: ${language}, ${width} x ${height}`, async ({
    page,
  }) => {
    let number = 0;
    const look = async (name: string) => {
      number++;
      expect(await cutOff(page), name).toEqual([]);
      expect(await strayWords(page), name).toBe(0);
      await page.screenshot({
        path: join(folder, `${language}-${width}-${number}-${name}.jpg`),
        type: 'jpeg',
        quality: 60,
      });
    };
    await page.setViewportSize({ width, height });
    await page.goto('./?backend=wasm');
    const speak = (to: string) => page.getByTestId('language').selectOption(to);
    await speak(language);
    await expect
      .poll(() => page.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    await look('start');
    await speak('en');
    await openDemo(page);
    await engineReady(page);
    await speak(language);
    await look('hung');
    await page.keyboard.press('n');
    await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
    await markPoints(page, viewOf(page, 'RMLO'), [1409, 996], [1670, 1250]);
    await likelihoodOf(page, 1, 2);
    await expect(page.getByTestId('likelihood'), 'seen without scrolling').toBeInViewport();
    await look('scored');
    await page.keyboard.press('.');
    await page.waitForTimeout(500);
    await look('zoomed');
    await page.keyboard.press('.');
    await page.keyboard.press('Control+p');
    await expect(page.getByTestId('report-page')).toBeVisible();
    await look('report');
  });
