import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  markPoints,
  engineReady,
  expect,
  fileOf,
  likelihoodOf,
  openDemo,
  openFiles,
  test,
  viewOf,
} from './page.ts';
import { lesionBox, syntheticView } from './synthetic.ts';

const matrix = { rows: 600, columns: 480 };

const mark = async (page: Page) => {
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  const { x, y, width, height } = lesionBox(matrix);
  await markPoints(page, viewOf(page, 'LCC'), [x, y], [x + width, y + height]);
  await likelihoodOf(page, 1, 1);
};

const saveJson = async (page: Page) => {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'JSON', exact: true }).click();
  return downloading;
};

test.describe('no text of a file becomes markup', () => {
  /** A name of an element that the page has not, and an image whose failure runs code. */
  const HOSTILE = '<x-hostile>x</x-hostile><img src=nowhere onerror=hacked()>';
  /** In a person name "=" parts the spellings and "^" the names. */
  const HOSTILE_NAME = '<x-hostile>Doe</x-hostile>^<script>hacked()</script>';
  /** Values of code strings come in capitals. */
  const made = 'x-hostile, img[src="nowhere"], #root script, #root iframe, [onerror], [onload]';

  const hostileView = () =>
    syntheticView(1, 'CC', matrix, {
      '00080080': ['LO', HOSTILE],
      '00081030': ['LO', HOSTILE],
      '0008103e': ['LO', HOSTILE],
      '00080050': ['SH', HOSTILE],
      '00080070': ['LO', HOSTILE],
      '00081090': ['LO', HOSTILE],
      '00080090': ['PN', HOSTILE_NAME],
      '00100010': ['PN', HOSTILE_NAME],
      '00100020': ['LO', HOSTILE],
      '00181030': ['LO', HOSTILE],
      '00200010': ['SH', HOSTILE],
      '00281050': ['DS', '2048\\1500'],
      '00281051': ['DS', '4096\\2000'],
      '00281055': ['LO', `${HOSTILE}\\${HOSTILE}`],
    });

  /** That the text is on screen, as text, and that nothing was made of it. */
  const assertText = async (page: Page, place: string) =>
    test.step(place, async () => {
      expect(await page.locator('body').innerText()).toContain('<x-hostile>');
      await expect(page.locator(made)).toHaveCount(0);
    });

  test('on no screen, in no dialog and not on paper', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    let hacked = 0;
    await page.exposeFunction('hacked', () => void hacked++);
    await page.goto('./?backend=wasm');

    const refused = [
      fileOf(`${HOSTILE}.txt`, new TextEncoder().encode('no image')),
      syntheticView(2, 'CC', matrix, { '00280004': ['CS', HOSTILE] }),
      syntheticView(3, 'CC', matrix, {
        '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.2'],
        '00080060': ['CS', HOSTILE],
      }),
      fileOf('report.json', new TextEncoder().encode(JSON.stringify({ [HOSTILE]: HOSTILE }))),
    ];
    await openFiles(page, refused);
    await expect(page.getByTestId('problems').locator('li')).toHaveCount(refused.length);
    await assertText(page, 'start screen and the list of what was not opened');

    await openFiles(page, [{ ...hostileView(), name: `${HOSTILE}.dcm` }]);
    await expect(viewOf(page, 'LCC').locator('[data-label=patient]')).toContainText('<x-hostile>');
    await expect(viewOf(page, 'LCC').locator('[data-label=window]')).toContainText('<x-hostile>');
    await expect(page.locator('.study-name')).toContainText('<img src=nowhere');
    await assertText(page, 'viewer, labels, list of studies');

    await mark(page);
    const download = await saveJson(page);
    await assertText(page, 'export dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    const report = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
      pack: { name: string; id: string };
      lesions: { score: { likelihood: { value: number; low: number } } }[];
    };
    Object.assign(report.pack, { name: HOSTILE, id: HOSTILE });
    Object.assign(report.lesions[0]!.score.likelihood, { value: 0.011, low: 0.01 });
    await page.getByRole('button', { name: 'Delete Lesion 1' }).click();
    const returned = new TextEncoder().encode(JSON.stringify(report));
    await openFiles(page, [fileOf(`${HOSTILE}.json`, returned)]);
    await expect(page.locator('.notices li', { hasText: 'this page computes' })).toContainText(
      '<x-hostile>',
    );
    await assertText(page, 'notices about a report');

    await page.getByRole('button', { name: 'Printable report' }).click();
    await expect(page.getByTestId('report-page')).toContainText('<x-hostile>');
    await assertText(page, 'report on paper');

    expect(hacked).toBe(0);
    expect(asked.filter((url) => url.includes('nowhere'))).toEqual([]);
    await test.step('the test would have seen it, had the browser allowed it', async () => {
      const refused = await page.evaluate((html) => {
        try {
          document.body.insertAdjacentHTML('beforeend', html);
          return '';
        } catch (error) {
          document.body.append(document.createElement('x-hostile'));
          return (error as Error).name;
        }
      }, HOSTILE);
      expect(refused).toBe('TypeError');
      await expect(page.locator(made)).not.toHaveCount(0);
    });
  });
});

