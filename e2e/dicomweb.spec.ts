import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { installOrthanc, type Orthanc, startOrthanc } from '../scripts/orthanc.mjs';
import { serve } from '../scripts/serve.mjs';
import { readDicomReport } from '../src/adapters/dicom-sr/index.ts';
import {
  ARTIFACTS,
  markPoints,
  engineReady,
  likelihoodOf,
  openDemo,
  storedLesions,
  viewOf,
} from './page.ts';

const root = join(import.meta.dirname, '..');
const DEMO = ['RCC', 'LCC', 'RMLO', 'LMLO'].map((view) => `demo-1-${view}.dcm`);
const hasOrthanc = installOrthanc() !== undefined;

let orthanc: Orthanc;
let server: Server;
let address: string;

/** Puts the demo case there as the server's owner, anew. */
const upload = async () => {
  for (const name of DEMO) {
    const bytes = readFileSync(join(root, 'public/demo', name));
    const added = await orthanc.rest('/instances', { method: 'POST', body: new Uint8Array(bytes) });
    expect(added.ok).toBe(true);
  }
};

test.beforeAll(async () => {
  if (!hasOrthanc) return;
  mkdirSync(ARTIFACTS, { recursive: true });
  orthanc = await startOrthanc();
  ({ server, address } = await serve(join(root, 'dist'), 0, { dicomweb: orthanc.dicomweb }));
  await upload();
});
test.afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await orthanc?.stop();
});

/**
 * A server of another origin in front of Orthanc, as hospitals have them: it allows the page by CORS,
 * wants a bearer token, and holds images back when told to.
 */
const startFront = async (token: string) => {
  let left = Infinity;
  const held: (() => void)[] = [];
  const front = createServer(async (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, accept, content-type');
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end();
    const path = (request.url ?? '').replace('/dicom-web', '');
    if (request.headers.accept?.includes('multipart') && left-- <= 0)
      await new Promise<void>((go) => held.push(go));
    const answer = await fetch(`${orthanc.dicomweb}${path}`, {
      headers: {
        Accept: request.headers.accept ?? '',
        Authorization: `Basic ${btoa(`${orthanc.user}:${orthanc.password}`)}`,
      },
    });
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    /** Lets so many more images through, and holds the others back. */
    holdAfter: (count: number) => void (left = count),
    release: () => {
      left = Infinity;
      for (const go of held.splice(0)) go();
    },
    held: () => held.length,
    close: () =>
      new Promise<void>((done) => {
        front.close(() => done());
        front.closeAllConnections();
      }),
  };
};

const dialog = (page: Page) => page.getByRole('dialog');
const openDialog = (page: Page) => page.getByRole('button', { name: 'Open from a server' }).click();

/** Opens the page and watches that it asks its own origin alone. */
const start = async (page: Page): Promise<readonly string[]> => {
  const strangers: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== new URL(address).origin)
      strangers.push(request.url());
  });
  await page.goto(`${address}?backend=wasm`);
  return strangers;
};

const connect = async (page: Page, password: string) => {
  await openDialog(page);
  await expect(dialog(page)).toContainText(`This page reaches ${orthanc.dicomweb}`);
  await dialog(page).getByLabel('Sign-in').selectOption('basic');
  await dialog(page).locator('input[name=user]').fill(orthanc.user);
  await dialog(page).locator('input[name=password]').fill(password);
  await dialog(page).getByRole('button', { name: 'Connect' }).click();
};

const search = (page: Page) =>
  dialog(page).getByRole('button', { name: 'Search', exact: true }).click();
const openFound = (page: Page) =>
  dialog(page)
    .getByRole('button', { name: /^Open the study of/ })
    .click();

test('what is found stays within the dialog, whatever its length and the window’s', async ({
  page,
}) => {
  const study = {
    '0020000D': { vr: 'UI', Value: ['1.2.3'] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: `${'L'.repeat(60)}^JANE` }] },
    '00100020': { vr: 'LO', Value: ['9'.repeat(64)] },
    '00080020': { vr: 'DA', Value: ['20260131'] },
    '00081030': { vr: 'LO', Value: ['MAMMOGRAPHIE_BILATERALE_AVEC_TOMOSYNTHESE'] },
    '00201208': { vr: 'IS', Value: [12] },
  };
  const proxy = { path: 'dicomweb/', upstream: 'the archive' };
  await page.route('**/dicomweb-config.json', (route) =>
    route.fulfill({ json: { proxy, connect: null } }),
  );
  await page.route(/\/dicomweb\/studies\?/, (route) => route.fulfill({ json: [study] }));
  await page.goto('/?backend=wasm');
  await openDialog(page);
  await dialog(page).getByRole('button', { name: 'Connect' }).click();
  await search(page);
  const open = dialog(page).getByRole('button', { name: /^Open the study of/ });
  for (const width of [1000, 420]) {
    await page.setViewportSize({ width, height: 800 });
    const box = await dialog(page).boundingBox();
    const button = await open.boundingBox();
    if (!box || !button) throw new Error('neither is to be hidden');
    expect(button.x + button.width, `${width} px`).toBeLessThan(box.x + box.width);
  }
});

