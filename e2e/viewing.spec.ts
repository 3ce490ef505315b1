import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { mammogramFile, words } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { expect, fileOf, openFiles, test, viewOf } from './page.ts';

test.use({ engine: false });

const [ROWS, COLUMNS] = [300, 200];
/** Grey rises from 0 on the left to 4,095 on the right. */
const ramp = words(
  Array.from({ length: ROWS * COLUMNS }, (_, i) => ((i % COLUMNS) / (COLUMNS - 1)) * 4095),
);
const open = async (page: Page, changes: Parameters<typeof mammogramFile>[0]) => {
  await page.goto('./?backend=wasm');
  const file = mammogramFile({
    '00280010': ['US', [ROWS]],
    '00280011': ['US', [COLUMNS]],
    '7fe00010': ['OW', ramp],
    ...changes,
  });
  await openFiles(page, [fileOf('ramp.dcm', file)]);
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toBeVisible();
};

/** Grey on screen (0-255) at fractions of the image's width, half way down. */
const greyAt = async (page: Page, fractions: readonly number[]): Promise<number[]> => {
  const view = viewOf(page, 'LCC');
  const canvas = view.locator('canvas').first();
  // What is drawn, not what lies over it.
  await view
    .locator('.air-mask')
    .evaluateAll((masks) => masks.forEach((mask) => mask.setAttribute('visibility', 'hidden')));
  await page.waitForTimeout(300);
  const shot = (await canvas.screenshot()).toString('base64');
  const svg = view.locator('svg.box-overlay');
  const matrix = ((await svg.getAttribute('data-matrix')) ?? '').split(' ').map(Number);
  return page.evaluate(
    async ({ shot, matrix, columns, rows, fractions }) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrix;
      const bytes = Uint8Array.from(atob(shot), (ch) => ch.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return fractions.map((fraction) => {
        const [x, y] = [fraction * columns, rows / 2];
        const at = [a * x + c * y + e, b * x + d * y + f].map(Math.round);
        return context.getImageData(at[0]!, at[1]!, 1, 1).data[0]!;
      });
    },
    { shot, matrix, columns: COLUMNS, rows: ROWS, fractions },
  );
};
const FRACTIONS = [0.1, 0.3, 0.5, 0.7, 0.9];
const label = (page: Page, name: string) => viewOf(page, 'LCC').locator(`[data-label=${name}]`);

const near = (got: readonly number[], wanted: readonly number[], within: number) =>
  got.forEach((grey, i) => expect(Math.abs(grey - (wanted[i] as number))).toBeLessThan(within));

test('without a window the whole range is shown, MONOCHROME2 bright upwards', async ({ page }) => {
  await open(page, {});
  near(
    await greyAt(page, FRACTIONS),
    FRACTIONS.map((f) => f * 255),
    5,
  );
  await expect(label(page, 'window')).toContainText('full range');
  await expect(label(page, 'calibration')).toHaveText('no calibration: pixels');
});

/** Counts the pictures drawn from the page's start on: of a view, or all. */
const watchDrawn = async (page: Page) => {
  await page.addInitScript(() => {
    const told = Object.assign(window, { drawn: [] as (string | null | undefined)[] });
    addEventListener(
      'CORNERSTONE_IMAGE_RENDERED',
      ({ target }) =>
        told.drawn.push((target as Element).closest('[data-view]')?.getAttribute('data-view')),
      true,
    );
  });
  return (view?: string) =>
    page.evaluate((of) => {
      const { drawn } = window as unknown as { drawn: string[] };
      return of === undefined ? drawn.length : drawn.filter((v) => v === of).length;
    }, view);
};

test('a picture is drawn with one opaque sample a pixel, and not again while it stands', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const told = Object.assign(window, { drawnFrom: [] as unknown[] });
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (...given: unknown[]) {
      const [from] = given;
      if (from instanceof HTMLCanvasElement)
        told.drawnFrom.push({
          ...from.getContext('webgl2')?.getContextAttributes(),
          through: this.getContextAttributes().alpha,
        });
      draw.apply(this, given as Parameters<typeof draw>);
    };
  });
  const pictures = await watchDrawn(page);
  await open(page, {});
  const drawnFrom = () =>
    page.evaluate(() => (window as unknown as { drawnFrom: unknown[] }).drawnFrom);
  await expect.poll(async () => (await drawnFrom()).length).toBeGreaterThan(0);
  expect((await drawnFrom())[0]).toMatchObject({
    antialias: false,
    depth: false,
    alpha: false,
    through: false,
  });
  await page.waitForTimeout(500);
  const before = await pictures();
  await page.keyboard.press('f');
  await page.waitForTimeout(500);
  expect(await pictures()).toBe(before);
  await page.keyboard.press('i');
  await expect.poll(() => pictures()).toBeGreaterThan(before);
});

