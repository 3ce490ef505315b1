import { readFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import {
  markPoints,
  engineReady,
  expect,
  keptRecords,
  likelihoodOf,
  openDemo,
  openEngine,
  storedLesions,
  test,
  viewOf,
} from './page.ts';

const newLesion = (page: Page) => page.getByRole('button', { name: 'New lesion' }).click();
const mark = async (page: Page, view = 'RCC') =>
  markPoints(page, viewOf(page, view), [1000, 700], [1300, 1000]);
const notices = (page: Page) => page.locator('.notices');
const workerNamed = (page: Page, name: string) => {
  const found = page.workers().find((worker) => worker.url().includes(name));
  if (!found) throw new Error(`no worker ${name}: ${page.workers().map((w) => w.url())}`);
  return found;
};
/** An error that nobody catches ends the worker as far as the page is concerned. */
const crash = (page: Page, name: string) =>
  workerNamed(page, name).evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });

test('marks outlive a tab that crashes', async ({ page, context }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await newLesion(page);
  await mark(page);
  await expect.poll(() => storedLesions(page)).toHaveLength(1);
  const before = await storedLesions(page);
  const crashed = page.waitForEvent('crash');
  const client = await context.newCDPSession(page);
  void client.send('Page.crash').catch(() => undefined);
  await crashed;
  const next = await context.newPage();
  await next.goto('./?backend=wasm');
  await openDemo(next);
  await expect(next.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/]);
  expect(await storedLesions(next)).toEqual(before);
});

test('two tabs on the same case keep one another up to date', async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto('./?backend=wasm');
    await openDemo(tab);
  }
  await page.bringToFront();
  // As a browser does with a tab that is long in the background: it hears of the mark once it goes on.
  const aside = await context.newCDPSession(other);
  await aside.send('Page.setWebLifecycleState', { state: 'frozen' });
  await newLesion(page);
  await mark(page);
  await expect.poll(() => storedLesions(page)).toHaveLength(1);
  await aside.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(other.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/]);
  await other.bringToFront();
  await newLesion(other);
  await mark(other, 'LCC');
  await expect(page.getByTestId('lesion-2')).toBeVisible();
  await expect(viewOf(page, 'LCC').locator('[data-lesion]')).toHaveCount(1);
  await other.getByRole('button', { name: 'Delete Lesion 1' }).click();
  await expect(page.getByTestId('lesion-1')).toHaveCount(0);
  await expect.poll(async () => (await storedLesions(page)).map((l) => l.number)).toEqual([2]);
});

test('a full disk is said, the marks stay on screen and are saved when there is room', async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  const client = await context.newCDPSession(page);
  const { origin } = new URL(baseURL ?? '');
  await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await newLesion(page);
  await mark(page);
  await expect(notices(page)).toContainText(/could not be saved on this computer: .*used up/);
  await likelihoodOf(page, 1, 1);
  await client.send('Storage.overrideQuotaForOrigin', { origin });
  await mark(page, 'RMLO');
  await expect.poll(async () => (await storedLesions(page)).length).toBe(1);
  expect(Object.keys((await storedLesions(page))[0]?.marks ?? {})).toHaveLength(2);
  await expect(notices(page)).not.toContainText('could not be saved');
});

test('without storage everything but keeping works, and it is said', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('The user denied permission.', 'SecurityError');
    };
  });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await expect(notices(page)).toContainText(/Earlier marks could not be read: .*private windows/);
  await newLesion(page);
  await mark(page);
  await likelihoodOf(page, 1, 1);
  await expect(notices(page)).toContainText(/could not be saved on this computer/);
});

test('a lost display starts again with its images and marks', async ({ page }) => {
  await page.addInitScript(() => {
    const contexts: WebGL2RenderingContext[] = [];
    Object.assign(globalThis, { contexts });
    for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
      const get = kind.prototype.getContext as (this: object, ...all: unknown[]) => unknown;
      kind.prototype.getContext = function (this: object, ...all: unknown[]) {
        const context = get.apply(this, all);
        if (context instanceof WebGL2RenderingContext) contexts.push(context);
        return context;
      } as never;
    }
  });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await newLesion(page);
  await mark(page);
  const grey = async () => {
    const shot = await viewOf(page, 'RCC').locator('canvas').first().screenshot();
    return shot.length;
  };
  await expect.poll(grey).toBeGreaterThan(20_000);
  await page.evaluate(() => {
    const { contexts } = globalThis as unknown as { contexts: WebGL2RenderingContext[] };
    contexts.forEach((context) => context.getExtension('WEBGL_lose_context')?.loseContext());
  });
  await expect(notices(page)).toContainText('it has been started again');
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await expect.poll(grey).toBeGreaterThan(20_000);
  await expect(viewOf(page, 'RCC').locator('[data-lesion]')).toHaveCount(1);
  await likelihoodOf(page, 1, 1);
});

