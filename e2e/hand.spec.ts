import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import {
  ARTIFACTS,
  fileOf,
  dragPoints,
  engineReady,
  expect,
  likelihoodOf,
  markPoints,
  onPage,
  openDemo,
  openEngine,
  openDetails,
  openFiles,
  storedLesions,
  test,
  viewOf,
} from './page.ts';

const ODD = join(import.meta.dirname, '../../shared/odd');
const hasOdd = existsSync(ODD);
const NO_ODD = 'the odd files of ../shared/odd are not here';

/** The mass of the demo case on both views of its breast, and a place without one on the other. */
const RCC = [1640, 750] as const;
const RMLO = [1540, 1120] as const;

const at = async (page: Page, view: string, point: readonly [number, number]) => {
  const [place] = await onPage(viewOf(page, view), [point]);
  if (!place) throw new Error('no view');
  return place;
};
const click = async (page: Page, view: string, point: readonly [number, number]) => {
  const { x, y } = await at(page, view, point);
  await page.mouse.click(x, y);
};
const doubleClick = async (page: Page, view: string, point: readonly [number, number]) => {
  const { x, y } = await at(page, view, point);
  await page.mouse.dblclick(x, y);
};
/** In the order of the lesions' numbers; storage has them in that of their ids. */
const marksOf = async (page: Page) =>
  (await storedLesions(page)).sort((a, b) => a.number - b.number).map(({ marks }) => marks);
const tool = (page: Page, name: string) =>
  page.getByRole('toolbar').or(page.locator('.viewer')).getByRole('button', { name, exact: true });
const isPressed = (button: Locator) => button.getAttribute('aria-pressed');

/** A moment in which a mark would have moved, if a slip of the hand could. */
const moment = (page: Page) => page.waitForTimeout(700);

const manifest = JSON.parse(
  readFileSync(new URL('../public/models/tandem-m2/manifest.json', import.meta.url), 'utf8'),
) as { readonly fusion: { readonly calibration: { readonly lesion: { a: number; b: number } } } };

