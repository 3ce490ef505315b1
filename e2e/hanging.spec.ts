import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type Field, mammogramFile, words } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import {
  dragBox,
  expect,
  fileOf,
  markPoints,
  onPage,
  openDemo,
  openFiles,
  openWithPrior,
  test,
  viewOf,
} from './page.ts';

test.use({ engine: false });

const DEMO = join(import.meta.dirname, '../public/demo');

const [ROWS, COLUMNS] = [1500, 1000];
/** A film border of air between the edge of the image and the chest wall. */
const BORDER = 60;
const RADIUS = 650;

/** A half-disc breast, chest wall to the left of the stored image unless `mirrored`. */
const breast = (level: number, mirrored: boolean) => {
  const values = new Uint16Array(ROWS * COLUMNS);
  for (let y = 0; y < ROWS; y++)
    for (let x = BORDER; x < COLUMNS; x++) {
      if (Math.hypot(x - BORDER, y - level) >= RADIUS) continue;
      values[y * COLUMNS + (mirrored ? COLUMNS - 1 - x : x)] = 1200 + ((x * 7 + y * 13) % 800);
    }
  return words(values);
};

interface Half {
  readonly side: 'L' | 'R';
  readonly level: number;
  /** Chest wall on the right of the stored image. */
  readonly mirrored: boolean;
  readonly orientation: string;
}

const halfFile = ({ side, level, mirrored, orientation }: Half) =>
  fileOf(
    `${side}.dcm`,
    mammogramFile({
      '00080018': ['UI', `1.2.3.${side === 'L' ? 1 : 2}`],
      '00181164': ['DS', '0.1\\0.1'],
      '00200020': ['CS', orientation],
      '00200062': ['CS', side],
      '00280010': ['US', [ROWS]],
      '00280011': ['US', [COLUMNS]],
      '7fe00010': ['OW', breast(level, mirrored)],
    } satisfies Record<string, Field>),
  );

const LEFT: Half = { side: 'L', level: 700, mirrored: false, orientation: 'A\\R' };
const RIGHT: Half = { side: 'R', level: 800, mirrored: true, orientation: 'P\\L' };

const openPair = async (page: Page, right: Half = RIGHT) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, [halfFile(LEFT), halfFile(right)]);
  await expect(page.locator('[data-matrix]')).toHaveCount(2);
};

/** The cells on screen, in reading order. */
const cells = (page: Page) =>
  page
    .locator('.viewer-cell:visible')
    .evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset['place']));

const millimetres = async (view: Locator): Promise<number> =>
  Number(await view.locator('[data-label=scale]').getAttribute('data-mm-per-pixel'));

const boundsOf = async (view: Locator) => {
  const bounds = await view.boundingBox();
  if (!bounds) throw new Error('the view is not on screen');
  return bounds;
};

const pointOf = async (view: Locator, x: number, y: number) => {
  const [point] = await onPage(view, [[x, y]]);
  return point as { x: number; y: number };
};

test('layouts are chosen by key', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const layouts: readonly (readonly [string, readonly string[]])[] = [
    ['6', ['RCC', 'LCC']],
    ['7', ['RMLO', 'LMLO']],
    ['8', ['RCC', 'RMLO']],
    ['9', ['LCC', 'LMLO']],
    ['0', ['RCC', 'LCC', 'RMLO', 'LMLO']],
    ['5', ['RCC', 'LCC', 'RMLO', 'LMLO']],
  ];
  for (const [key, places] of layouts) {
    await page.keyboard.press(key);
    await expect.poll(() => cells(page), key).toEqual(places);
  }
  const [rcc, lmlo] = [await boundsOf(viewOf(page, 'RCC')), await boundsOf(viewOf(page, 'LMLO'))];
  expect(lmlo.x).toBeGreaterThan(rcc.x);
  expect(lmlo.y).toBeGreaterThan(rcc.y);
  // No prior is open: asking for it changes nothing.
  await page.keyboard.press('k');
  expect(await cells(page)).toHaveLength(4);
  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  await expect.poll(() => cells(page)).toEqual(['LMLO']);
  await page.keyboard.press('Escape');
  await expect.poll(() => cells(page)).toHaveLength(4);
});

