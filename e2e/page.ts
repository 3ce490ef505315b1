import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  expect,
  test as base,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';
import type { ReaderWords } from '../src/core/lesion/reading.ts';
import type { Box } from '../src/core/geometry/box.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Real mammograms beside the project; tests that need them say so and skip where they are absent. */
export const CASES = join(root, '../shared/cases');
export const hasCases = existsSync(CASES);
export const NO_CASES = 'the real mammograms of ../shared/cases are not here';

/** Screenshots to look at. */
export const ARTIFACTS = join(root, 'e2e/artifacts');

/** A reader who has turned the second look off, until settings are kept. */
const withoutSecondLook = (context: BrowserContext) =>
  context.addInitScript(() => {
    if (location.protocol.startsWith('http') && !localStorage.getItem('tandem.settings'))
      localStorage.setItem('tandem.settings', JSON.stringify({ version: 1, secondLook: false }));
  });

/** Has a script run in the inference worker before its own. */
export const beforeInference = (page: Page, script: string) =>
  page.route('**/inference-worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + (await response.text()) });
  });

/** The engine, whose start takes as long as many a test, does not come. */
export const withoutEngine = (context: BrowserContext) =>
  context.route('**/inference-worker-*.js', () => undefined);

/**
 * Every page of a test is watched: no request may leave the origin, and nothing may be thrown. The
 * reader has turned the second look off, which costs seconds of processor time a view; tests of it say
 * `test.use({ secondLook: true })`. Tests that need no score say `test.use({ engine: false })`.
 */
export const test = base.extend<{ secondLook: boolean; engine: boolean; watched: undefined }>({
  secondLook: [false, { option: true }],
  engine: [true, { option: true }],
  watched: [
    async ({ context, baseURL, secondLook, engine }, use) => {
      if (!secondLook) await withoutSecondLook(context);
      if (!engine) await withoutEngine(context);
      const strangers: string[] = [];
      const errors: string[] = [];
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== new URL(baseURL!).origin)
          strangers.push(request.url());
      });
      context.on('weberror', (error) => errors.push(error.error().message));
      await use(undefined);
      expect(strangers, 'requests to other origins').toEqual([]);
      expect(errors, 'errors that nobody caught').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const fileOf = (name: string, bytes: Uint8Array): TestFile => ({
  name,
  mimeType: 'application/dicom',
  buffer: Buffer.from(bytes),
});

/** Until nothing that comes by itself can hang the pictures otherwise. */
const layoutSettled = (page: Page) =>
  expect(page.locator('.viewer-cells[aria-busy=true]')).toHaveCount(0);

/** Opens files through the file picker's input and waits until all are dealt with. */
export const openFiles = async (page: Page, files: readonly string[] | readonly TestFile[]) => {
  await page.getByTestId('file-input').setInputFiles(files as string[]);
  await expect(page.locator('.opening')).toHaveCount(0);
  await layoutSettled(page);
};

/** Opens the synthetic demo case and waits for its four views, as they will hang. */
export const openDemo = async (page: Page) => {
  await page.getByRole('button', { name: /demo case/ }).click();
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await layoutSettled(page);
};

/** Opens the synthetic patient who has an earlier exam. */
export const openWithPrior = async (page: Page) => {
  await page.goto('./?backend=wasm');
  await page.getByText('More synthetic patients').click();
  await page.getByRole('button', { name: /Synthetic patient 3/ }).click();
  await expect(page.locator('.study-name')).toHaveCount(2);
  await expect(page.locator('.opening')).toHaveCount(0);
  await expect(page.locator('[data-matrix]')).toHaveCount(4);
  await layoutSettled(page);
};

export const engineReady = (page: Page) =>
  expect(page.locator('.engine[data-phase=ready]')).toBeVisible({ timeout: 180_000 });

/** The cell of one view, by its title ("LCC"). */
export const viewOf = (page: Page, title: string): Locator =>
  page.locator(`[data-view="${title}"]`);

/** Where a point of the stored image is on the page. */
const onPage = async (view: Locator, points: readonly (readonly [number, number])[]) => {
  const svg = view.locator('svg.box-overlay');
  const text = await svg.getAttribute('data-matrix');
  const bounds = await svg.boundingBox();
  if (!text || !bounds) throw new Error('the view shows no image');
  const [a, b, c, d, e, f] = text.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return points.map(([x, y]) => ({
    x: bounds.x + a * x + c * y + e,
    y: bounds.y + b * x + d * y + f,
  }));
};

/** CSS pixels of one image column. */
const zoomOf = async (view: Locator): Promise<number> => {
  const text = (await view.locator('svg.box-overlay').getAttribute('data-matrix')) ?? '';
  const [a = 0, b = 0] = text.split(' ').map(Number);
  return Math.hypot(a, b);
};

/** Drags with a button from one place of the page to another. */
const drag = async (
  page: Page,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  button: 'left' | 'middle' = 'left',
) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up({ button });
};

/**
 * Zooms in with the wheel on the middle of a box until it fills half the view, and centres it. Views
 * that are linked have gone along with the last one, perhaps past the box: all are fitted first.
 */
