import type { Locator, Page } from '@playwright/test';
import { mammogramFile, words, type Field } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { ARTIFACTS, dragPoints, expect, fileOf, onPage, openFiles, test, viewOf } from './page.ts';

test.use({ engine: false });

const [ROWS, COLUMNS] = [800, 600];
/** Dark on the left half, bright on the right: 1,000 and 3,000 of 12 bits, with a last row of several values. */
const halves = words(
  Array.from({ length: ROWS * COLUMNS }, (_, i) =>
    i >= (ROWS - 1) * COLUMNS ? 1000 + (i % 8) : i % COLUMNS < COLUMNS / 2 ? 1000 : 3000,
  ),
);

const IMAGER: Record<string, Field> = { '00181164': ['DS', '0.1\\0.1'] };
const MAGNIFIED: Record<string, Field> = { ...IMAGER, '00181114': ['DS', '1.25'] };
const TALL: Record<string, Field> = { '00181164': ['DS', '0.2\\0.1'] };
const CALIBRATED: Record<string, Field> = {
  '00280030': ['DS', '0.08\\0.08'],
  '00280a02': ['CS', 'FIDUCIAL'],
};

const open = async (page: Page, attributes: Record<string, Field | undefined>) => {
  await page.goto('./?backend=wasm');
  const file = mammogramFile({
    '00280010': ['US', [ROWS]],
    '00280011': ['US', [COLUMNS]],
    '00281050': ['DS', '2048'],
    '00281051': ['DS', '4096'],
    '7fe00010': ['OW', halves],
    ...attributes,
  });
  await openFiles(page, [fileOf('halves.dcm', file)]);
  await expect(viewOf(page, 'LCC').locator('[data-matrix]')).toBeVisible();
};

const measured = (page: Page) => viewOf(page, 'LCC').locator('[data-measurement]');
const words_ = (mark: Locator) => mark.locator('.measure-label tspan');

const matrixOf = async (page: Page) =>
  ((await viewOf(page, 'LCC').locator('svg.box-overlay').getAttribute('data-matrix')) ?? '')
    .split(' ')
    .map(Number);

for (const [name, attributes, wanted] of [
  ['on the detector', IMAGER, /^50\.\d mm, detector plane$/],
  ['corrected for magnification', MAGNIFIED, /^40\.\d mm, corrected for magnification 1\.25$/],
  ['with pixels taller than wide', TALL, /^85\.\d mm, detector plane$/],
  ['by a fiducial', CALIBRATED, /^40\.\d mm, Pixel Spacing calibrated by fiducial$/],
  ['without spacing', {}, /^(499|500|501) px, not calibrated$/],
] as const)
  test(`a line of 500 pixels is measured ${name}`, async ({ page }) => {
    await open(page, attributes);
    await page.keyboard.press('d');
    // 300 columns and 400 rows: 500 pixels, or with rows twice as high 300 and 800 (854).
    await dragPoints(page, viewOf(page, 'LCC'), [100, 100], [400, 500]);
    await expect(words_(measured(page))).toHaveText([wanted]);
    const [said = ''] = await words_(measured(page)).allTextContents();
    const exact = {
      mm: wanted.source.includes('85') ? 85.44 : wanted.source.includes('50') ? 50 : 40,
      px: 500,
    };
    const within = said.includes('px') ? 1.5 : 0.2;
    expect(
      Math.abs(Number.parseFloat(said) - (said.includes('px') ? exact.px : exact.mm)),
    ).toBeLessThanOrEqual(within);
  });

test('an ellipse says its area and the grey inside, an angle its degrees', async ({ page }) => {
  await open(page, IMAGER);
  await page.keyboard.press('v');
  await dragPoints(page, viewOf(page, 'LCC'), [350, 100], [550, 300]);
  const lines = words_(measured(page).first());
  await expect(lines).toHaveText([
    /^(19\.9|20\.0|20\.1) × (19\.9|20\.0|20\.1) mm, detector plane$/,
    /^area 31\d\.\d mm², detector plane$/,
    /^mean 3,000, SD 0, stored values$/,
    /^31,\d{3} pixels$/,
  ]);
  await page.keyboard.press('a');
  await dragPoints(page, viewOf(page, 'LCC'), [100, 400], [200, 400]);
  const [end] = await onPage(viewOf(page, 'LCC'), [[200, 500]]);
  await page.mouse.click(end!.x, end!.y);
  const [said = ''] = await words_(measured(page).last()).allTextContents();
  expect(said).toMatch(/°, detector plane$/);
  expect(Math.abs(Number.parseFloat(said) - 90)).toBeLessThan(1);
  await viewOf(page, 'LCC').screenshot({ path: `${ARTIFACTS}/measuring.png` });
});

