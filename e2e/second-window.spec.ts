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

const popOut = async (page: Page): Promise<Page> => {
  const [second] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('F8')]);
  await expect(second.locator('[data-matrix]')).toHaveCount(4);
  await expect(page.locator('[data-matrix]')).toHaveCount(0);
  return second;
};

/** Whether tissue is drawn on the canvas of a view. */
const isDrawn = (page: Page, view: string) =>
  viewOf(page, view)
    .locator('canvas.cornerstone-canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let bright = 0;
      for (let i = 0; i < data.length; i += 4) if ((data[i] ?? 0) > 40) bright++;
      return bright > (width * height) / 50;
    });

test('the pictures in a second window: marked there, scored here, back when it is closed', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  const second = await popOut(page);
  await expect(second.getByTestId('second-window-head')).toContainText('SYNTHETIC');
  await expect.poll(() => isDrawn(second, 'RCC')).toBe(true);

  const rcc = viewOf(second, 'RCC');
  const overlay = rcc.locator('svg.box-overlay');
  const fitted = await overlay.getAttribute('data-matrix');
  await markPoints(second, rcc, [1509, 625], [1771, 874]);
  await likelihoodOf(page, 1, 1);
  await expect(overlay.locator('[data-lesion]')).toHaveCount(1);
  await second.screenshot({ path: join(ARTIFACTS, 'second-window.png') });
  await page.screenshot({ path: join(ARTIFACTS, 'second-window-page.png') });

  // Wheel, drag and keys there as here.
  const bounds = (await rcc.boundingBox())!;
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  await second.mouse.move(middle.x, middle.y);
  await second.mouse.wheel(0, -120);
  await expect.poll(() => overlay.getAttribute('data-matrix')).not.toBe(fitted);
  const zoomed = await overlay.getAttribute('data-matrix');
  await second.mouse.down({ button: 'middle' });
  await second.mouse.move(middle.x + 30, middle.y, { steps: 3 });
  await second.mouse.up({ button: 'middle' });
  await expect.poll(() => overlay.getAttribute('data-matrix')).not.toBe(zoomed);
  await second.keyboard.press('f');
  await expect.poll(() => overlay.getAttribute('data-matrix')).toBe(fitted);

  await second.close();
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await expect(page.getByTestId('pictures-away')).toHaveCount(0);
  await expect(viewOf(page, 'RCC').locator('[data-lesion]')).toHaveCount(1);
  await expect.poll(() => isDrawn(page, 'RCC')).toBe(true);
  await likelihoodOf(page, 1, 1);

  const again = await popOut(page);
  await page.reload();
  await expect.poll(() => again.isClosed()).toBe(true);
});
