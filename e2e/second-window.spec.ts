import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import {
  ARTIFACTS,
  dragPoints,
  engineReady,
  expect,
  likelihoodOf,
  markPoints,
  onPage,
  openDemo,
  storedLesions,
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

test.describe('read in the second window', () => {
  /** The demo case there, its right CC, and a place in the breast that nothing is marked at. */
  const readThere = async (page: Page) => {
    await page.goto('./?backend=wasm');
    await openDemo(page);
    const second = await popOut(page);
    return { second, rcc: viewOf(second, 'RCC'), free: [1100, 1700] as const };
  };
  const markOf = async (page: Page) =>
    Object.values((await storedLesions(page))[0]?.marks ?? {})[0];
  const windowOf = (view: Locator) => view.locator('[data-label=window]');

  test('a mark follows its handles, a drag changes the window of its view alone', async ({
    page,
  }) => {
    const { second, rcc, free } = await readThere(page);
    await markPoints(second, rcc, [1509, 625], [1771, 874]);
    await second.keyboard.press('w');
    await dragPoints(second, rcc, [1771, 874], [1871, 924]);
    await expect.poll(async () => (await markOf(page))?.width).toBeCloseTo(362, 0);
    expect((await markOf(page))?.height).toBeCloseTo(299, 0);
    await dragPoints(second, rcc, [1509, 775], [1459, 775]);
    await expect.poll(async () => (await markOf(page))?.x).toBeCloseTo(1459, 0);
    // A drag that is given up by its key leaves the mark as it was.
    const [from, to] = await onPage(rcc, [
      [1871, 924],
      [1600, 800],
    ]);
    await second.mouse.move(from!.x, from!.y);
    await second.mouse.down();
    await second.mouse.move(to!.x, to!.y, { steps: 3 });
    await second.keyboard.press('Escape');
    await second.mouse.up();
    expect((await markOf(page))?.width).toBeCloseTo(412, 0);
    await second.keyboard.press('Control+z');
    await expect.poll(async () => (await markOf(page))?.x).toBeCloseTo(1509, 0);

    const before = await windowOf(rcc).innerText();
    await dragPoints(second, rcc, free, [free[0] + 200, free[1] + 100]);
    await expect(windowOf(rcc)).toHaveText(/^C \d+ W \d+ by hand$/);
    const [wider] = /W \d+/.exec(await windowOf(rcc).innerText())!;
    expect(Number(wider.slice(2))).toBeGreaterThan(Number(/W (\d+)/.exec(before)![1]));
    // Let go is let go: the pointer may move on.
    const dragged = await windowOf(rcc).innerText();
    await second.mouse.move(5, 400, { steps: 3 });
    await expect(windowOf(rcc)).toHaveText(dragged);
    await second.keyboard.press('r');
    await expect(windowOf(rcc)).toHaveText(before);
  });

  test('the loupe lies under the pointer as long as its key is held, and shows tissue', async ({
    page,
  }) => {
    const { second, rcc } = await readThere(page);
    const loupe = second.getByTestId('loupe');
    const view = (await rcc.boundingBox())!;
    const at = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    await second.mouse.move(at.x, at.y);
    await second.keyboard.down('x');
    await expect(loupe).toContainText('2×');
    const lens = (await loupe.boundingBox())!;
    expect(Math.abs(lens.x + lens.width / 2 - at.x)).toBeLessThan(2);
    expect(Math.abs(lens.y + lens.height / 2 - at.y)).toBeLessThan(2);
    const brightest = () =>
      loupe.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const data = canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
        return data.reduce((most, grey, i) => (i % 4 === 3 ? most : Math.max(most, grey)), 0);
      });
    await expect.poll(brightest).toBeGreaterThan(100);
    await second.screenshot({ path: join(ARTIFACTS, 'second-window-loupe.png') });
    await second.keyboard.up('x');
    await expect(loupe).toHaveCount(0);

    // Out for good, with controls of its own beside the pictures.
    await second.keyboard.press('Shift+X');
    await second.getByLabel('Magnification of the loupe').selectOption('4');
    await expect(loupe).toContainText('4×');
    await second.keyboard.press('Escape');
    await expect(loupe).toHaveCount(0);
  });

  test('a distance is measured and changed by its handle, and true size is the screen’s there', async ({
    page,
  }) => {
    const { second, rcc, free } = await readThere(page);
    const measured = rcc.locator('.measure-label tspan');
    await second.keyboard.press('d');
    await dragPoints(second, rcc, free, [free[0] + 300, free[1] + 100]);
    // 316.2 columns of 0.1 mm at the detector, 1.06 times nearer to the tube.
    await expect(measured).toHaveText([
      /^(29\.[6-9]|30\.0) mm, corrected for magnification 1\.06$/,
    ]);
    await second.keyboard.press('w');
    await dragPoints(second, rcc, [free[0] + 300, free[1] + 100], [free[0] + 500, free[1]]);
    await expect(measured).toHaveText([/^(46\.9|47\.[0-4]) mm/]);
    await expect(windowOf(rcc)).toHaveText(/NORMAL$/);
    await second.screenshot({ path: join(ARTIFACTS, 'second-window-measure.png') });
    await second.keyboard.press('Delete');
    await expect(measured).toHaveCount(0);

    // The card is held against the screen that the pictures are on.
    await second.keyboard.press('u');
    await second.getByRole('dialog', { name: 'Calibrate this screen' }).getByText('Keep').click();
    await second.keyboard.press('u');
    await expect(rcc.locator('[data-label=true-size]')).toHaveText('true size');
  });

  test('menu, palette and key sheet open where they are asked for, and go when they are left', async ({
    page,
  }) => {
    const { second, rcc } = await readThere(page);
    const menu = second.getByRole('menu', { name: 'On this picture' });
    const view = (await rcc.boundingBox())!;
    const at = { x: view.x + 150, y: view.y + 120 };
    const ask = () => second.mouse.click(at.x, at.y, { button: 'right' });
    await ask();
    const box = (await menu.boundingBox())!;
    expect([box.x, box.y]).toEqual([at.x, at.y].map((edge) => expect.closeTo(edge, 0)));
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(menu.getByRole('menuitemcheckbox', { name: /^Mark/ })).toBeFocused();
    await second.keyboard.press('ArrowDown');
    await expect(menu.getByRole('menuitem', { name: /^Fit/ })).toBeFocused();
    await second.screenshot({ path: join(ARTIFACTS, 'second-window-menu.png') });
    await second.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    await ask();
    await second.mouse.click(5, 5);
    await expect(menu).toHaveCount(0);
    // In the farthest corner: still wholly in the window, which has another size than the page.
    const [width, height] = await second.evaluate(() => [window.innerWidth, window.innerHeight]);
    await second.mouse.click(width! - 10, height! - 10, { button: 'right' });
    const corner = (await menu.boundingBox())!;
    expect(corner.x + corner.width).toBeLessThanOrEqual(width!);
    expect(corner.y + corner.height).toBeLessThanOrEqual(height!);
    await menu.getByRole('menuitemcheckbox', { name: /^Invert/ }).click();
    await expect(windowOf(viewOf(second, 'LMLO'))).toContainText('inverted');

    await second.keyboard.press('Control+k');
    await second.getByRole('combobox', { name: 'What to do' }).fill('breast tissue');
    await second.keyboard.press('Enter');
    await expect(second.getByRole('dialog')).toHaveCount(0);
    await expect(windowOf(viewOf(second, 'LMLO'))).toContainText('tissue');
    await second.keyboard.press('?');
    await second.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Close').click();
    // Its keys are the pictures' again: a pair, and all of them.
    await second.keyboard.press('6');
    await expect(second.locator('[data-matrix]:visible')).toHaveCount(2);
    await second.keyboard.press('5');
    await expect(second.locator('[data-matrix]:visible')).toHaveCount(4);
  });
});

test('it fills the largest other screen, which the browser is asked for while the press counts', async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  const screens = '--screen-info={1600x1000}{1600,0 1200x800}{2800,0 1500x2000}';
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), screens],
  });
  const page = await browser.newPage({ ...(baseURL ? { baseURL } : {}) });
  await page.addInitScript(() => {
    const own = window as unknown as { getScreenDetails?: () => unknown; pressed?: boolean };
    const ask = own.getScreenDetails;
    own.getScreenDetails = () => {
      own.pressed = navigator.userActivation.isActive;
      return ask?.call(window);
    };
  });
  const client = await page.context().newCDPSession(page);
  const { targetInfo } = await client.send('Target.getTargetInfo');
  await client.send('Browser.grantPermissions', {
    browserContextId: targetInfo.browserContextId!,
    permissions: ['windowManagement'],
  });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const second = await popOut(page);
  const place = () => second.evaluate(() => [screenX, screenY, outerWidth, outerHeight]);
  await expect.poll(place).toEqual([2800, 0, 1500, 2000]);
  expect(await page.evaluate(() => (window as unknown as { pressed?: boolean }).pressed)).toBe(
    true,
  );
  await browser.close();
});