test('measurements are edited, deleted, hidden, undone, and come back after a reload', async ({
  page,
}) => {
  await open(page, IMAGER);
  await page.keyboard.press('d');
  await dragPoints(page, viewOf(page, 'LCC'), [100, 100], [400, 500]);
  await expect(words_(measured(page))).toHaveText([/^(49\.9|50\.0|50\.1) mm/]);
  // By its handle, while another tool is chosen.
  await page.keyboard.press('w');
  const windowNow = () => viewOf(page, 'LCC').locator('[data-label=window]').textContent();
  const before = await windowNow();
  await dragPoints(page, viewOf(page, 'LCC'), [400, 500], [100, 500]);
  await expect(words_(measured(page))).toHaveText([/^(39\.9|40\.0|40\.1) mm/]);
  expect(await windowNow(), 'the window, which the tool at hand would change').toBe(before);
  // By keys: a handle ten pixels further.
  await measured(page).locator('[data-measure-handle="1"]').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(words_(measured(page))).toHaveText([/^(40\.9|41\.0|41\.1) mm/]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(words_(measured(page))).toHaveText([/^(49\.9|50\.0|50\.1) mm/]);
  await page.keyboard.press('Control+Shift+Z');
  await expect(words_(measured(page))).toHaveText([/^(39\.9|40\.0|40\.1) mm/]);

  // One undo for marks and measurements, in the order in which they were made.
  await page.getByRole('button', { name: 'New lesion' }).click();
  await expect(page.getByTestId('lesion-1')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);
  await expect(words_(measured(page))).toHaveText([/^(39\.9|40\.0|40\.1) mm/]);

  await page.keyboard.press('Shift+M');
  await expect(measured(page)).toHaveCount(0);
  await page.keyboard.press('Shift+M');
  await expect(measured(page)).toHaveCount(1);

  await open(page, IMAGER);
  await expect(words_(measured(page))).toHaveText([/^(39\.9|40\.0|40\.1) mm/]);
  await measured(page).locator('.measured-body').focus();
  await page.keyboard.press('Delete');
  await expect(measured(page)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(measured(page)).toHaveCount(1);
  // Without a pointer: into the middle of the view, the focus on it.
  await page.keyboard.press('Shift+D');
  await expect(measured(page)).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(measured(page)).toHaveCount(1);
});

test('the screen is matched to a bank card once; then the breast has its true size', async ({
  page,
}) => {
  await open(page, MAGNIFIED);
  await page.keyboard.press('u');
  const dialog = page.getByRole('dialog', { name: 'Calibrate this screen' });
  // A card of 85.60 mm that is 342.4 CSS pixels wide: a quarter of a millimetre each.
  await dialog.getByLabel('Width on the screen').fill('342.5');
  for (let i = 0; i < 2; i++) await dialog.getByRole('button', { name: 'Wider' }).click();
  for (let i = 0; i < 2; i++) await dialog.getByRole('button', { name: 'Narrower' }).click();
  const sample = await dialog.getByTestId('screen-sample').boundingBox();
  const mmPerPixel = 85.6 / sample!.width;
  expect(sample!.width).toBeCloseTo(342.5, 0);
  expect(sample!.height / sample!.width).toBeCloseTo(53.98 / 85.6, 2);
  await dialog.screenshot({ path: `${ARTIFACTS}/calibration.png` });
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await page.keyboard.press('u');
  await expect(page.locator('.notices')).toContainText('corrected for magnification 1.25');
  await expect(viewOf(page, 'LCC').locator('[data-label=true-size]')).toHaveText('true size');
  // 100 columns are 100 x 0.1 / 1.25 = 8 mm of breast, and so many on the screen.
  const drawn = async () => {
    const [a, b] = await onPage(viewOf(page, 'LCC'), [
      [200, 300],
      [300, 300],
    ]);
    return Math.abs(b!.x - a!.x) * mmPerPixel;
  };
  expect(Math.abs((await drawn()) / 8 - 1)).toBeLessThan(0.01);

  // Another zoom is no longer true size, and a screen of another density is not calibrated.
  await page.keyboard.press('f');
  await expect(viewOf(page, 'LCC').locator('[data-label=true-size]')).toHaveCount(0);
  await open(page, MAGNIFIED);
  await page.keyboard.press('u');
  expect(Math.abs((await drawn()) / 8 - 1)).toBeLessThan(0.01);
  const client = await page.context().newCDPSession(page);
  const screenOf = (width: number, height: number, deviceScaleFactor: number) =>
    client.send('Emulation.setDeviceMetricsOverride', {
      ...{ width, height, deviceScaleFactor, mobile: false },
      ...{ screenWidth: width, screenHeight: height },
    });
  await screenOf(1280, 800, 1.25);
  await expect(page.locator('.notices')).toContainText('true size is not calibrated here');
  await expect(viewOf(page, 'LCC').locator('[data-label=true-size]')).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await screenOf(1600, 1000, 1);
  await expect(viewOf(page, 'LCC').locator('[data-label=true-size]')).toBeVisible();
  await page.keyboard.press('Shift+U');
  await dialog.getByRole('button', { name: 'Forget' }).click();
  await page.keyboard.press('u');
  await expect(dialog).toBeVisible();
});

test('images without spacing have no true size', async ({ page }) => {
  await open(page, {});
  const before = await matrixOf(page);
  await page.keyboard.press('Shift+U');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.keyboard.press('u');
  await expect(page.locator('.notices')).toContainText('No true size');
  expect(await matrixOf(page)).toEqual(before);
});

/** Grey in the middle of the loupe, read back from its canvas. */
const loupeGrey = (page: Page, [u, v]: readonly [number, number] = [0.5, 0.5]) =>
  page
    .getByTestId('loupe')
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [x, y]) =>
        canvas
          .getContext('2d')!
          .getImageData(Math.floor(x! * canvas.width), Math.floor(y! * canvas.height), 1, 1)
          .data[0],
      [u, v],
    );
