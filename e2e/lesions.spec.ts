import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { evaluateBoxes, type BoxedLesion } from './evaluate.ts';
import {
  boxesOf,
  CASES,
  dragPoints,
  engineReady,
  expect,
  hasCases,
  likelihoodOf,
  markPoints,
  NO_CASES,
  onPage,
  openDemo,
  openFiles,
  storedLesions,
  test,
  truthOf,
  viewOf,
} from './page.ts';

const newLesion = (page: Page) => page.getByRole('button', { name: 'New lesion' }).click();
const marksOf = async (page: Page, lesion = 0) =>
  Object.values((await storedLesions(page))[lesion]?.marks ?? {});
/** Whether a point lies inside the polygon of an SVG `points` attribute (even-odd rule). */
const isInside = ([x, y]: readonly [number, number], points: string): boolean => {
  const ring = points.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]);
  return ring.reduce((inside, [ax, ay], i) => {
    const [bx, by] = ring.at(i - 1) as [number, number];
    const crosses = ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
    return crosses ? !inside : inside;
  }, false);
};
const lesionBox = (page: Page, view: string) => viewOf(page, view).locator('[data-lesion]').first();

test('a lesion is marked, moved, resized, deleted, undone and redone', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await newLesion(page);
  const view = viewOf(page, 'RCC');
  await markPoints(page, view, [1000, 700], [1300, 1100]);
  await expect.poll(() => marksOf(page)).toHaveLength(1);
  const [drawn] = await marksOf(page);
  expect(drawn?.x).toBeCloseTo(1000, -1);
  expect(drawn?.width).toBeCloseTo(300, -1);

  await dragPoints(page, view, [1000, 800], [900, 700]);
  await expect.poll(async () => (await marksOf(page))[0]?.x).toBeLessThan(960);
  const [moved] = await marksOf(page);
  expect(moved?.width).toBeCloseTo(drawn?.width ?? 0, 5);

  const corner: [number, number] = [
    (moved?.x ?? 0) + (moved?.width ?? 0),
    (moved?.y ?? 0) + (moved?.height ?? 0),
  ];
  await dragPoints(page, view, corner, [corner[0] + 200, corner[1] + 100]);
  await expect.poll(async () => (await marksOf(page))[0]?.width).toBeGreaterThan(400);
  expect((await marksOf(page))[0]?.x).toBeCloseTo(moved?.x ?? 0, 5);

  await page.keyboard.press('Control+z');
  await expect.poll(() => marksOf(page)).toEqual([moved]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => marksOf(page)).toEqual([drawn]);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => marksOf(page)).toEqual([moved]);

  await lesionBox(page, 'RCC').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await marksOf(page))[0]?.x).toBeGreaterThan(moved?.x ?? 0);
  await page.keyboard.press('Delete');
  await expect.poll(() => storedLesions(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => marksOf(page)).toHaveLength(1);
  await page.getByRole('button', { name: 'Delete Lesion 1' }).click();
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);
  await expect.poll(() => storedLesions(page)).toEqual([]);
});

test('a click alone outlines and marks the lesion, and the score is that of the pipeline', async ({
  page,
}) => {
  test.skip(!hasCases, NO_CASES);
  await page.goto('./?backend=wasm');
  const clicked: BoxedLesion[] = [];
  const scores = new Map<string, number>();
  for (const name of readdirSync(CASES).filter((folder) => folder.startsWith('cbis-')))
    await test.step(name, async () => {
      const truth = boxesOf(truthOf(name));
      await openFiles(
        page,
        truth.map(({ file }) => join(CASES, name, file)),
      );
      await newLesion(page);
      for (const { view, box } of truth) {
        const centre = [box.x + box.width / 2, box.y + box.height / 2] as const;
        const [at] = await onPage(viewOf(page, view), [centre]);
        if (!at) throw new Error('no view');
        await page.keyboard.press('m');
        await page.mouse.click(at.x, at.y);
        await expect(viewOf(page, view).locator('[data-lesion]')).toHaveCount(1);
        await expect(viewOf(page, view).locator('.lesion-outline')).toHaveCount(1);
        const points = await viewOf(page, view).locator('.lesion-outline').getAttribute('points');
        expect(isInside(centre, points ?? '')).toBe(true);
      }
      const { value } = await likelihoodOf(page, 1, truth.length);
      scores.set(truthOf(name).lesion, value);
      const marks = [];
      for (const { file, view } of truth) {
        const sop = await viewOf(page, view).locator('[data-sop]').getAttribute('data-sop');
        const box = (await storedLesions(page))[0]?.marks[sop ?? ''];
        if (box) marks.push({ file, view, box });
      }
      clicked.push({ name, truth: truthOf(name), marks });
      await page.getByRole('button', { name: 'Delete Lesion 1' }).click();
      await page.getByRole('button', { name: /^Close / }).click();
    });
  const expected = evaluateBoxes(clicked);
  expect(expected.size).toBe(clicked.length);
  for (const [lesion, value] of scores)
    expect(Math.abs(value - (expected.get(lesion) as number))).toBeLessThan(0.005);
});

