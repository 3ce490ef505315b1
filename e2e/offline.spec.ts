import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { stampServiceWorker } from '../scripts/offline-files.mjs';
import { serve } from '../scripts/serve.mjs';
import {
  markPoints,
  engineReady,
  expect,
  likelihoodOf,
  openDemo,
  storedLesions,
  test as base,
  viewOf,
} from './page.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Site {
  /** A copy of the built page, which a test may change. */
  readonly folder: string;
  readonly address: string;
  /** No answer from now on, and open connections are cut. */
  readonly stop: () => void;
}

const closeServer = (server: Server) => {
  server.close();
  server.closeAllConnections();
};

/** Every test has a server of its own to cut off or to update. */
const test = base.extend<{ site: Site }>({
  site: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-page-'));
    cpSync(join(root, 'dist'), folder, { recursive: true });
    const { server, address } = await serve(folder, 0);
    await use({ folder, address, stop: () => closeServer(server) });
    closeServer(server);
    rmSync(folder, { recursive: true, force: true });
  },
  baseURL: async ({ site }, use) => use(site.address),
});
// Routes of a page do not see what its service worker answers, so these tests cut the server itself.
test.use({ serviceWorkers: 'allow' });

const offlinePhase = (page: Page, phase: string) =>
  expect(page.locator('html')).toHaveAttribute('data-offline', phase, { timeout: 120_000 });

const cachedPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('tandem-app'));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname.slice(1));
  });

const markOn = async (page: Page, view: string) => {
  await page.getByRole('button', { name: 'New lesion' }).click();
  await markPoints(page, viewOf(page, view), [1000, 700], [1300, 1000]);
};

const cut = async (context: BrowserContext, site: Site) => {
  await context.setOffline(true);
  site.stop();
};

test('after one visit everything works with the network cut', async ({ page, context, site }) => {
  await page.goto('./?backend=wasm');
  await offlinePhase(page, 'ready');
  await expect(page.locator('.offline-notice')).toContainText('works without a network');
  const stored = new Set(await cachedPaths(page));
  const served = readdirSync(site.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'service-worker.js')
    .map((entry) => relative(site.folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .map((path) => (path === 'index.html' ? '' : path));
  expect(served.filter((path) => !stored.has(path))).toEqual([]);

  await cut(context, site);
  await page.reload();
  await expect(page.getByRole('button', { name: /demo case/ })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await openDemo(page);
  await engineReady(page);
  await markOn(page, 'RCC');
  const { value, backend } = await likelihoodOf(page, 1, 1);
  expect(backend).toBe('wasm');
  expect(value).toBeGreaterThan(0);
  expect(value).toBeLessThan(1);
  await expect.poll(async () => (await storedLesions(page)).length).toBe(1);

  // A window of its own, at the address with index.html, as an installed page may start.
  const another = await context.newPage();
  await another.goto('./index.html');
  await expect(another.getByRole('button', { name: /demo case/ })).toBeVisible();
  await offlinePhase(another, 'ready');
});

test('the pictures in a second window are dressed like the page with the network cut', async ({
  page,
  context,
  site,
}) => {
  await page.goto('./?backend=wasm');
  await offlinePhase(page, 'ready');
  await cut(context, site);
  const client = await context.newCDPSession(page);
  // What is left is what the service worker keeps, as on another day.
  await client.send('Network.clearBrowserCache');
  await page.reload();
  await openDemo(page);
  const [second] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('F8')]);
  await expect(second.getByText('for looking, not for reading')).toBeHidden();
  await expect(second.locator('.viewer-cells')).toHaveCSS('display', 'grid');
});

test('answers from the cache carry the policies of the server', async ({ page, context, site }) => {
  await page.goto('./');
  await offlinePhase(page, 'ready');
  await cut(context, site);
  await page.reload();
  const worker = (await cachedPaths(page)).find((path) => path.includes('inference-worker'));
  const policies = await page.evaluate(
    (paths) =>
      Promise.all(
        paths.map(async (path) => {
          const { headers } = await fetch(path);
          return {
            embedder: headers.get('Cross-Origin-Embedder-Policy'),
            opener: headers.get('Cross-Origin-Opener-Policy'),
            content: headers.get('Content-Security-Policy') ?? '',
          };
        }),
      ),
    ['./', `./${worker}`],
  );
  expect(policies[0]?.content).toContain("script-src 'self';");
  expect(policies[1]?.content).toContain("script-src 'self' 'wasm-unsafe-eval';");
  for (const { embedder, opener, content } of policies) {
    expect([embedder, opener]).toEqual(['require-corp', 'same-origin']);
    expect(content).toContain("require-trusted-types-for 'script'");
  }
});

/** Another version in the same folder: renamed entry script, another title, one file fewer. */
const makeVersionTwo = ({ folder }: Site) => {
  const page = join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const entry = /assets\/(index-[\w-]+)\.js/.exec(html)?.[1] ?? '';
  // Nothing imports the entry by name but the page and its lazy chunks.
  const assets = join(folder, 'assets');
  renameSync(join(assets, `${entry}.js`), join(assets, 'index-VERSION2.js'));
  for (const name of readdirSync(assets).filter((file) => file.endsWith('.js'))) {
    const code = readFileSync(join(assets, name), 'utf8');
    if (code.includes(`${entry}.js`))
      writeFileSync(join(assets, name), code.replaceAll(`${entry}.js`, 'index-VERSION2.js'));
  }
  writeFileSync(
    page,
    html
      .replaceAll(`${entry}.js`, 'index-VERSION2.js')
      .replace(/<title>.*<\/title>/, '<title>Version 2</title>'),
  );
  rmSync(join(folder, 'icons/icon-512.png'), { force: true });
  stampServiceWorker(folder);
};

const appCaches = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('tandem-app')));