test('a whole walk: no slip of the hand moves a mark or leaves a number that is not of the marks', async ({
  page,
}) => {
  test.setTimeout(900_000);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);

  await test.step('two views are marked, each by one click with the tool', async () => {
    await page.keyboard.press('n');
    await click(page, 'RCC', RCC);
    await expect.poll(() => marksOf(page)).toHaveLength(1);
    await expect.poll(() => isPressed(tool(page, 'Mark').first())).toBe('false');
    await page.keyboard.press('m');
    await click(page, 'RMLO', RMLO);
    await likelihoodOf(page, 1, 2);
  });
  const [marks] = await marksOf(page);
  const { value } = await likelihoodOf(page, 1, 2);

  await test.step('clicks and double clicks all over move nothing, with and without the tool', async () => {
    for (const key of ['w', 'm']) {
      await page.keyboard.press(key);
      await click(page, 'RCC', [1300, 1500]);
      await click(page, 'RCC', RCC);
      await click(page, 'RMLO', [1300, 600]);
      await moment(page);
      expect(await marksOf(page)).toEqual([marks]);
    }
    for (const [view, point] of [
      ['RCC', [1300, 1500]],
      ['RCC', RCC],
      ['LCC', [300, 1100]],
    ] as const) {
      const before = await at(page, view, point);
      await page.keyboard.press('m');
      await doubleClick(page, view, point);
      await expect(page.locator('.viewer-cells')).toHaveAttribute('data-enlarged', view);
      await moment(page);
      expect(await marksOf(page)).toEqual([marks]);
      await page.keyboard.press('Escape');
      await expect(page.locator('.viewer-cells')).not.toHaveAttribute('data-enlarged', view);
      await expect.poll(() => at(page, view, point)).toEqual(before);
    }
    expect((await likelihoodOf(page, 1, 2)).value).toBe(value);
  });

  await test.step('H hides and shows the marks with the Mark tool on', async () => {
    await page.keyboard.press('m');
    const mark = viewOf(page, 'RCC').locator('.box');
    await expect(mark).toBeVisible();
    await page.keyboard.press('h');
    await expect(mark).toBeHidden();
    await page.keyboard.press('h');
    await expect(mark).toBeVisible();
  });

  await test.step('the other breast begins a second lesion, which the panel shows first', async () => {
    await markPoints(page, viewOf(page, 'LCC'), [300, 700], [600, 1000]);
    await expect(page.locator('.notices')).toContainText(
      'LCC shows the other breast than lesion 1 is in: this is lesion 2, by itself.',
    );
    await expect.poll(() => marksOf(page)).toHaveLength(2);
    expect((await marksOf(page))[0]).toEqual(marks);
    await likelihoodOf(page, 2, 1);
    await expect(page.locator('.lesions > li').first()).toHaveAttribute('data-testid', 'lesion-2');
    await expect(page.getByTestId('score-1')).toHaveCount(0);
    await expect(page.getByTestId('line-score-1')).toHaveText(/%/);
    const label = viewOf(page, 'LCC').locator('.box-label');
    await expect(label).toHaveText(/^2: (< )?\d+ %$/);
    // The number of the lesion alone, until the mark is pointed at.
    const shown = () => label.locator('tspan').evaluate((e) => getComputedStyle(e).display);
    await page.mouse.move(2, 2);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await expect.poll(shown).toBe('none');
    const mark = (await viewOf(page, 'LCC').locator('.box-grip').boundingBox())!;
    await page.mouse.move(mark.x + mark.width / 2, mark.y + mark.height / 2);
    await expect.poll(shown).toBe('inline');
    await page.screenshot({ path: join(ARTIFACTS, 'hand-two-lesions.png') });
  });

  await test.step('a click on a mark selects it', async () => {
    await page.keyboard.press('m');
    await click(page, 'RCC', RCC);
    await expect(page.locator('.lesions > li').first()).toHaveAttribute('data-testid', 'lesion-1');
    await moment(page);
    expect((await marksOf(page))[0]).toEqual(marks);
  });

  await test.step('deleting by the button says how to undo, and undo brings it back', async () => {
    await page.getByRole('button', { name: 'Delete Lesion 2' }).click();
    await expect(page.locator('.notices')).toContainText('Undo (Ctrl+Z) brings it back');
    await expect.poll(() => marksOf(page)).toHaveLength(1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => marksOf(page)).toHaveLength(2);
    await expect(page.locator('.notices')).not.toContainText('was deleted');
  });

  await test.step('the prevalence is typed as a hand does, and all agree about it', async () => {
    await page
      .getByTestId('lesion-1')
      .getByRole('button', { name: 'Lesion 1', exact: true })
      .click();
    const field = page.getByTestId('prevalence');
    await field.click({ clickCount: 3 });
    await page.keyboard.type('0.6', { delay: 30 });
    await expect(field).toHaveValue('0.6');
    await page.keyboard.press('Enter');
    const card = page.getByTestId('score-1');
    await expect(card).toContainText('prevalence 0.6 %');
    await openDetails(page);
    const cells = (await page.getByTestId('models').locator('td:nth-child(2)').allInnerTexts()).map(
      (text) => Number(text.replace(/[^\d.]/g, '')),
    );
    const [cnn = 0, measured = 0, mean = 0] = cells;
    // Whole percents: what the calibration makes of the mean may be two off.
    const { a, b } = manifest.fusion.calibration.lesion;
    const once = (cnn + measured) / 200;
    const twice = 100 / (1 + Math.exp(a * Math.log(once / (1 - once)) + b));
    expect(Math.abs(twice - mean)).toBeLessThanOrEqual(2);
    await expect(page.getByTestId('models').locator('tr').last()).toContainText('0.6 %');
    expect(await page.getByTestId('models').locator('td:nth-child(2)').last().innerText()).toBe(
      await page.getByTestId('likelihood').innerText(),
    );
    const heights = await page
      .locator('.bars.benign rect')
      .evaluateAll((bars) => bars.filter((bar) => Number(bar.getAttribute('height')) > 0).length);
    expect(heights).toBeGreaterThan(8);
    await page.screenshot({ path: join(ARTIFACTS, 'hand-prevalence.png') });
    await field.click({ clickCount: 3 });
    await page.keyboard.type('150');
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue('0.6');
    await expect(page.getByText(/Not taken: a prevalence/)).toBeVisible();
  });

  await test.step('after an export Escape closes the dialog', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    await saved;
    await expect(page.getByRole('dialog')).toContainText('Saved');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('the printed report carries every caution of the card', async () => {
    const card = await page.getByTestId('score-warnings').locator('li').allTextContents();
    expect(card.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Printable report' }).click();
    const report = page.getByTestId('report-lesion-1');
    await expect(report).toBeVisible();
    const printed = await report.innerText();
    for (const caution of card) expect(printed).toContain(caution);
    await page.keyboard.press('Escape');
  });

  await test.step('the next patient starts without what was selected', async () => {
    await page.getByRole('button', { name: /^Close / }).click();
    await expect(page.getByTestId('lesion-1')).toHaveCount(0);
    await page.goto('./?backend=wasm');
    await openDemo(page);
    expect(await marksOf(page)).toHaveLength(2);
  });
});

test('a backend that fails leaves no number of earlier marks on the screen', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await page.keyboard.press('n');
  await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
  await markPoints(page, viewOf(page, 'RMLO'), [1409, 996], [1670, 1250]);
  await likelihoodOf(page, 1, 2);
  // The next engine never comes to life.
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      const { name } = (args[0] ?? {}) as { name?: string };
      if (name !== 'start') post.apply(this, args as Parameters<typeof post>);
    };
  });
  await openEngine(page);
  await page.getByTestId('backend').selectOption('webgl');
  await expect(page.getByTestId('to-be-scored')).toContainText('To be scored again');
  await page.getByRole('button', { name: 'Remove the mark on RMLO' }).click();
  await dragPoints(page, viewOf(page, 'RCC'), [1640, 750], [1400, 1000]);
  await expect(page.getByTestId('to-be-scored')).toBeVisible();
  await expect(page.getByTestId('likelihood')).toHaveCount(0);
  await expect(viewOf(page, 'RCC').locator('.box-label tspan')).toHaveCount(0);
  await page.screenshot({ path: join(ARTIFACTS, 'hand-to-be-scored.png') });
});