test('several lesions list their views; marks and scores come back after a reload', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await newLesion(page);
  await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
  await markPoints(page, viewOf(page, 'RMLO'), [900, 900], [1200, 1200]);
  await newLesion(page);
  await markPoints(page, viewOf(page, 'LCC'), [300, 700], [600, 1000]);
  const first = page.getByTestId('lesion-1');
  await expect(page.getByTestId('line-place-1')).toHaveAttribute('title', 'RCC + RMLO');
  await expect(page.getByTestId('line-place-1')).toHaveText(/^R \S+/);
  await expect(page.getByTestId('lesion-2').locator('.marked')).toHaveText([/LCC/]);
  await expect(first.getByTestId('score-1')).toHaveCount(0);
  await first.getByRole('button', { name: 'Lesion 1', exact: true }).click();
  const before = await likelihoodOf(page, 1, 2);
  await expect.poll(() => storedLesions(page)).toHaveLength(2);

  await page.reload();
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);
  await openDemo(page);
  await expect(page.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/, /RMLO/]);
  await expect(page.getByTestId('line-place-2')).toHaveAttribute('title', 'LCC');
  const after = await likelihoodOf(page, 1, 2);
  expect(after.value).toBeCloseTo(before.value, 4);

  // In the very moment of a change, before any database can have it.
  await page
    .getByRole('button', { name: 'Remove the mark on RMLO' })
    .evaluate((button: HTMLButtonElement) => {
      button.click();
      location.reload();
    });
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);
  await openDemo(page);
  await expect(page.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/]);
  await likelihoodOf(page, 1, 1);
});

test('a box that is held still is scored before it is let go, and shows nothing until then', async ({
  page,
}) => {
  // Counts what the engine is asked for.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Object.assign(globalThis, { asked: 0 });
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      if ((args[0] as { name?: string }).name === 'score')
        (globalThis as unknown as { asked: number }).asked++;
      post.apply(this, args as Parameters<typeof post>);
    };
  });
  const asked = () => page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await newLesion(page);
  await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
  const before = await likelihoodOf(page, 1, 1);
  expect(await asked()).toBe(1);

  await expect.poll(() => marksOf(page)).toHaveLength(1);
  const [drawn] = await marksOf(page);
  const [from, to] = await onPage(viewOf(page, 'RCC'), [
    [1509, 700],
    [1589, 760],
  ]);
  if (!from || !to) throw new Error('the box is not on screen');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await expect.poll(asked).toBeGreaterThan(1);
  // A slow machine may have asked on the way, too.
  await page.waitForTimeout(1_000);
  const askedHeld = await asked();
  expect((await likelihoodOf(page, 1, 1)).value).toBe(before.value);
  await page.mouse.up();
  const valueNow = async () => (await likelihoodOf(page, 1, 1)).value;
  await expect.poll(valueNow).not.toBe(before.value);
  const after = await valueNow();
  expect(await asked()).toBe(askedHeld);

  await expect.poll(() => marksOf(page)).not.toEqual([drawn]);
  await page.reload();
  await openDemo(page);
  expect(await valueNow()).toBe(after);
});

test('a box is drawn with a finger', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    hasTouch: true,
    viewport: { width: 1600, height: 1000 },
  });
  const page = await context.newPage();
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await newLesion(page);
  const [from, to] = await onPage(viewOf(page, 'RCC'), [
    [1000, 700],
    [1300, 1100],
  ]);
  if (!from || !to) throw new Error('no view');
  const client = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  await touch('touchStart', from);
  for (let i = 1; i <= 5; i++)
    await touch('touchMove', {
      x: from.x + ((to.x - from.x) * i) / 5,
      y: from.y + ((to.y - from.y) * i) / 5,
    });
  await touch('touchEnd');
  await expect.poll(() => marksOf(page)).toHaveLength(1);
  const [box] = await marksOf(page);
  expect(box?.x).toBeCloseTo(1000, -1);
  expect(box?.height).toBeCloseTo(400, -1);
  await context.close();
});