test('a new version waits for the reader, begins whole, and keeps the marks', async ({
  page,
  context,
  site,
}) => {
  await page.goto('./?backend=wasm');
  await offlinePhase(page, 'ready');
  await openDemo(page);
  await markOn(page, 'RCC');
  await expect.poll(async () => (await storedLesions(page)).length).toBe(1);
  const [marked] = await storedLesions(page);

  makeVersionTwo(site);
  const before = await appCaches(page);
  await page.reload();
  await offlinePhase(page, 'update');
  await expect(page).toHaveTitle('Tandem CADx');
  const notice = page.locator('.offline-notice');
  await expect(notice).toContainText('A new version is ready');
  await page.screenshot({ path: 'e2e/artifacts/offline-update.png' });

  // While another window shows the old version, the new one does not begin.
  const other = await context.newPage();
  await other.goto('./');
  await expect(other).toHaveTitle('Tandem CADx');
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(notice).toContainText('once the other windows of this page are closed');
  await expect(page).toHaveTitle('Tandem CADx');
  await other.close();

  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle('Version 2');
  await offlinePhase(page, 'ready');
  await expect(page.locator('.offline-notice')).toHaveCount(0);
  const after = await appCaches(page);
  expect(after).toHaveLength(1);
  expect(before).not.toContain(after[0]);
  const paths = await cachedPaths(page);
  expect(paths).toContain('assets/index-VERSION2.js');
  expect(paths).not.toContain('icons/icon-512.png');

  await cut(context, site);
  await page.reload();
  await expect(page).toHaveTitle('Version 2');
  await openDemo(page);
  await expect(page.getByTestId('lesion-1').locator('.marked')).toHaveText([/RCC/]);
  expect(await storedLesions(page)).toEqual([marked]);
});

test('a version that is only half there does not begin', async ({ page, site }) => {
  await page.goto('./');
  await offlinePhase(page, 'ready');
  makeVersionTwo(site);
  rmSync(join(site.folder, 'demo'), { recursive: true });
  await page.reload();
  await expect(page.locator('.offline-notice')).toContainText('newer version could not be stored');
  await expect(page.locator('.offline-notice')).toContainText('demo/index.json');
  await offlinePhase(page, 'ready');
  await page.reload();
  await expect(page).toHaveTitle('Tandem CADx');
  await openDemo(page);
});

test('where not every file can be had, the page says so and works on', async ({ page, site }) => {
  rmSync(join(site.folder, 'icons/icon-512.png'));
  await page.goto('./?backend=wasm');
  await offlinePhase(page, 'failed');
  await expect(page.locator('.offline-notice')).toContainText('icon-512.png');
  await openDemo(page);
  await engineReady(page);
});

test('the page is installable', async ({ page }) => {
  await page.goto('./');
  await offlinePhase(page, 'ready');
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(
    installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
  ).toEqual([]);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect((JSON.parse(data ?? '{}') as { start_url: string }).start_url).toBe('./');
});

test('the packaged folder starts by itself, wherever it lies', async () => {
  test.skip(process.platform === 'win32', 'start.cmd is run by hand');
  const folder = mkdtempSync(join(tmpdir(), 'tandem package '));
  const made = spawnSync(
    process.execPath,
    ['scripts/package.mjs', '--page', 'dist', '--out', folder],
    { cwd: root, encoding: 'utf8' },
  );
  expect([made.stderr, made.status]).toEqual(['', 0]);
  const started = spawn(join(folder, 'start.sh'), {
    cwd: tmpdir(),
    env: { ...process.env, PORT: '0', TANDEM_NO_BROWSER: '1' },
  });
  try {
    const address = await new Promise<string>((found) =>
      started.stdout.on('data', (text: Buffer) => {
        const url = /http:\S+/.exec(String(text))?.[0];
        if (url) found(url);
      }),
    );
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Tandem CADx');
    expect(response.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    const worker = await fetch(new URL('service-worker.js', address));
    expect(worker.headers.get('Cache-Control')).toBe('no-cache');
  } finally {
    started.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