test.describe('the policy', () => {
  /** Files of every decoder and the network run under it: no browser may report a breach. */
  test('is kept by all that the page does', async ({ page }) => {
    const breaches: string[] = [];
    page.on('console', (message) => {
      if (
        /Content.Security.Policy|Trusted|Permissions.Policy|Unrecognized feature/i.test(
          message.text(),
        )
      )
        breaches.push(message.text());
    });
    await page.goto('./?backend=wasm');
    await openDemo(page);
    await engineReady(page);
    await page.getByRole('button', { name: 'New lesion' }).click();
    await markPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
    await likelihoodOf(page, 1, 1);
    await page.getByRole('button', { name: 'Printable report' }).click();
    await expect(page.getByTestId('report-page')).toBeVisible();
    expect(breaches).toEqual([]);
  });

  test('lets no text become markup or a worker, and no bytes WebAssembly in the page', async ({
    page,
  }) => {
    await page.goto('./');
    const outcomes = await page.evaluate(async () => {
      const tryTo = async (what: () => unknown) => {
        try {
          await what();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const script = URL.createObjectURL(new Blob(['1'], { type: 'text/javascript' }));
      const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
      return {
        markup: await tryTo(() => (document.createElement('p').innerHTML = '<b>x</b>')),
        worker: await tryTo(() => new Worker(script)),
        wasm: await tryTo(() => WebAssembly.compile(empty)),
        own: await tryTo(() => new Worker('./service-worker.js').terminate()),
      };
    });
    expect(outcomes).toEqual({
      markup: 'TypeError',
      worker: 'TypeError',
      wasm: 'CompileError',
      own: 'done',
    });
  });
});

test.describe('who the patient is', () => {
  // The service worker keeps files of the page: it must not keep anything of a patient.
  test.use({ serviceWorkers: 'allow' });

  const SECRETS = {
    name: 'QZFAMILY',
    given: 'QZGIVEN',
    id: 'QZID-7781',
    birthDate: '19410203',
    printedDate: '1941-02-03',
    accession: 'QZACC-9',
    fileName: 'QZFILE',
  };

  interface Kept {
    readonly storage: string;
    readonly caches: string;
    readonly databases: string;
  }

  /** All that the browser keeps for the page: web storage, cookies, Cache Storage, IndexedDB. */
  const keptByBrowser = (page: Page): Promise<Kept> =>
    page.evaluate(async () => {
      const cached: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const response = await cache.match(request);
          const body = new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
          cached.push(name, request.url, new TextDecoder('latin1').decode(body));
        }
      }
      const records: unknown[] = [];
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name ?? '');
          opening.onsuccess = () => resolve(opening.result);
          opening.onerror = () => reject(opening.error);
        });
        for (const store of db.objectStoreNames) {
          const reading = db.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => (reading.onsuccess = resolve));
          records.push(name, store, reading.result);
        }
        db.close();
      }
      return {
        storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
        caches: cached.join('\n'),
        databases: JSON.stringify(records),
      };
    });

  const secretsIn = (text: string): string[] =>
    Object.entries(SECRETS).flatMap(([what, value]) => (text.includes(value) ? [what] : []));

  test('is in no log, address, title, request or cache', async ({ page, context }) => {
    const seen = { console: '', addresses: '', requests: '', titles: '' };
    context.on('console', (message) => (seen.console += `${message.text()}\n`));
    context.on('request', (request) => {
      seen.requests += `${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}\n`;
    });
    page.on('framenavigated', (frame) => (seen.addresses += `${frame.url()}\n`));
    const glance = async () => {
      seen.addresses += `${page.url()}\n`;
      seen.titles += `${await page.title()}\n`;
    };

    await page.goto('./?backend=wasm');
    await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready', {
      timeout: 120_000,
    });
    const view = syntheticView(1, 'CC', matrix, {
      '00080050': ['SH', SECRETS.accession],
      '00100010': ['PN', `${SECRETS.name}^${SECRETS.given}`],
      '00100020': ['LO', SECRETS.id],
      '00100030': ['DA', SECRETS.birthDate],
    });
    const broken = {
      ...view,
      name: `${SECRETS.fileName}.dcm`,
      buffer: view.buffer.subarray(0, 900),
    };
    await openFiles(page, [view, broken]);
    await expect(viewOf(page, 'LCC').locator('[data-label=patient]')).toContainText(SECRETS.name);
    await glance();
    await mark(page);
    await glance();
    const download = await saveJson(page);
    const report = readFileSync(await download.path(), 'utf8');
    expect(secretsIn(report), 'the test would see them').toEqual([
      'name',
      'given',
      'id',
      'birthDate',
      'accession',
    ]);
    // A saved file is called after the patient whom it names inside; with hidden names it is not.
    expect(download.suggestedFilename()).toContain(SECRETS.name);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Printable report' }).click();
    await expect(page.getByTestId('report-page')).toContainText(SECRETS.name);
    await glance();
    await page.keyboard.press('Escape');
    await page.evaluate(() => console.info('the log is listened to'));

    expect(seen.console).toContain('the log is listened to');
    for (const [where, text] of Object.entries(seen)) expect(secretsIn(text), where).toEqual([]);
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
    const kept = await keptByBrowser(page);
    expect(kept.caches).toContain('manifest.json');
    expect(secretsIn(kept.storage), 'web storage').toEqual([]);
    expect(secretsIn(kept.caches), 'Cache Storage').toEqual([]);
    // SECURITY.md says so: marks are kept under the Patient ID, and nothing else of the patient is.
    expect(kept.databases).toContain('marks');
    expect(secretsIn(kept.databases), 'IndexedDB').toEqual(['id']);
  });
});