test('all views show as many millimetres a pixel, and say how many', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const sizes = [];
  for (const view of ['RCC', 'LCC', 'RMLO', 'LMLO'])
    sizes.push(await millimetres(viewOf(page, view)));
  const [first = 0] = sizes;
  expect(first).toBeGreaterThan(0);
  for (const size of sizes) expect(Math.abs(size / first - 1)).toBeLessThan(0.01);
  // The bar is as long as it says: 0.1 mm a column, so that the matrix tells the same.
  const view = viewOf(page, 'RCC');
  const line = view.locator('.scale-bar-line');
  const bar = await boundsOf(line);
  const length = Number(await line.getAttribute('data-mm'));
  expect(Math.abs((bar.width * first) / length - 1)).toBeLessThan(0.02);
  const [a, b] = [await pointOf(view, 0, 0), await pointOf(view, 100, 0)];
  expect(Math.abs((Math.abs(b.x - a.x) * first) / 10 - 1)).toBeLessThan(0.01);
  await expect(view.locator('[data-label=calibration]')).toContainText('detector plane');
});

for (const [title, right] of [
  ['stored as they hang', RIGHT],
  // The same breast mirrored, which PatientOrientation says.
  ['one stored mirrored', { ...RIGHT, mirrored: false, orientation: 'A\\L' }],
] as const)
  test(`chest walls touch in the middle, and nipples stand level: ${title}`, async ({ page }) => {
    await openPair(page, right);
    const [r, l] = [viewOf(page, 'RCC'), viewOf(page, 'LCC')];
    const [rb, lb] = [await boundsOf(r), await boundsOf(l)];
    const wallOf = (mirrored: boolean) => (mirrored ? COLUMNS - BORDER : BORDER);
    const tipOf = (mirrored: boolean) => (mirrored ? COLUMNS - BORDER - RADIUS : BORDER + RADIUS);
    const wall = await pointOf(r, wallOf(right.mirrored), right.level);
    expect(Math.abs(wall.x - (rb.x + rb.width))).toBeLessThan(2);
    expect(Math.abs((await pointOf(l, BORDER, LEFT.level)).x - lb.x)).toBeLessThan(2);
    const tips = [
      await pointOf(r, tipOf(right.mirrored), right.level),
      await pointOf(l, tipOf(false), LEFT.level),
    ] as const;
    // The level is found to within a cell of the breast's shape, about 1 % of the image.
    expect(Math.abs(tips[0].y - tips[1].y)).toBeLessThan(15);
    expect(tips[0].x).toBeGreaterThan(rb.x);
    expect(tips[0].x).toBeLessThan(wall.x);
    expect(tips[1].x).toBeLessThan(lb.x + lb.width);
  });

