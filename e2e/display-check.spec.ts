import { join } from 'node:path';
import { chromium, type LaunchOptions, type Page } from '@playwright/test';
import { decode } from 'fast-png';
import {
  type DrawnPattern,
  drawLevel,
  drawPattern,
  PATTERNS,
} from '../src/core/display/check/patterns.ts';
import type { GreyPicture } from '../src/core/display/check/grey-picture.ts';
import { ARTIFACTS, expect, test, withoutEngine } from './page.ts';

const openCheck = async (page: Page) => {
  await page.goto('./?backend=wasm');
  await page.getByRole('button', { name: 'Commands' }).click();
  await page.getByRole('combobox', { name: 'What to do' }).fill('Check this display');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('display-check')).toBeVisible();
};

/** How many samples of the screen are not those of the picture. */
const compare = async (page: Page, wanted: (width: number, height: number) => GreyPicture) => {
  const { width, height, data, channels } = decode(await page.screenshot({ scale: 'device' }));
  const { grey } = wanted(width, height);
  let wrong = 0;
  for (let i = 0; i < grey.length; i++)
    for (let c = 0; c < 3; c++) if (data[i * channels + c] !== grey[i]) wrong++;
  return wrong;
};

/** A browser whose screen has that many pixels to one of the page: what Playwright emulates is the page's word alone. */
const onScreen = (ratio: number, launchOptions: LaunchOptions) =>
  chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      `--force-device-scale-factor=${ratio}`,
      '--window-size=1366,768',
    ],
  });

for (const ratio of [1, 1.25, 1.5, 2])
  test(`each pixel of a pattern is one of the screen at a device pixel ratio of ${ratio}`, async ({
    launchOptions,
    baseURL,
  }) => {
    const browser = await onScreen(ratio, launchOptions);
    try {
      const page = await browser.newPage({
        viewport: null,
        baseURL: baseURL ?? '',
        serviceWorkers: 'block',
      });
      await withoutEngine(page.context());
      await openCheck(page);
      expect(await page.evaluate(() => devicePixelRatio)).toBe(ratio);
      await page.mouse.move(3, 3);
      await page.getByTestId('pattern-qc').getByRole('button').first().focus();
      await page.keyboard.press('Enter');
      // The others are drawn alike: one screen sees them all, the rest the one that has everything.
      for (const id of PATTERNS.slice(0, ratio === 1 ? -1 : 1) as DrawnPattern[]) {
        await expect
          .poll(() => compare(page, (width, height) => drawPattern(id, width, height)), id)
          .toBe(0);
        if (ratio === 1) {
          await page.screenshot({ path: join(ARTIFACTS, `pattern-${id}.png`) });
          await page.keyboard.press('ArrowRight');
        } else await page.keyboard.press('ArrowLeft');
      }
      // The ramp: the page itself reads what a mammogram's way made of it.
      await expect(page.getByTestId('ramp').locator('canvas')).toBeVisible();
      await expect(page.getByTestId('ramp-off')).toHaveText(/off by [\d.]+ grey levels/);
      const off = /off by ([\d.]+)/.exec((await page.getByTestId('ramp-off').textContent()) ?? '');
      expect(Number(off?.[1])).toBeLessThanOrEqual(1.01);
      if (ratio !== 1) return;
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '45', exact: true }).focus();
      await page.keyboard.press('Enter');
      await expect
        .poll(() => compare(page, (width, height) => drawLevel(45, width, height)), 'level 45')
        .toBe(0);
    } finally {
      await browser.close();
    }
  });