test('1:1 shows breast in every pane', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('n');
  await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
  await page.getByRole('button', { name: '1:1', exact: true }).click();
  const bounds = await viewOf(page, 'RCC').boundingBox();
  const mark = await at(page, 'RCC', [1640, 750]);
  expect(Math.abs(mark.x - (bounds!.x + bounds!.width / 2))).toBeLessThan(3);
  for (const view of ['RCC', 'LCC', 'RMLO', 'LMLO']) {
    const shot = await viewOf(page, view).locator('canvas').first().screenshot();
    const lit = await page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data: rgba } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let count = 0;
      for (let i = 0; i < rgba.length; i += 4) if (rgba[i]! > 20) count++;
      return count / (rgba.length / 4);
    }, shot.toString('base64'));
    expect(lit, view).toBeGreaterThan(0.1);
  }
  await page.screenshot({ path: join(ARTIFACTS, 'hand-one-to-one.png') });
});

test('marks stay away from other pixels under their UID, and come back with their own', async ({
  page,
}) => {
  test.skip(!hasOdd, NO_ODD);
  const own = join(ODD, 'attack/uid-reuse-A.dcm');
  await page.goto('./?backend=wasm');
  await openFiles(page, [own]);
  await page.keyboard.press('n');
  const view = page.locator('.mammogram-view').first();
  await markPoints(page, view, [150, 250], [250, 350]);
  await expect.poll(() => marksOf(page)).toHaveLength(1);
  for (const other of ['attack/uid-reuse-A2-other-pixels.dcm']) {
    await page.goto('./?backend=wasm');
    await openFiles(page, [join(ODD, other)]);
    await expect(page.locator('.notices')).toContainText('made on other pixels');
    await expect(page.locator('[data-lesion]')).toHaveCount(0);
  }
  await page.goto('./?backend=wasm');
  await openFiles(page, [own]);
  await expect(page.locator('[data-lesion]')).toHaveCount(1);
  await expect(page.locator('.notices')).not.toContainText('made on other pixels');
});