test('zoom and pan go together in mirror image, until they are unlinked', async ({ page }) => {
  await openPair(page);
  const [r, l] = [viewOf(page, 'RCC'), viewOf(page, 'LCC')];
  const bounds = await boundsOf(r);
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  const fitted = await millimetres(r);
  const wheel = async () => {
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.wheel(0, -120);
  };
  await wheel();
  await expect.poll(() => millimetres(l)).toBeLessThan(fitted * 0.9);
  expect(await millimetres(l)).toBeCloseTo(await millimetres(r), 6);

  await page.keyboard.press('p');
  const places = async () => [await pointOf(r, 500, 700), await pointOf(l, 500, 700)] as const;
  const drag = async (dx: number, dy: number) => {
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(middle.x + dx / 2, middle.y + dy / 2);
    await page.mouse.move(middle.x + dx, middle.y + dy);
    await page.mouse.up();
  };
  const before = await places();
  await drag(-80, 50);
  await expect.poll(async () => Math.round((await places())[0].x - before[0].x)).toBe(-80);
  const after = await places();
  expect(after[1].x - before[1].x).toBeCloseTo(80, 0);
  expect(after[1].y - before[1].y).toBeCloseTo(50, 0);

  await page.keyboard.press('Shift+P');
  await page.getByRole('button', { name: 'Link', exact: false }).first().click();
  await expect(page.getByRole('button', { name: 'Link pan' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await page.getByRole('button', { name: 'Link zoom' }).click();
  await page.keyboard.press('Escape');
  await drag(40, 0);
  await expect.poll(async () => Math.round((await places())[0].x - after[0].x)).toBe(40);
  expect((await places())[1]).toEqual(after[1]);
  const alone = await millimetres(l);
  await wheel();
  await expect.poll(() => millimetres(r)).toBeLessThan(alone * 0.9);
  expect(await millimetres(l)).toBe(alone);

  // The choice is kept.
  await openPair(page);
  await page.getByRole('button', { name: 'Link', exact: false }).first().click();
  for (const link of ['Link pan', 'Link zoom'])
    await expect(page.getByRole('button', { name: link })).toHaveAttribute('aria-pressed', 'false');
});

test('a lesion comes into the middle of both views at one scale by key, and goes again', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('5');
  const [rcc, rmlo, lcc] = [viewOf(page, 'RCC'), viewOf(page, 'RMLO'), viewOf(page, 'LCC')];
  await page.keyboard.press('n');
  await markPoints(page, rcc, [1509, 625], [1771, 874]);
  await markPoints(page, rmlo, [1409, 996], [1670, 1250]);
  await page.keyboard.press('w');
  const matrix = (view: Locator) => view.locator('[data-matrix]').getAttribute('data-matrix');
  const before = await Promise.all([rcc, rmlo, lcc].map(matrix));
  const fromMiddle = async (view: Locator, x: number, y: number) => {
    const [bounds, at] = [await boundsOf(view), await pointOf(view, x, y)];
    return Math.hypot(at.x - bounds.x - bounds.width / 2, at.y - bounds.y - bounds.height / 2);
  };

  await page.keyboard.press('.');
  await expect.poll(() => fromMiddle(rcc, 1640, 749.5)).toBeLessThan(2);
  expect(await fromMiddle(rmlo, 1539.5, 1123)).toBeLessThan(2);
  expect(await millimetres(rmlo)).toBeCloseTo(await millimetres(rcc), 6);
  expect(await millimetres(lcc)).toBeGreaterThan(3 * (await millimetres(rcc)));
  // The card's views do the same.
  await page.getByTestId('lesion-1').getByRole('button', { name: 'RMLO', exact: true }).click();
  await expect.poll(() => Promise.all([rcc, rmlo, lcc].map(matrix))).toEqual(before);

  // Zoomed about the lesion in one view, it stays where it was in the other.
  const [at, other] = [await pointOf(rcc, 1640, 750), await pointOf(rmlo, 1539.5, 1123)];
  await page.mouse.move(at.x, at.y);
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -120);
  await expect.poll(() => millimetres(rmlo)).toBeLessThan(0.35);
  const now = await pointOf(rmlo, 1539.5, 1123);
  expect(Math.hypot(now.x - other.x, now.y - other.y)).toBeLessThan(3);
});

test('windows go together until the reader parts them', async ({ page }) => {
  await openPair(page);
  const windowOf = (view: string) => viewOf(page, view).locator('[data-label=window]').innerText();
  const opened = await windowOf('LCC');
  await page.keyboard.press('Shift+W');
  await page.keyboard.press('i');
  await expect.poll(() => windowOf('RCC')).toContain('inverted');
  expect(await windowOf('LCC')).toBe(opened);
  await page.keyboard.press('Shift+W');
  await page.keyboard.press('t');
  await expect.poll(() => windowOf('LCC')).toContain('Breast tissue (auto)');
  expect(await windowOf('RCC')).toContain('Breast tissue (auto)');
  // Tissue is 1,200 to 2,000; air is 0 and not in the window.
  const [, center, width] = /C (\d+) W (\d+)/.exec(await windowOf('LCC')) ?? [];
  expect(Math.abs(Number(center) - 1600)).toBeLessThan(20);
  expect(Math.abs(Number(width) - 790)).toBeLessThan(40);
});

test('the prior hangs under the current study, and takes no marks', async ({ page }) => {
  await openWithPrior(page);
  await page.keyboard.press('6');
  await page.keyboard.press('k');
  await expect.poll(() => cells(page)).toEqual(['RCC', 'LCC', 'prior-RCC', 'prior-LCC']);
  const cell = (key: string) => page.locator(`.viewer-cell[data-place=${key}]`);
  await expect(cell('prior-LCC').locator('[data-matrix]')).toBeAttached();
  const dates = [];
  for (const side of ['RCC', 'LCC']) {
    const [now, prior] = [await boundsOf(cell(side)), await boundsOf(cell(`prior-${side}`))];
    expect(prior.x).toBe(now.x);
    expect(prior.y).toBeGreaterThanOrEqual(now.y + now.height);
    const sizes = [await millimetres(cell(side)), await millimetres(cell(`prior-${side}`))];
    expect(sizes[0]).toBeCloseTo(sizes[1] ?? 0, 6);
    dates.push(
      await cell(side).locator('[data-label=date]').innerText(),
      await cell(`prior-${side}`).locator('[data-label=date]').innerText(),
    );
  }
  expect(dates[0]! > dates[1]!).toBe(true);
  await expect(cell('prior-RCC').getByText('PRIOR', { exact: true })).toBeVisible();
  await expect(cell('RCC').getByText('PRIOR', { exact: true })).toHaveCount(0);

  // A wheel over the prior moves the current study, too.
  const fitted = await millimetres(cell('RCC'));
  const below = await boundsOf(cell('prior-RCC'));
  await page.mouse.move(below.x + below.width / 2, below.y + below.height / 2);
  await page.mouse.wheel(0, -120);
  await expect.poll(() => millimetres(cell('RCC'))).toBeLessThan(fitted * 0.9);

  await page.keyboard.press('n');
  await expect(cell('RCC').locator('.box-overlay.marking')).toHaveCount(1);
  await expect(cell('prior-RCC').locator('.box-overlay.marking')).toHaveCount(0);
  await page.mouse.click(below.x + below.width / 2, below.y + below.height / 2);
  await expect(page.locator('.notices')).toContainText('Priors take no marks here');
  await page.keyboard.press('Escape');
  await expect(cell('RCC').locator('.box-overlay.marking')).toHaveCount(0);
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);

  await page.keyboard.press('Shift+K');
  await expect.poll(() => cells(page)).toEqual(['prior-RCC', 'prior-LCC']);
  await page.keyboard.press('Shift+K');
  await expect.poll(() => cells(page)).toEqual(['RCC', 'LCC']);
});

