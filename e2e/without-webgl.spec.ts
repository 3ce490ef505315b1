import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { ARTIFACTS, expect, openDemo, openFiles, test, viewOf, withoutEngine } from './page.ts';
import { syntheticView } from './synthetic.ts';

test.use({ engine: false });

/** The picture of a view as its canvas has it: grey, row by row. */
const greyOf = (page: Page, view: string): Promise<number[]> =>
  viewOf(page, view)
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return Array.from({ length: width * height }, (_, i) => data[4 * i] ?? 0);
    });

/** Largest and mean difference of two pictures. */
const difference = (a: readonly number[], b: readonly number[]) => {
  expect(a.length).toBe(b.length);
  const off = a.map((value, i) => Math.abs(value - (b[i] as number)));
  return {
    largest: off.reduce((x, y) => Math.max(x, y), 0),
    mean: off.reduce((x, y) => x + y, 0) / off.length,
  };
};

/** Longer than the longest texture of the software graphics that tests run on. */
const TALL = syntheticView(1, 'CC', { rows: 9000, columns: 1200 });

const settle = (page: Page) => page.waitForTimeout(1500);

const STATES = ['as opened', 'inverted', 'pixel by pixel', 'sharpened'] as const;
const KEYS: Readonly<Record<(typeof STATES)[number], string>> = {
  'as opened': '',
  inverted: 'i',
  'pixel by pixel': 'o',
  sharpened: 's',
};

/** The CC view of the demo case in each of the states, one after the other. */
const pictures = async (page: Page) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await settle(page);
  const all = new Map<string, number[]>();
  for (const state of STATES) {
    if (KEYS[state]) await page.keyboard.press(KEYS[state]);
    await settle(page);
    all.set(state, await greyOf(page, 'RCC'));
  }
  return all;
};

const tallPicture = async (page: Page) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, [TALL]);
  await settle(page);
  return greyOf(page, 'LCC');
};

test('without WebGL the processor draws the same grey, said to be slow; pan and zoom work', async ({
  page,
  launchOptions,
  baseURL,
}) => {
  test.setTimeout(600_000);
  const wanted = await pictures(page);
  const tall = await tallPicture(page);
  expect(tall.some((grey) => grey > 100)).toBe(true);
  const reduced = '[data-label=reduced]';
  await expect(viewOf(page, 'LCC').locator(reduced)).toHaveText(/at 91 % of its resolution/);
  await page.screenshot({ path: join(ARTIFACTS, 'larger-than-a-texture.png') });
  const browser = await chromium.launch({
    ...launchOptions,
    args: ['--no-sandbox', '--disable-gpu', '--disable-3d-apis', '--disable-software-rasterizer'],
  });
  try {
    const bare = await browser.newPage({
      baseURL: baseURL ?? '',
      viewport: page.viewportSize(),
      serviceWorkers: 'block',
    });
    await withoutEngine(bare.context());
    const found = await pictures(bare);
    expect(
      await bare.evaluate(() => document.createElement('canvas').getContext('webgl2')),
    ).toBeNull();
    await expect(bare.locator('.notices')).toContainText('without a graphics card');
    await bare.screenshot({ path: join(ARTIFACTS, 'without-webgl.png') });
    for (const state of STATES) {
      const off = difference(wanted.get(state) ?? [], found.get(state) ?? []);
      // Where the picture is made smaller, areas are averaged and not levels of halves mixed.
      if (state === 'pixel by pixel') expect(off.largest, state).toBeLessThanOrEqual(1);
      else expect(off.mean, state).toBeLessThan(1);
    }

    const matrix = () => viewOf(bare, 'RCC').locator('svg.box-overlay').getAttribute('data-matrix');
    const bounds = await viewOf(bare, 'RCC').boundingBox();
    const [x, y] = [bounds!.x + bounds!.width / 2, bounds!.y + bounds!.height / 2];
    for (const button of ['middle', 'right'] as const) {
      const before = await matrix();
      await bare.mouse.move(x, y);
      await bare.mouse.down({ button });
      await bare.mouse.move(x + 30, y + 40, { steps: 4 });
      await bare.mouse.up({ button });
      await expect.poll(matrix, button).not.toBe(before);
    }
    const before = await matrix();
    await bare.mouse.wheel(0, -240);
    await expect.poll(matrix, 'wheel').not.toBe(before);
    expect(difference(tall, await tallPicture(bare)).mean).toBeLessThan(1);
    await expect(viewOf(bare, 'LCC').locator(reduced)).toHaveCount(0);
  } finally {
    await browser.close();
  }
});