test.describe('a real Orthanc', () => {
  test.skip(!hasOrthanc, 'Orthanc with its DICOMweb plugin is not installed');

  test('search, open, mark, score, store; a plain client reads the report back', async ({
    page,
    browser,
  }) => {
    const strangers = await start(page);
    await connect(page, orthanc.password);
    await dialog(page).getByLabel('Patient name').fill('nobody at all');
    await search(page);
    await expect(dialog(page)).toContainText('No mammography study matches');
    await dialog(page).getByLabel('Patient name').fill('synthetic');
    await search(page);
    await expect(page.getByTestId('found-studies').locator('tbody tr')).toHaveCount(1);
    await page.screenshot({ path: join(ARTIFACTS, 'dicomweb-search.png') });
    await openFound(page);
    await expect(page.locator('[data-matrix]')).toHaveCount(4);
    await expect(dialog(page)).toHaveCount(0);

    await engineReady(page);
    await page.getByRole('button', { name: 'New lesion' }).click();
    await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
    await markPoints(page, viewOf(page, 'RMLO'), [1409, 996], [1670, 1250]);
    const { value } = await likelihoodOf(page, 1, 2);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Store the CAD SR on the server' }).click();
    await expect(dialog(page).getByRole('status')).toContainText('The CAD report is stored on');
    await page.screenshot({ path: join(ARTIFACTS, 'dicomweb-store.png') });

    const found = await orthanc.rest('/tools/find', {
      method: 'POST',
      body: JSON.stringify({ Level: 'Instance', Query: { Modality: 'SR' } }),
    });
    const [id] = (await found.json()) as [string];
    const file = await orthanc.rest(`/instances/${id}/file`);
    const restored = readDicomReport(new Uint8Array(await file.arrayBuffer()));
    if (!restored.ok) throw new Error(JSON.stringify(restored.error));
    expect(restored.value.exact).toBe(true);
    const [lesion] = restored.value.lesions;
    expect(lesion?.score?.likelihood.value).toBeCloseTo(value, 12);
    const [kept] = await storedLesions(page);
    expect(Object.fromEntries((lesion?.marks ?? []).map((m) => [m.sopInstanceUid, m.box]))).toEqual(
      kept?.marks,
    );
    expect(strangers).toEqual([]);

    await test.step('the report comes back with the study in a browser that has nothing', async () => {
      const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
      const other = await context.newPage();
      await start(other);
      await connect(other, orthanc.password);
      await search(other);
      await openFound(other);
      // Not before: asking for the database would make it, empty.
      await expect(other.getByTestId('lesion-1').locator('.marked')).toHaveCount(2);
      await expect.poll(async () => (await storedLesions(other))[0]?.marks).toEqual(kept?.marks);
      expect((await likelihoodOf(other, 1, 2)).value).toBeCloseTo(value, 6);
      await context.close();
    });

    await test.step('key images are stored once, and the selection brings them back', async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Shift+B');
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const press = dialog(page).getByRole('button', {
        name: 'Store the key images on the server',
      });
      const status = dialog(page).getByRole('status');
      await press.click();
      await expect(status).toContainText('The selection of key images is stored on');
      await press.click();
      await expect(status).toContainText('already, just as it is');
      const selections = await orthanc.rest('/tools/find', {
        method: 'POST',
        body: JSON.stringify({ Level: 'Instance', Query: { Modality: 'KO' } }),
      });
      const [selection, ...others] = (await selections.json()) as string[];
      expect(others).toEqual([]);
      const bytes = await (await orthanc.rest(`/instances/${selection}/file`)).arrayBuffer();
      const back = readDicomReport(new Uint8Array(bytes));
      if (!back.ok) throw new Error(JSON.stringify(back.error));
      expect(back.value).toMatchObject({ source: 'key-images', exact: true });
      expect(back.value.report?.keyImages).toHaveLength(1);
    });

    await test.step('a lesion that is deleted stays deleted, and the server lists what was replaced', async () => {
      const store = async () => {
        await page.getByRole('button', { name: 'Export', exact: true }).click();
        await dialog(page).getByRole('button', { name: 'Store the CAD SR on the server' }).click();
        await expect(dialog(page).getByRole('status')).toContainText('The CAD report is stored on');
        await page.keyboard.press('Escape');
      };
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'New lesion' }).click();
      await markPoints(page, viewOf(page, 'LCC'), [300, 900], [560, 1160]);
      await likelihoodOf(page, 2, 1);
      await store();
      await page.getByRole('button', { name: 'Delete Lesion 2' }).click();
      await expect.poll(async () => (await storedLesions(page)).length).toBe(1);
      await store();

      const reports = await orthanc.rest('/tools/find', {
        method: 'POST',
        body: JSON.stringify({ Level: 'Instance', Query: { Modality: 'SR' } }),
      });
      const predecessors = await Promise.all(
        ((await reports.json()) as string[]).map(async (each) => {
          const tags = await orthanc.rest(`/instances/${each}/simplified-tags`);
          const { PredecessorDocumentsSequence: before = [] } = (await tags.json()) as {
            PredecessorDocumentsSequence?: unknown[];
          };
          return before.length;
        }),
      );
      expect(predecessors.filter((count) => count > 0)).toHaveLength(2);

      const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
      const anew = await context.newPage();
      await start(anew);
      await connect(anew, orthanc.password);
      await search(anew);
      await openFound(anew);
      await expect(anew.getByTestId('lesion-1')).toBeVisible();
      await expect(anew.getByTestId('lesion-2')).toHaveCount(0);
      await expect(anew.getByTestId('key-image')).toHaveCount(1);
      await context.close();
    });

    await test.step('no credential is kept', async () => {
      const stored = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
      );
      expect(stored).not.toContain(orthanc.password);
      expect(stored).not.toContain(btoa(`${orthanc.user}:${orthanc.password}`));
    });
  });

  test('a server of another origin is reached with a token, pictures are shown as they come, and a download is stopped', async ({
    page,
  }) => {
    const front = await startFront('token-17');
    const own = await serve(join(root, 'dist'), 0, { connect: front.origin });
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (
        protocol.startsWith('http') &&
        ![front.origin, new URL(own.address).origin].includes(origin)
      )
        elsewhere.push(request.url());
    });
    const signIn = async (token: string) => {
      await openDialog(page);
      await expect(dialog(page)).toContainText(`may contact ${front.origin}`);
      await dialog(page).getByLabel('Address').fill(`${front.origin}/dicom-web`);
      await dialog(page).getByLabel('Sign-in').selectOption('bearer');
      await dialog(page).locator('input[name=token]').fill(token);
      await dialog(page).getByRole('button', { name: 'Connect' }).click();
      await search(page);
    };
    await page.goto(`${own.address}?backend=wasm`);
    await signIn('token-16');
    await expect(dialog(page).getByRole('alert')).toContainText(/token|sign|credentials/i);
    await dialog(page).getByRole('button', { name: 'Another server or sign-in' }).click();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await signIn('token-17');
    await expect(page.getByTestId('found-studies').locator('tbody tr')).toHaveCount(1);

    front.holdAfter(0);
    await openFound(page);
    await expect.poll(front.held).toBe(4);
    await dialog(page).getByRole('button', { name: 'Stop' }).click();
    await expect(dialog(page).getByRole('button', { name: 'Stop' })).toHaveCount(0);
    await expect(page.locator('[data-matrix]')).toHaveCount(0);
    front.release();
    front.holdAfter(1);
    await openFound(page);
    await expect(page.locator('[data-matrix]'), 'one is shown while the others come').toHaveCount(
      1,
    );
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.locator('.opening')).toBeVisible();
    front.release();
    await expect(page.locator('[data-matrix]')).toHaveCount(4);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(
      'token-17',
    );
    expect(elsewhere).toEqual([]);
    own.server.close();
    own.server.closeAllConnections();
    await front.close();
  });

  test('wrong password, a study that vanished, a server that stopped: each is said', async ({
    page,
  }) => {
    await start(page);
    await connect(page, 'wrong');
    await search(page);
    await expect(dialog(page).getByRole('alert')).toContainText(/password|credentials|sign/i);
    await page.screenshot({ path: join(ARTIFACTS, 'dicomweb-password.png') });

    await dialog(page).getByRole('button', { name: 'Another server or sign-in' }).click();
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await connect(page, orthanc.password);
    await search(page);
    await expect(page.getByTestId('found-studies').locator('tbody tr')).toHaveCount(1);
    const studies = (await (await orthanc.rest('/studies')).json()) as string[];
    for (const id of studies) await orthanc.rest(`/studies/${id}`, { method: 'DELETE' });
    await openFound(page);
    await expect(dialog(page).getByRole('alert')).toContainText('no longer on the server');
    await dialog(page).getByRole('button', { name: 'Close' }).click();

    await openDemo(page);
    await engineReady(page);
    await page.getByRole('button', { name: 'New lesion' }).click();
    await markPoints(page, viewOf(page, 'RCC'), [1509, 625], [1771, 874]);
    await likelihoodOf(page, 1, 1);
    await orthanc.stop();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Store the CAD SR on the server' }).click();
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await page.screenshot({ path: join(ARTIFACTS, 'dicomweb-stopped.png') });
    await expect(dialog(page).getByRole('alert')).toContainText('cannot be reached');
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await expect(page.getByTestId('lesion-1')).toBeVisible();
  });
});

test('a page that was started without a server contacts nobody', async ({ page, baseURL }) => {
  const strangers: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== new URL(baseURL ?? '').origin)
      strangers.push(request.url());
  });
  await page.goto('./?backend=wasm');
  await openDialog(page);
  await expect(dialog(page)).toContainText('may contact nothing but its own address');
  await dialog(page).getByLabel('Address').fill('http://127.0.0.1:9/dicom-web');
  await dialog(page).getByRole('button', { name: 'Connect' }).click();
  await search(page);
  await expect(dialog(page).getByRole('alert')).toBeVisible();
  await page.screenshot({ path: join(ARTIFACTS, 'dicomweb-none.png') });
  expect(strangers).toEqual([]);
});