/** Sizes are told of once a frame: nobody hears of them while `data-frames` of the page is `held`. */
const holdSizes = (page: Page) =>
  page.addInitScript(() => {
    const { ResizeObserver: Observer } = window;
    window.ResizeObserver = class extends Observer {
      constructor(tell: ResizeObserverCallback) {
        super((...told) => {
          if (document.documentElement.dataset['frames'] !== 'held') tell(...told);
        });
      }
    };
  });

test('pictures hang as their layout does before the next frame', async ({ page }) => {
  await holdSizes(page);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const views = ['RCC', 'LCC', 'RMLO', 'LMLO'];
  const places = () => Promise.all(views.map((view) => at(page, view, [0, 0])));
  for (const layout of ['four', 'row']) {
    await page.evaluate(() => (document.documentElement.dataset['frames'] = 'held'));
    await page.keyboard.press(layout === 'four' ? '5' : '0');
    await expect(page.locator('.viewer-cells')).toHaveAttribute('data-layout', layout);
    const early = await places();
    await page.evaluate(() => delete document.documentElement.dataset['frames']);
    // With another width everybody hears of sizes again.
    await page.setViewportSize({ width: 1500, height: 1000 });
    await moment(page);
    await page.setViewportSize({ width: 1600, height: 1000 });
    await moment(page);
    expect(await places(), layout).toEqual(early);
  }
});

test('marks lie on their places after views were alone for less than a frame', async ({ page }) => {
  await holdSizes(page);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await page.keyboard.press('n');
  await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
  await expect.poll(() => marksOf(page)).toHaveLength(1);
  const matrices = () =>
    page
      .locator('svg.box-overlay')
      .evaluateAll((all) => all.map((svg) => svg.getAttribute('data-matrix')));
  const before = await matrices();
  await page.evaluate(() => (document.documentElement.dataset['frames'] = 'held'));
  await page.keyboard.press('Enter');
  await expect(page.locator('.viewer-cells')).toHaveAttribute('data-enlarged', 'RCC');
  await page.keyboard.press('Escape');
  await expect(page.locator('.viewer-cells')).not.toHaveAttribute('data-enlarged', 'RCC');
  expect(await matrices()).toEqual(before);
});

test('a double click on a zoomed view enlarges it about the place', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const before = await at(page, 'RCC', RCC);
  await page.mouse.move(before.x, before.y);
  for (let turns = 0; turns < 3; turns++) await page.mouse.wheel(0, -240);
  await expect
    .poll(async () => {
      const [a, b] = await Promise.all([at(page, 'RCC', RCC), at(page, 'RCC', [1540, 750])]);
      return Math.abs(a.x - b.x);
    })
    .toBeGreaterThan(25);
  const place = [1500, 900] as const;
  await doubleClick(page, 'RCC', place);
  await expect(page.locator('.viewer-cells')).toHaveAttribute('data-enlarged', 'RCC');
  const bounds = await viewOf(page, 'RCC').boundingBox();
  await expect
    .poll(async () => {
      const { x, y } = await at(page, 'RCC', place);
      const [mx, my] = [bounds!.x + bounds!.width / 2, bounds!.y + bounds!.height / 2];
      return Math.max(Math.abs(x - mx), Math.abs(y - my));
    })
    .toBeLessThan(3);
});

test('B marks the breast; a mark in air has a reason in place of a number, in both languages', async ({
  page,
}) => {
  test.setTimeout(600_000);
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  // In a row the air of the right breast lies beyond the edge of its view.
  await page.keyboard.press('5');
  await click(page, 'LCC', [300, 1100]);
  await page.keyboard.press('b');
  await likelihoodOf(page, 1, 1);
  await page.keyboard.press('n');
  await markPoints(page, viewOf(page, 'RCC'), [200, 200], [460, 460]);
  const reasons = page.getByTestId('not-scored');
  await expect(reasons).toHaveText('Not scored: RCC: The mark lies in the air.');
  const lesion = page.getByTestId('lesion-2');
  await expect(lesion).not.toContainText('%');
  await expect(viewOf(page, 'RCC').locator('.box-label')).not.toContainText('%');
  await page.screenshot({ path: join(ARTIFACTS, 'hand-withheld.png') });
  await page.getByRole('button', { name: 'Printable report' }).click();
  await expect(page.getByTestId('report-lesion-2')).toContainText(
    'Not scored: RCC: The mark lies in the air.',
  );
  await page.keyboard.press('Escape');
  await page.getByTestId('language').selectOption('zh-CN');
  await expect(reasons).toHaveText('未评分：RCC：标记位于乳腺外的空气区域。');
  await page.screenshot({ path: join(ARTIFACTS, 'hand-withheld-zh.png') });
});