test('steps lead over the whole breast, one image pixel to one screen pixel', async ({ page }) => {
  await openPair(page);
  const [r, l] = [viewOf(page, 'RCC'), viewOf(page, 'LCC')];
  const step = r.locator('[data-label=step]');
  const areas: { x: number; y: number; width: number; height: number }[] = [];
  const bounds = await boundsOf(l);
  await page.keyboard.press('q');
  await expect(step).toHaveText(/^1 of \d+$/);
  const count = Number((await step.innerText()).split(' ')[2]);
  expect(count).toBeGreaterThan(2);
  for (let i = 1; i <= count; i++) {
    await expect(step).toHaveText(`${i} of ${count}`);
    await expect(l.locator('[data-label=step]')).toHaveText(`${i} of ${count}`);
    await expect(l.locator('[data-label=zoom]')).toHaveText('100 %');
    const at = await pointOf(l, 0, 0);
    areas.push({ ...bounds, x: bounds.x - at.x, y: bounds.y - at.y });
    await page.keyboard.press('q');
  }
  await expect(step).toHaveCount(0);
  for (let angle = -88; angle <= 88; angle += 8)
    for (const reach of [0.05, 0.35, 0.65, 0.98]) {
      const turn = (angle * Math.PI) / 180;
      const x = BORDER + RADIUS * reach * Math.cos(turn);
      const y = LEFT.level + RADIUS * reach * Math.sin(turn);
      const seen = areas.some(
        (a) => x >= a.x - 1 && x <= a.x + a.width + 1 && y >= a.y - 1 && y <= a.y + a.height + 1,
      );
      expect(seen, `${Math.round(x)}, ${Math.round(y)}`).toBe(true);
    }
  // Back from the fitted views comes the last one; a pan ends the search.
  await page.keyboard.press('Shift+Q');
  await expect(step).toHaveText(`${count} of ${count}`);
  await page.mouse.move(bounds.x + 100, bounds.y + 100);
  await page.mouse.wheel(0, -120);
  await expect(step).toHaveCount(0);
});