test('a picture is not drawn again for one that is hung beside it', async ({ page }) => {
  const drawn = await watchDrawn(page);
  const files = (...views: readonly string[]) =>
    views.map((view) => join(import.meta.dirname, `../public/demo/demo-1-${view}.dcm`));
  await page.goto('./?backend=wasm');
  const input = page.getByTestId('file-input');
  await input.setInputFiles(files('LMLO', 'RMLO', 'LCC'));
  for (const view of ['LMLO', 'RMLO', 'LCC'])
    await expect.poll(() => drawn(view)).toBeGreaterThan(0);
  await page.keyboard.press('5');
  await page.waitForTimeout(500);
  const before = await drawn('LMLO');
  const cell = await viewOf(page, 'LMLO').boundingBox();
  await input.setInputFiles(files('RCC'));
  await expect.poll(() => drawn('RCC')).toBeGreaterThan(0);
  await page.waitForTimeout(500);
  expect(await viewOf(page, 'LMLO').boundingBox()).toEqual(cell);
  expect(await drawn('LMLO')).toBe(before);
});

test('MONOCHROME1 is dark upwards; inverting turns it', async ({ page }) => {
  await open(page, { '00280004': ['CS', 'MONOCHROME1'] });
  const dark = FRACTIONS.map((f) => (1 - f) * 255);
  near(await greyAt(page, FRACTIONS), dark, 5);
  await expect(viewOf(page, 'LCC').getByTestId('air-mask')).toHaveCount(0);
  await page.keyboard.press('i');
  await expect(label(page, 'window')).toContainText('inverted');
  await expect(viewOf(page, 'LCC').getByTestId('air-mask')).toHaveCount(1);
  near(
    await greyAt(page, FRACTIONS),
    dark.map((grey) => 255 - grey),
    5,
  );
});

test('of several windows the first is used, the others are chosen by name', async ({ page }) => {
  await open(page, {
    '00281050': ['DS', '1024\\3072'],
    '00281051': ['DS', '2048\\2048'],
    '00281055': ['LO', 'SOFT\\DENSE'],
    '00181164': ['DS', '0.27\\0.27'],
  });
  await expect(label(page, 'window')).toHaveText(/^C 1024 W 2048 SOFT/);
  await expect(label(page, 'calibration')).toHaveText(/0\.270 mm\/px at detector plane/);
  const window = (centre: number, width: number) =>
    FRACTIONS.map(
      (f) => Math.min(Math.max((f * 4095 - (centre - 0.5)) / (width - 1) + 0.5, 0), 1) * 255,
    );
  near(await greyAt(page, FRACTIONS), window(1024, 2048), 6);
  await page.getByLabel('Window preset').selectOption({ label: 'DENSE' });
  await expect(label(page, 'window')).toHaveText(/^C 3072 W 2048 DENSE/);
  near(await greyAt(page, FRACTIONS), window(3072, 2048), 6);
});

test('window, zoom, pan and fit by mouse and key', async ({ page }) => {
  await open(page, { '00281050': ['DS', '2048'], '00281051': ['DS', '4096'] });
  const view = viewOf(page, 'LCC');
  const svg = view.locator('svg.box-overlay');
  const bounds = (await view.boundingBox())!;
  const [x, y] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
  const drag = async (dx: number, dy: number) => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx / 2, y + dy / 2);
    await page.mouse.move(x + dx, y + dy);
    await page.mouse.up();
  };
  const fitted = await svg.getAttribute('data-matrix');
  const windowBefore = await label(page, 'window').innerText();
  await page.keyboard.press('w');
  await drag(60, 0);
  await expect(label(page, 'window')).not.toHaveText(windowBefore);
  await expect(svg).toHaveAttribute('data-matrix', fitted!);

  await page.keyboard.press('p');
  await drag(50, 30);
  await expect(svg).not.toHaveAttribute('data-matrix', fitted!);
  await page.keyboard.press('f');
  await expect(svg).toHaveAttribute('data-matrix', fitted!);

  await page.keyboard.press('z');
  const zoomBefore = await label(page, 'zoom').innerText();
  await drag(0, -80);
  await expect(label(page, 'zoom')).not.toHaveText(zoomBefore);
  await page.keyboard.press('o');
  await expect(label(page, 'zoom')).toHaveText('100 %');
  await page.keyboard.press('r');
  await expect(label(page, 'window')).toHaveText(windowBefore);
});