/** The demo's RCC under another SOP Instance UID, of explicit VR little endian like the original. */
const underUid = (uid: string) => {
  let bytes = readFileSync(join(import.meta.dirname, '../public/demo/demo-1-RCC.dcm'));
  const value = Buffer.from(uid.length % 2 ? `${uid}\0` : uid);
  const element = (tag: string) => {
    const start = bytes.indexOf(Buffer.from(`${tag}5549`, 'hex'));
    return { start, end: start + 8 + bytes.readUInt16LE(start + 6) };
  };
  const set = (tag: string) => {
    const { start, end } = element(tag);
    const head = Buffer.from(bytes.subarray(start, start + 8));
    head.writeUInt16LE(value.length, 6);
    bytes = Buffer.concat([bytes.subarray(0, start), head, value, bytes.subarray(end)]);
    return value.length - (end - start - 8);
  };
  const grown = set('02000300');
  set('08001800');
  // File Meta Information Group Length (0002,0000), after the preamble and DICM.
  bytes.writeUInt32LE(bytes.readUInt32LE(140) + grown, 140);
  return fileOf('RCC.dcm', bytes);
};

for (const { smaller, own, box } of [
  {
    smaller: 'U1-half.dcm',
    own: () => [underUid('1.2.826.0.1.3680043.8.498.77731236522795939476609714718486859436')],
    // It lies inside the smaller picture too.
    box: [500, 700, 700, 900],
  },
  {
    smaller: 'attack/same-uid-smaller.dcm',
    own: () => [join(ODD, 'attack/rtl-override-name.dcm')],
    box: [150, 200, 250, 300],
  },
])
  test(`marks stay away from the smaller picture of their UID: ${smaller}`, async ({ page }) => {
    test.skip(!hasOdd, NO_ODD);
    await page.goto('./?backend=wasm');
    await openFiles(page, own() as string[]);
    await page.keyboard.press('n');
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
    await markPoints(page, page.locator('.mammogram-view').first(), [x1, y1], [x2, y2]);
    await expect.poll(() => marksOf(page)).toHaveLength(1);
    const kept = await marksOf(page);
    await page.goto('./?backend=wasm');
    await openFiles(page, [join(ODD, smaller)]);
    await expect(page.locator('.mammogram-view [data-matrix]')).toHaveCount(1);
    await expect(page.locator('.notices')).toContainText('made on other pixels');
    await expect(page.locator('[data-lesion]')).toHaveCount(0);
    await expect(page.locator('.lesions')).not.toContainText('%');
    expect(await marksOf(page)).toEqual(kept);
    await page.screenshot({
      path: join(ARTIFACTS, `hand-away-${smaller.replace(/\W/g, '-')}.png`),
    });
  });

test('boxes outside their image, brought back with a copy of local data, give no number', async ({
  page,
}) => {
  test.skip(!hasOdd, NO_ODD);
  test.setTimeout(600_000);
  await page.goto('./?backend=wasm');
  await openFiles(page, [join(ODD, 'attack/rtl-override-name.dcm')]);
  await engineReady(page);
  await page.getByRole('button', { name: 'Data on this computer' }).click();
  await page
    .getByTestId('local-data-input')
    .setInputFiles(join(ODD, 'attack/local-data-outside-box.json'));
  await expect(page.getByRole('dialog').getByRole('status')).not.toBeEmpty();
  await page.keyboard.press('Escape');
  for (const lesion of [1, 2, 3])
    await expect(page.locator('.notices')).toContainText(
      `Lesion ${lesion}: its mark does not lie inside`,
    );
  await expect(page.locator('[data-lesion]')).toHaveCount(0);
  await moment(page);
  await expect(page.locator('.lesions')).not.toContainText(/%|NaN|Infinity/);
  await page.screenshot({ path: join(ARTIFACTS, 'hand-outside-box.png') });
});