const zoomTo = async (page: Page, view: Locator, box: Box) => {
  await page.keyboard.press('f');
  await untilStill(view);
  const bounds = await view.boundingBox();
  if (!bounds) throw new Error('the view is not on screen');
  const centre = async () =>
    (await onPage(view, [[box.x + box.width / 2, box.y + box.height / 2]]))[0] as {
      x: number;
      y: number;
    };
  const wanted = (0.5 * Math.min(bounds.width, bounds.height)) / Math.max(box.width, box.height);
  for (let turns = 0; turns < 12 && (await zoomOf(view)) < wanted; turns++) {
    const before = await zoomOf(view);
    const at = await centre();
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -120);
    await expect.poll(() => zoomOf(view)).toBeGreaterThan(before);
  }
  const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  await drag(page, await centre(), middle, 'middle');
  await expect.poll(async () => Math.abs((await centre()).x - middle.x)).toBeLessThan(40);
};

/** A frame is drawn, and what hears of sizes with it has heard. */
const nextFrame = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

/** Until a view has its place, and its picture the scale that the layout gives it. */
const untilStill = async (view: Locator) => {
  const page = view.page();
  await layoutSettled(page);
  const where = async () =>
    JSON.stringify([
      await view.boundingBox(),
      await view.locator('svg.box-overlay').getAttribute('data-matrix'),
    ]);
  let last = '';
  const isAsBefore = async () => {
    const before = last;
    await nextFrame(page);
    last = await where();
    return last === before;
  };
  await expect.poll(isAsBefore, { intervals: [150] }).toBe(true);
};

/** Drags from one point of the stored image to another. */
export const dragPoints = async (
  page: Page,
  view: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
) => {
  await untilStill(view);
  const [start, end] = await onPage(view, [from, to]);
  if (start && end) await drag(page, start, end);
};

/** Takes the Mark tool and drags a box, from corner to corner in stored pixels. */
export const markPoints = async (
  page: Page,
  view: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
) => {
  await page.keyboard.press('m');
  await dragPoints(page, view, from, to);
};

/** Drags a box over a view with the mouse, in stored pixels, enlarged first for a steady hand. */
export const dragBox = async (page: Page, view: Locator, box: Box) => {
  await zoomTo(page, view, box);
  await markPoints(page, view, [box.x, box.y], [box.x + box.width, box.y + box.height]);
};

export { onPage };

export interface StoredLesion {
  readonly id: string;
  readonly number: number;
  readonly marks: Readonly<Record<string, Box>>;
}

/** The lesions as the page keeps them in IndexedDB, with what the reader says of them. */
export const storedRecords = (page: Page): Promise<(StoredLesion & ReaderWords)[]> =>
  page.evaluate(
    () =>
      new Promise<(StoredLesion & ReaderWords)[]>((resolve, reject) => {
        const opening = indexedDB.open('tandem');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction('lesions').objectStore('lesions').getAll();
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result as (StoredLesion & ReaderWords)[]);
          };
          reading.onerror = () => reject(reading.error);
        };
      }),
  );

/** The marks as the page keeps them. */
export const storedLesions = async (page: Page): Promise<StoredLesion[]> =>
  (await storedRecords(page)).map(({ id, number, marks }) => ({ id, number, marks }));

/**
 * Number of records in one database of the page, or in all of them; 0 where there is none yet, which
 * is not made by asking.
 */
export const keptRecords = (page: Page, database?: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let records = 0;
    for (const { name } of await indexedDB.databases()) {
      if (wanted !== undefined && name !== wanted) continue;
      const db = await answer(indexedDB.open(name ?? ''));
      for (const store of db.objectStoreNames)
        records += await answer(db.transaction(store).objectStore(store).count());
      db.close();
    }
    return records;
  }, database);

/** The fused likelihood on screen at training prevalence, once it takes in that many views. */
export const likelihoodOf = async (page: Page, lesion: number, views: number) => {
  // The panel opens the selected lesion; of the others it has one line each.
  const line = page.getByTestId(`lesion-${lesion}`);
  const title = line.getByRole('button', { name: `Lesion ${lesion}`, exact: true });
  const isOpen = (await page.getByTestId(`score-${lesion}`).count()) > 0;
  if (!isOpen && (await title.count()) > 0) await title.click();
  const output = page.getByTestId(`score-${lesion}`).getByTestId('likelihood');
  await expect(page.getByTestId(`score-${lesion}`).getByTestId('view-score')).toHaveCount(views, {
    timeout: 120_000,
  });
  return {
    value: Number(await output.getAttribute('data-value')),
    backend: await output.getAttribute('data-backend'),
  };
};

/** Opens what stands behind the score of the lesion that is read. */
export const openDetails = async (page: Page) => {
  const details = page.locator('details.lesion-details');
  if ((await details.getAttribute('open')) === null)
    await details.locator(':scope > summary').click();
};

/** Opens the choice of backend, and why it is this one. */
export const openEngine = (page: Page) => page.locator('.engine-choices > summary').click();

export interface Truth {
  readonly lesion: string;
  readonly pathology: string;
  readonly boxes: Readonly<Record<string, readonly [number, number, number, number]>>;
}

export const truthOf = (name: string): Truth =>
  JSON.parse(readFileSync(join(CASES, name, 'truth.json'), 'utf8')) as Truth;

export const boxesOf = ({ boxes }: Truth): { file: string; view: string; box: Box }[] =>
  Object.entries(boxes).map(([file, [x, y, width, height]]) => ({
    file,
    view: file.replace('.dcm', ''),
    box: { x, y, width, height },
  }));