test('a touchpad zooms with the fingers, and no faster than a wheel; the page stays as it is', async ({
  page,
}) => {
  await open(page, {});
  const view = viewOf(page, 'LCC');
  const svg = view.locator('svg.box-overlay');
  const zoom = async () => Number((await svg.getAttribute('data-matrix'))!.split(' ')[0]);
  const fitted = await zoom();
  let isPinched = false;
  const growsBy = async (factor: number, times: number, dx: number, dy: number) => {
    await page.keyboard.press('f');
    await expect.poll(zoom).toBe(fitted);
    if (isPinched) await page.keyboard.down('Control');
    for (let i = 0; i < times; i++) await page.mouse.wheel(dx, dy);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await zoom()) / fitted).toBeCloseTo(factor, 5);
  };
  await view.hover();
  await growsBy(1.2, 1, 0, -120);
  await growsBy(1.2 ** 2, 30, 0, -4);
  await growsBy(1, 1, 80, 0);
  const prevented = page.evaluate(
    () =>
      new Promise<boolean>((done) =>
        window.addEventListener('wheel', (event) => done(event.defaultPrevented)),
      ),
  );
  // Two fingers that spread are told of as a wheel with Ctrl.
  isPinched = true;
  await growsBy(Math.exp(0.2), 40, 0, -0.5);
  await growsBy(1.2, 1, 0, -120);
  expect(await prevented).toBe(true);
});

test('a drag does the same whatever key is held with it', async ({ page }) => {
  await open(page, {});
  const view = viewOf(page, 'LCC');
  const looks = async () =>
    `${await label(page, 'window').textContent()} ${await view.locator('svg.box-overlay').getAttribute('data-matrix')}`;
  const { x, y } = (await view.boundingBox())!;
  for (const key of ['Shift', 'Control', 'Alt', 'Meta'])
    for (const button of ['left', 'middle', 'right'] as const) {
      const before = await looks();
      await page.keyboard.down(key);
      await page.mouse.move(x + 60, y + 120);
      await page.mouse.down({ button });
      await page.mouse.move(x + 90, y + 150, { steps: 3 });
      await expect.poll(looks, `${key} and the ${button} button`).not.toBe(before);
      await page.mouse.up({ button });
      await page.keyboard.up(key);
      await page.keyboard.press('Escape');
    }
});

test('a window that comes to a screen of finer pixels is drawn in them, and says its zoom in them', async ({
  page,
}) => {
  await open(page, {});
  const view = viewOf(page, 'LCC');
  await view.click();
  await page.keyboard.press('o');
  await expect(label(page, 'zoom')).toHaveText('100 %');
  const canvas = view.locator('canvas').first();
  const width = () => canvas.evaluate((element: HTMLCanvasElement) => element.width);
  const before = await width();
  const { width: wide, height: high } = page.viewportSize()!;
  const metrics = { width: wide, height: high, deviceScaleFactor: 2, mobile: false };
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
  // Without it the emulation tells no listener that the answer to a media query is another now.
  await page.emulateMedia({ contrast: 'more' });
  await expect.poll(width).toBe(2 * before);
  await expect(label(page, 'zoom')).toHaveText('200 %');
});

test('a view says in sight what is unusual, the rest on hover, its technique by key', async ({
  page,
}) => {
  await open(page, {
    '00080080': ['LO', 'Clinic'],
    '00180060': ['DS', '28'],
    '00181191': ['CS', 'TUNGSTEN'],
    '001811a0': ['DS', '52'],
    '00281350': ['CS', 'YES'],
    '00282110': ['CS', '01'],
    '00282112': ['DS', '8.2'],
    '00400316': ['DS', '0.0183'],
  });
  const opacity = () => label(page, 'zoom').evaluate((e) => Number(getComputedStyle(e).opacity));
  await page.mouse.move(2, 2);
  await expect.poll(opacity).toBe(0);
  await expect(label(page, 'unusual')).toHaveText('partial view · lossy 8.2:1');
  const bounds = (await viewOf(page, 'LCC').boundingBox())!;
  await page.mouse.move(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2);
  await expect.poll(opacity).toBe(1);
  await page.mouse.move(2, 2);
  await expect.poll(opacity).toBe(0);

  await page.keyboard.press('Shift+H');
  const technique = viewOf(page, 'LCC').getByTestId('technique');
  await expect(technique).toContainText('Institution Clinic');
  await expect(technique).toContainText('Voltage 28 kVp');
  await expect(technique).toContainText('Organ dose 1.83 mGy');
  await expect(technique.locator('[data-label=absent]')).toContainText('Not given: Born');
  await expect.poll(opacity).toBe(1);
  await page.getByRole('button', { name: 'Hide names' }).click();
  await expect(technique).toContainText('Institution (name hidden)');
  await page.keyboard.press('h');
  await expect(technique).toBeHidden();
  await expect(label(page, 'unusual')).toBeVisible();
  await page.keyboard.press('h');
  await page.keyboard.press('Shift+H');
  await expect(technique).toHaveCount(0);
});