const DARK = Math.round((255 * 1000) / 4095);
const BRIGHT = Math.round((255 * 3000) / 4095);
const about = (wanted: number) => (got: number | undefined) => Math.abs((got ?? -99) - wanted) <= 1;
const expectGrey = async (page: Page, wanted: number, at?: readonly [number, number]) =>
  expect.poll(async () => about(wanted)(await loupeGrey(page, at)), `grey ${wanted}`).toBe(true);

test('the loupe enlarges what is under the pointer and has its own inversion and window', async ({
  page,
}) => {
  await open(page, IMAGER);
  const view = viewOf(page, 'LCC');
  const [dark, bright, edge] = await onPage(view, [
    [150, 400],
    [450, 400],
    [300, 400],
  ]);
  await page.mouse.move(dark!.x, dark!.y);
  await page.keyboard.down('x');
  await expectGrey(page, DARK);
  await page.mouse.move(bright!.x, bright!.y);
  await expectGrey(page, BRIGHT);
  // By itself: the view stays as it is.
  await page.keyboard.press('Shift+I');
  await expectGrey(page, 255 - BRIGHT);
  await expect(view.locator('[data-label=window]')).not.toContainText('inverted');
  await page.keyboard.up('x');
  await expect(page.getByTestId('loupe')).toHaveCount(0);

  await page.keyboard.press('Shift+X');
  await expectGrey(page, BRIGHT);
  await page.keyboard.press(']');
  await expect.poll(() => loupeGrey(page)).toBeGreaterThan(BRIGHT + 10);
  await page.getByRole('button', { name: 'As view' }).click();
  await page.mouse.move(edge!.x, edge!.y);
  await expectGrey(page, DARK, [0.3, 0.5]);
  await expectGrey(page, BRIGHT, [0.7, 0.5]);
  await view.screenshot({ path: `${ARTIFACTS}/loupe.png` });

  // Twice as large: what lies a quarter of the lens from its middle lies an eighth of it away.
  const side = (await page.getByTestId('loupe').boundingBox())!.width;
  await page.mouse.move(edge!.x - side / 8 - 4, edge!.y);
  await expectGrey(page, DARK, [0.74, 0.5]);
  await page.mouse.move(edge!.x - side / 8 + 4, edge!.y);
  await expectGrey(page, BRIGHT, [0.76, 0.5]);
  await page.getByLabel('Magnification of the loupe').selectOption('4');
  await page.mouse.move(edge!.x - side / 16 - 2, edge!.y);
  await expectGrey(page, DARK, [0.74, 0.5]);
  await expectGrey(page, BRIGHT, [0.79, 0.5]);
});

test('the loupe moves by keys, and under a finger', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    hasTouch: true,
    viewport: { width: 1600, height: 1000 },
  });
  const page = await context.newPage();
  await open(page, IMAGER);
  const view = viewOf(page, 'LCC');
  await page.keyboard.press('Shift+X');
  await expect(page.getByTestId('loupe')).toBeVisible();
  const before = (await page.getByTestId('loupe').boundingBox())!;
  await page.keyboard.press('Shift+ArrowRight');
  await expect
    .poll(async () => (await page.getByTestId('loupe').boundingBox())!.x - before.x)
    .toBeCloseTo(60, 0);

  const window = await view.locator('[data-label=window]').innerText();
  const [dark, bright] = await onPage(view, [
    [150, 500],
    [450, 500],
  ]);
  const client = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  await touch('touchStart', dark!);
  await expectGrey(page, DARK);
  await touch('touchMove', bright!);
  await expectGrey(page, BRIGHT);
  const lens = (await page.getByTestId('loupe').boundingBox())!;
  expect(lens.y + lens.height).toBeLessThan(bright!.y);
  await touch('touchEnd');
  await expect(view.locator('[data-label=window]')).toHaveText(window);
  await context.close();
});
