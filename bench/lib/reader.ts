import type { Locator, Page } from '@playwright/test';

// What a reader does in the product, by the same handles as the end-to-end tests.

export type Point = readonly [x: number, y: number];

export const viewOf = (page: Page, title: string): Locator =>
  page.locator(`[data-view="${title}"]`);

/** Places of the stored image on the page. */
const onPage = async (view: Locator, points: readonly Point[]) => {
  const svg = view.locator('svg.box-overlay');
  const text = await svg.getAttribute('data-matrix');
  const bounds = await svg.boundingBox();
  if (!text || !bounds) throw new Error('the view shows no image');
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = text.split(' ').map(Number);
  return points.map(([x, y]) => ({
    x: bounds.x + a * x + c * y + e,
    y: bounds.y + b * x + d * y + f,
  }));
};

/** Drags with the left button between two points of the stored image; `holdMs` at rest before it is let go. */
export const dragPoints = async (page: Page, view: Locator, from: Point, to: Point, holdMs = 0) => {
  const [start, end] = await onPage(view, [from, to]);
  if (!start || !end) return;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
  await page.mouse.move(end.x, end.y);
  if (holdMs > 0) await page.waitForTimeout(holdMs);
  await page.mouse.up();
};

export const engineReady = (page: Page) =>
  page.locator('.engine[data-phase=ready]').waitFor({ timeout: 180_000 });

/** Waits until so many views show their image. */
export const viewsShown = (page: Page, count: number) =>
  page.waitForFunction((n) => document.querySelectorAll('[data-matrix]').length === n, count, {
    timeout: 180_000,
  });

export const openDemo = async (page: Page) => {
  await page.getByRole('button', { name: /demo case/ }).click();
  await viewsShown(page, 4);
};

/** Hands files to the product's file picker. */
export const giveFiles = (page: Page, files: readonly string[]) =>
  page.getByTestId('file-input').setInputFiles([...files]);