test('where the page is refused WebGL the processor draws, which is said, and nothing fails beside it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
      const get = kind.prototype.getContext as (this: object, ...all: unknown[]) => unknown;
      kind.prototype.getContext = function (this: object, ...all: unknown[]) {
        return String(all[0]).includes('webgl') ? null : get.apply(this, all);
      } as never;
    }
  });
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await expect(page.locator('.notices')).toContainText('without a graphics card');
  await engineReady(page);
});

/** Opens the demo, ends a worker, and marks a lesion: it is scored all the same. */
const scoreAfterCrash = async (page: Page, worker: string) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await engineReady(page);
  await crash(page, worker);
  await newLesion(page);
  await mark(page);
  await likelihoodOf(page, 1, 1);
};

test('a worker that stops while it measures is replaced at the next try', async ({ page }) => {
  await scoreAfterCrash(page, 'analysis-worker');
});

test('a worker that stops while it scores is started again and says so', async ({ page }) => {
  await scoreAfterCrash(page, 'inference-worker');
  await expect(page.getByLabel('Inference engine')).toContainText(
    /was lost \(.*out of memory\) and has been started again/,
  );
});

test('a browser without WebGPU scores on another backend and says why', async ({ baseURL }) => {
  const { CHROMIUM_PATH } = process.env;
  const browser = await chromium.launch({
    ...(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : {}),
    args: [
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--no-sandbox',
    ],
  });
  const page = await browser.newPage({ baseURL: baseURL ?? '' });
  await page.goto('./?backend=webgpu');
  await openDemo(page);
  await engineReady(page);
  await expect(page.getByTestId('backend')).not.toHaveValue('webgpu');
  await openEngine(page);
  await page.getByText('Why not another backend').click();
  await expect(page.getByLabel('Inference engine')).toContainText(/WebGPU: \S+/);
  await browser.close();
});

test.describe('with settings as they come', () => {
  test.use({ secondLook: true });

  test('the data of this browser is saved, deleted and brought back', async ({ page, context }) => {
    await page.goto('./?backend=wasm');
    await openDemo(page);
    await newLesion(page);
    await mark(page);
    await expect.poll(() => storedLesions(page)).toHaveLength(1);
    const before = await storedLesions(page);
    expect(await keptRecords(page)).toBeGreaterThan(0);
    // Another tab shows the same marks: it begins anew, and writes none of them again.
    const other = await context.newPage();
    await other.goto('./?backend=wasm');
    await openDemo(other);
    await expect(other.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/]);
    await page.bringToFront();
    const openDialog = () => page.getByRole('button', { name: 'Data on this computer' }).click();

    await openDialog();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a copy' }).click();
    const copy = readFileSync(await (await downloading).path());
    await page.getByRole('button', { name: 'Delete all local data' }).click();
    await page.getByRole('button', { name: 'Delete now' }).click();
    for (const tab of [page, other])
      await expect(tab.getByRole('button', { name: /demo case/ })).toBeVisible();
    await other.close();
    // The page that starts again may open databases; they are empty.
    expect(await keptRecords(page)).toBe(0);
    // Cornerstone keeps what the graphics card can do, and its log level: nothing of a patient.
    const kept = await page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => !/^(cornerstone3D|loglevel)/.test(key))).toEqual([]);

    await openDemo(page);
    await expect(page.getByTestId('lesion-1')).toHaveCount(0);
    await openDialog();
    const input = page.getByTestId('local-data-input');
    const file = (buffer: Buffer) => ({ name: 'copy.json', mimeType: 'application/json', buffer });
    await input.setInputFiles(file(Buffer.from('{"kind":"other"}')));
    await expect(page.getByText(/copy\.json: This file is not a copy/)).toBeVisible();
    await input.setInputFiles(file(copy));
    await expect(page.getByText(/records are back/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/]);
    expect(await storedLesions(page)).toEqual(before);
  });
});

test('with names hidden none is on screen, nor in what is exported', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await openDemo(page);
  await newLesion(page);
  await mark(page);
  await likelihoodOf(page, 1, 1);
  const name = await page.locator('.patient-name b').innerText();
  const id = await page.locator('.patient-name span').first().innerText();
  expect(name.length).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Hide names' }).click();
  const everything = () => page.evaluate(() => document.documentElement.outerHTML);
  await expect.poll(everything).not.toContain(name);
  expect(await everything()).not.toContain(id);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: /JSON/ }).click();
  const report = readFileSync(await (await downloading).path(), 'utf8');
  expect(report).not.toContain(name.replace(', ', '^'));
  expect(report).not.toContain(`"${id}"`);
  expect(JSON.parse(report)).toMatchObject({ patient: { name: '', id: '' } });
  await page.keyboard.press('Escape');
  await page.reload();
  await openDemo(page);
  expect(await everything()).not.toContain(name);
});