/** The files of a demo exam's four views. */
const viewsOf = (exam: string): string[] =>
  ['RCC', 'LCC', 'RMLO', 'LMLO'].map((place) => join(DEMO, `${exam}-${place}.dcm`));

/** Presses on a picture, and moves there until nothing opens any more; the button stays down. */
const workWhileOpening = async (page: Page, { x, y }: { x: number; y: number }) => {
  await page.mouse.move(x, y);
  await page.mouse.down();
  while ((await page.locator('.opening').count()) > 0)
    await page.mouse.move(x + (Date.now() % 9), y);
};

test('what opens after the exam on show hangs none of its pictures otherwise', async ({ page }) => {
  const files = ['demo-1', 'demo-2', 'demo-3', 'demo-3-prior'].flatMap(viewsOf);
  await page.goto('./?backend=wasm');
  await page.getByTestId('file-input').setInputFiles(files);
  const hanging = () =>
    page
      .locator('.viewer-cells svg.box-overlay')
      .evaluateAll((all) =>
        all.map((svg) => [
          svg.getAttribute('data-matrix'),
          JSON.stringify(svg.getBoundingClientRect()),
        ]),
      );
  await expect(page.locator('.viewer-cells[aria-busy=false] [data-matrix]')).toHaveCount(4);
  const before = await hanging();
  await expect(page.locator('.opening')).toBeVisible();
  await expect(page.locator('.opening')).toHaveCount(0);
  await page.waitForTimeout(500);
  expect(await hanging()).toEqual(before);
});

test('a newer exam that opens under a hand waits until it rests', async ({ page }) => {
  // Other things lie between the two exams, as on a disc.
  const between = ['demo-3-prior', 'demo-3-prior', 'demo-2', 'demo-1'].flatMap(viewsOf);
  await page.goto('./?backend=wasm');
  await page
    .getByTestId('file-input')
    .setInputFiles([...viewsOf('demo-3-prior'), ...between, ...viewsOf('demo-3')]);
  const view = viewOf(page, 'RCC');
  const day = view.locator('[data-label=date]');
  await expect(view.locator('[data-matrix]')).toBeVisible();
  const { x, y } = (await view.boundingBox())!;
  await workWhileOpening(page, { x: x + 60, y: y + 100 });
  await expect(day).toHaveText('2024-01-10');
  const notice = page.locator('.notices').getByText('A newer exam of this patient has opened.');
  await expect(notice).toBeVisible();
  await page.mouse.up();
  await expect(day).toHaveText('2026-01-01');
  await expect(viewOf(page, 'LMLO').locator('[data-label=date]')).toHaveText('2026-01-01');
  await expect(notice).toHaveCount(0);
});

test('further images that open under a hand make no picture smaller until it rests', async ({
  page,
}) => {
  const bytes = readFileSync(join(DEMO, 'demo-1-RCC.dcm'));
  const uid = /2\.25\.\d+/.exec(bytes.subarray(132, 500).toString('latin1'))?.[0] ?? '';
  const other = bytes.toString('latin1').replaceAll(
    uid,
    uid.replace(/\d$/, (d) => `${9 - +d}`),
  );
  const further = fileOf('further.dcm', Buffer.from(other, 'latin1'));
  const files = ['demo-1', 'demo-2', 'demo-3', 'demo-3-prior']
    .flatMap(viewsOf)
    .map((path) => fileOf(basename(path), readFileSync(path)));
  await page.goto('./?backend=wasm');
  await page.getByTestId('file-input').setInputFiles([...files, further]);
  await expect(page.locator('.viewer-cells[aria-busy=false] [data-matrix]')).toHaveCount(4);
  const cells = page.locator('.viewer-cells');
  const before = (await cells.boundingBox())!;
  const strip = page.getByRole('group', { name: 'Further images' });
  await workWhileOpening(page, { x: before.x + 60, y: before.y + 200 });
  expect(await cells.boundingBox()).toEqual(before);
  await expect(cells).toHaveAttribute('aria-busy', 'true');
  await page.mouse.up();
  await expect(strip).toBeVisible();
  await expect(cells).toHaveAttribute('aria-busy', 'false');
  expect((await cells.boundingBox())!.height).toBeLessThan(before.height);
});

