import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import {
  markPoints,
  engineReady,
  expect,
  likelihoodOf,
  test,
  viewOf,
  type TestFile,
} from './page.ts';
import { lesionBox, syntheticView } from './synthetic.ts';

/** How many studies, whether of a detector's size, beside how many other tabs; `npm run soak` sets them. */
const STUDIES = Number(process.env.SOAK_STUDIES ?? 8);
const OTHER_TABS = Number(process.env.SOAK_OTHER_TABS ?? 0);
const matrix =
  process.env.SOAK_SIZE === 'detector'
    ? { rows: 3328, columns: 2560 }
    : { rows: 600, columns: 480 };
const REPORT = process.env.SOAK_REPORT;
/** Caches and compiled code fill up to here; from then on nothing may grow by more than a tenth. */
const SETTLED = 5;
const GROWTH = 1.1;

interface Diagnostics {
  readonly tandem: { numTensors(): Promise<number>; cachedBytes(): number };
  readonly liveBlobUrls: number;
}

/** What may leak. Bytes are taken after a garbage collection. */
interface Held {
  readonly heapBytes: number;
  /** Array buffers of the page: pixels, above all. */
  readonly bufferBytes: number;
  readonly domNodes: number;
  readonly listeners: number;
  readonly tensors: number;
  readonly workers: number;
  readonly blobUrls: number;
  readonly cachedImageBytes: number;
  /** The worker that keeps the images at working resolution. */
  readonly analysisBytes: number;
  /** Page and workers with their array buffers, as the browser counts them. */
  readonly totalBytes: number;
}

/** Counts the blob addresses of the page that were not withdrawn. */
const countBlobUrls = () => {
  let live = 0;
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => {
    live++;
    return createObjectURL.call(URL, object);
  };
  URL.revokeObjectURL = (url) => {
    live--;
    revokeObjectURL.call(URL, url);
  };
  Object.defineProperty(globalThis, 'liveBlobUrls', { get: () => live });
};

const memoryOf = (page: Page) =>
  page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{
        bytes: number;
        breakdown: { bytes: number; attribution: { url: string }[] }[];
      }>;
    };
    const { bytes, breakdown } = await measure.call(performance);
    const ofAnalysis = breakdown.filter(({ attribution }) =>
      attribution.some(({ url }) => url.includes('analysis-worker')),
    );
    const analysisBytes = ofAnalysis.reduce((sum, part) => sum + part.bytes, 0);
    return { totalBytes: bytes, analysisBytes };
  });

const cachedImageBytes = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Diagnostics).tandem.cachedBytes());

const held = async (page: Page, cdp: CDPSession): Promise<Held> => {
  for (let i = 0; i < 2; i++) await cdp.send('HeapProfiler.collectGarbage');
  // backingStorageSize is newer than Playwright's types.
  const { usedSize, backingStorageSize } = (await cdp.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize: number;
  };
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((m) => m.name === name)?.value ?? Number.NaN;
  const counts = await page.evaluate(async () => {
    const { tandem, liveBlobUrls } = globalThis as unknown as Diagnostics;
    return {
      tensors: await tandem.numTensors(),
      blobUrls: liveBlobUrls,
    };
  });
  return {
    heapBytes: usedSize,
    bufferBytes: backingStorageSize,
    cachedImageBytes: await cachedImageBytes(page),
    domNodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    workers: page.workers().length,
    ...(await memoryOf(page)),
    ...counts,
  };
};

/**
 * Drops files within the page. Playwright's own setInputFiles keeps a hold of the input that it set,
 * and with it of the whole screen that the input was on.
 */
const drop = (page: Page, files: readonly TestFile[]) =>
  page.evaluate(
    (list) => {
      const data = new DataTransfer();
      for (const { name, text } of list)
        data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
      const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector('.page')?.dispatchEvent(event);
    },
    files.map(({ name, buffer }) => ({ name, text: buffer.toString('base64') })),
  );

const openStudy = (page: Page, patient: number) =>
  drop(page, [syntheticView(patient, 'CC', matrix), syntheticView(patient, 'MLO', matrix)]);

const readStudy = async (page: Page, patient: number) => {
  await openStudy(page, patient);
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  const { x, y, width, height } = lesionBox(matrix);
  for (const view of ['LCC', 'LMLO'])
    await markPoints(page, viewOf(page, view), [x, y], [x + width, y + height]);
  await likelihoodOf(page, 1, 2);
  // The measures must be able to see what is there to be seen.
  expect(await cachedImageBytes(page)).toBeGreaterThan(matrix.rows * matrix.columns);
  await page.getByRole('button', { name: /^Close / }).click();
  await expect(page.getByRole('heading', { name: 'Tandem CADx' })).toBeVisible();
  // The last part of the start screen to come: what is counted must always be the whole of it.
  await expect(page.getByText('More synthetic patients')).toBeVisible();
};

// The browser answers a memory measurement when it next collects garbage: here, at once.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--enable-blink-features=ForceEagerMeasureMemory'],
    }),
});

interface Watched {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly rounds: Held[];
}

const watch = async (page: Page): Promise<Watched> => {
  await page.addInitScript(countBlobUrls);
  await page.goto('./?backend=wasm&diagnostics');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  return { page, cdp, rounds: [] };
};

const grown = ({ rounds }: Watched): readonly string[] => {
  const settled = rounds[SETTLED - 1] as Held;
  return rounds
    .slice(SETTLED)
    .flatMap((round, i) =>
      (Object.keys(settled) as (keyof Held)[])
        .filter((key) => round[key] > settled[key] * GROWTH)
        .map((key) => `${key} after ${SETTLED + 1 + i}: ${settled[key]} -> ${round[key]}`),
    );
};

test(`${STUDIES} studies opened, scored and closed leave nothing behind`, async ({ page }) => {
  test.setTimeout(STUDIES * 60_000);
  const own = await watch(page);
  const others: Watched[] = [];
  // They keep a study open the while, and hear of every mark that is made here.
  for (let i = 0; i < OTHER_TABS; i++) {
    const other = await watch(await page.context().newPage());
    await openStudy(other.page, STUDIES + 1 + i);
    await engineReady(other.page);
    others.push(other);
  }
  await page.bringToFront();
  for (let patient = 1; patient <= STUDIES; patient++) {
    await readStudy(page, patient);
    for (const tab of [own, ...others]) tab.rounds.push(await held(tab.page, tab.cdp));
    if (REPORT) {
      mkdirSync(dirname(REPORT), { recursive: true });
      const { rounds } = own;
      const record = { matrix, rounds, otherTabs: others.map((other) => other.rounds) };
      writeFileSync(REPORT, `${JSON.stringify(record, undefined, 2)}\n`);
    }
  }
  expect([own, ...others].map(grown), JSON.stringify(own.rounds)).toEqual(
    [own, ...others].map(() => []),
  );
});