test('marks and labels are hidden by one key, and it says so', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const view = viewOf(page, 'LCC');
  await page.keyboard.press('n');
  await dragBox(page, view, { x: 300, y: 700, width: 150, height: 150 });
  await page.keyboard.press('w');
  const mark = view.locator('.box');
  await expect(mark).toBeVisible();
  await page.keyboard.press('h');
  await expect(mark).toBeHidden();
  await expect(view.locator('[data-label=patient]')).toBeHidden();
  await expect(view.locator('[data-label=hidden]')).toBeVisible();
  await expect(view.getByText('SYNTHETIC', { exact: true })).toBeVisible();
  await expect(view.locator('[data-label=view]')).toBeVisible();
  // Who marks has to see the marks.
  await page.keyboard.press('m');
  await expect(mark).toBeVisible();
  // The key works with every tool.
  await page.keyboard.press('h');
  await expect(mark).toBeHidden();
  await page.keyboard.press('h');
  await expect(mark).toBeVisible();
});

test('a sharpened picture says so, and steepens what is drawn', async ({ page }) => {
  await openPair(page);
  const canvas = viewOf(page, 'LCC').locator('canvas').first();
  const contrast = async () => {
    await page.waitForTimeout(400);
    const shot = (await canvas.screenshot()).toString('base64');
    return page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data: rgba } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let sum = 0;
      for (let i = 4; i < rgba.length; i += 4) sum += Math.abs(rgba[i]! - rgba[i - 4]!);
      return sum;
    }, shot);
  };
  const plain = await contrast();
  await page.keyboard.press('s');
  await expect(viewOf(page, 'RCC').locator('[data-label=sharpened]')).toHaveText('sharpened');
  expect(await contrast()).toBeGreaterThan(plain * 1.1);
  await page.keyboard.press('s');
  await expect(viewOf(page, 'RCC').locator('[data-label=sharpened]')).toHaveCount(0);
  expect(await contrast()).toBe(plain);
});

test('the pictures fill the screen by key', async ({ page }) => {
  await openPair(page);
  await page.keyboard.press('Shift+F');
  const isFull = () =>
    page.evaluate(() => document.fullscreenElement?.classList.contains('viewer') ?? false);
  await expect.poll(isFull).toBe(true);
  await page.keyboard.press('Shift+F');
  await expect.poll(isFull).toBe(false);
});

for (const [width, height] of [
  [1280, 720],
  [2048, 2560],
] as const)
  test(`nothing is cut off on a screen of ${width} x ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openWithPrior(page);
    const toolbar = page.getByRole('toolbar');
    const area = await boundsOf(toolbar);
    const isInside = async (inner: Locator) => {
      const box = await boundsOf(inner);
      expect(box.x).toBeGreaterThanOrEqual(area.x);
      expect(box.x + box.width).toBeLessThanOrEqual(area.x + area.width);
    };
    for (const button of await toolbar.getByRole('button').all()) await isInside(button);
    for (const menu of ['Measure', 'Look closer', 'Show', 'Link']) {
      await toolbar.getByRole('button', { name: menu }).first().click();
      await isInside(page.locator('.tool-menu-items'));
      await page.keyboard.press('Escape');
      await expect(page.locator('.tool-menu-items')).toHaveCount(0);
    }
    expect(area.height).toBeLessThan(height * 0.12);
    const scrolls = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(scrolls).toBe(false);
  });
