import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { findNginx } from '../scripts/debian.mjs';
import { headersOf } from '../scripts/headers.mjs';
import { findOrthanc, startOrthanc, type Orthanc } from '../scripts/orthanc.mjs';
import { dragPoints, engineReady, likelihoodOf, storedLesions, viewOf } from './page.ts';
import { freePort } from '../scripts/free-port.mjs';

const root = join(import.meta.dirname, '..');
const guide = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
const nginx = findNginx();
const block = (language: string, nth = 0) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))][nth]?.[1] ?? '';
const replaced = (text: string, ...pairs: [string | RegExp, string][]) =>
  pairs.reduce((all, [from, to]) => {
    expect(all, 'docs/deploy.md still says it').toMatch(from);
    return all.replace(from, () => to);
  }, text);

let scratch: string;
let orthanc: Orthanc | undefined;
let child: ChildProcess | undefined;
test.beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tandem-deploy-'));
  cpSync(join(root, 'dist'), join(scratch, 'page'), { recursive: true });
});
test.afterEach(async () => {
  child?.kill('SIGTERM');
  child = undefined;
  await orthanc?.stop();
  orthanc = undefined;
  rmSync(scratch, { recursive: true, force: true });
});

/** A private nginx with this inside `http`; resolves when it answers at the port. */
const startNginx = async (inside: string, port: number) => {
  mkdirSync(join(scratch, 'temp'));
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(scratch, 'temp', name)};`)
    .join('\n');
  const config = join(scratch, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${scratch}/pid; error_log stderr;
     events {} http { access_log off; ${temp}\n${inside} }`,
  );
  child = spawn(nginx ?? '', ['-p', scratch, '-c', config, '-e', 'stderr']);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  for (let i = 0; i < 100; i++) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) return;
    await sleep(100);
  }
  throw new Error(`nginx does not answer: ${said}`);
};

/** How fast it is does not matter here, and each test copies and serves the whole page. */
const SLOW = 240_000;
test.setTimeout(4 * SLOW);

const openDemo = async (page: Page) => {
  await page.getByRole('button', { name: /demo case/ }).click({ timeout: SLOW });
  await expect(page.locator('[data-matrix]')).toHaveCount(4, { timeout: SLOW });
};

const markAndScore = async (page: Page) => {
  await openDemo(page);
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  await dragPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
  const { value } = await likelihoodOf(page, 1, 1);
  expect(value).toBeGreaterThan(0);
};

const isReadyOffline = (page: Page) =>
  expect(page.locator('html')).toHaveAttribute('data-offline', 'ready', { timeout: SLOW });

const findOnServer = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Open from a server' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(name);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByTestId('found-studies').locator('tbody tr')).toHaveCount(1);
};

const putDemo = async (server: Orthanc) => {
  const bytes = readFileSync(join(root, 'public/demo/demo-1-RCC.dcm'));
  const sent = await server.rest('/instances', { method: 'POST', body: new Uint8Array(bytes) });
  expect(sent.ok).toBe(true);
};

test.describe('nginx', () => {
  test.skip(!nginx, 'Debian’s nginx is not here');
  test.use({ serviceWorkers: 'allow' });

  test('under a path, with a login before page and archive', async ({ page, context }) => {
    test.skip(!findOrthanc(), 'Orthanc is not here');
    orthanc = await startOrthanc();
    await putDemo(orthanc);
    const [{ MainDicomTags }] = (await (await orthanc.rest('/studies?expand')).json()) as [
      { MainDicomTags: { StudyInstanceUID: string } },
    ];
    const study = MainDicomTags.StudyInstanceUID;
    const port = await freePort();
    const basic = Buffer.from(`${orthanc.user}:${orthanc.password}`).toString('base64');
    const config = replaced(
      block('nginx'),
      ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
      // A login by cookie instead of a password file: the harder case for what the page asks.
      [/auth_basic "Tandem CADx";/, 'if ($cookie_session != "let-me-in") { return 401; }'],
      [/auth_basic_user_file [^;]+;/, ''],
      ['alias /srv/tandem/page/;', `alias ${scratch}/page/;`],
      ['http://127.0.0.1:8042', orthanc.address],
      ['BASE64_OF_USER:PASSWORD', basic],
    );
    await startNginx(config, port);
    const origin = `http://localhost:${port}`;
    const ask = (path: string, cookie = 'session=let-me-in') =>
      fetch(`${origin}${path}`, { headers: { cookie } });

    for (const path of ['/tandem/', '/tandem/dicomweb/studies', '/tandem/dicomweb-config.json'])
      expect((await ask(path, 'session=guess')).status, path).toBe(401);
    const html = await (await ask('/tandem/')).text();
    const entry = /assets\/index-[\w-]+\.js/.exec(html)?.[0] ?? '';
    for (const path of ['', 'index.html', entry]) {
      const { headers, status } = await ask(`/tandem/${path}`);
      expect(status).toBe(200);
      for (const [name, value] of Object.entries(headersOf(path || 'index.html')))
        expect(headers.get(name), `${name} of ${path}`).toBe(value);
    }
    expect((await ask(`/tandem/${entry}`)).headers.get('content-encoding')).toBe('gzip');
    const studies = await ask('/tandem/dicomweb/studies');
    expect(studies.headers.get('content-security-policy')).toContain('sandbox');

    await test.step('the archive can be searched and stored to, from the page, and no more', async () => {
      const answer = async (method: string, path: string, headers = {}) => {
        const sent = { cookie: 'session=let-me-in', ...headers };
        const body = method === 'PUT' || method === 'POST' ? '{}' : null;
        const url = `${origin}/tandem/dicomweb/${path}`;
        return (await fetch(url, { method, headers: sent, body })).status;
      };
      const evil = JSON.stringify({ Url: 'http://evil.example/' });
      await orthanc?.rest('/dicom-web/servers/evil', { method: 'PUT', body: evil });
      expect(await answer('PUT', 'servers/other')).toBe(405);
      expect(await answer('POST', 'servers/evil/stow')).toBe(404);
      expect(await answer('GET', 'studies/%2e%2e/servers')).toBe(404);
      expect(await (await orthanc?.rest('/dicom-web/servers'))?.json()).toEqual(['evil']);
      for (const method of ['DELETE', 'PUT', 'PATCH'])
        expect(await answer(method, `studies/${study}`), method).toBe(403);
      expect(await answer('POST', 'studies'), 'reaches Orthanc').toBe(415);
      for (const site of ['same-origin', 'none'])
        expect(await answer('GET', 'studies', { 'sec-fetch-site': site }), site).toBe(200);
      expect(await answer('GET', 'studies', { origin })).toBe(200);
      for (const site of ['cross-site', 'same-site'])
        expect(await answer('GET', 'studies', { 'sec-fetch-site': site }), site).toBe(403);
      for (const from of ['http://evil.example', 'null', `${origin}0`])
        expect(await answer('POST', 'studies', { origin: from }), from).toBe(403);
    });

    await context.addCookies([{ name: 'session', value: 'let-me-in', url: origin }]);
    await page.goto(`${origin}/tandem/?backend=wasm`);
    await isReadyOffline(page);
    await findOnServer(page, 'Orthanc');
    await page.keyboard.press('Escape');
    await markAndScore(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);

    await test.step('a session that ends takes no mark with it, and goes on after the login', async () => {
      await context.clearCookies();
      await page.getByRole('button', { name: 'Open from a server' }).click();
      const dialog = page.getByRole('dialog');
      const search = dialog.getByRole('button', { name: 'Search', exact: true });
      await search.click();
      await expect(dialog.getByRole('alert')).toContainText('(401)');
      expect(await storedLesions(page)).toHaveLength(1);
      await context.addCookies([{ name: 'session', value: 'let-me-in', url: origin }]);
      await search.click();
      await expect(page.getByTestId('found-studies').locator('tbody tr')).toHaveCount(1);
      await page.keyboard.press('Escape');
      expect((await likelihoodOf(page, 1, 1)).value).toBeGreaterThan(0);
    });

    await test.step('a launch opens its study behind the login, and the marks are there', async () => {
      await page.goto(`${origin}/tandem/?backend=wasm&studyUID=${study}`);
      await expect(page.locator('[data-matrix]')).toHaveCount(1);
      expect(page.url()).not.toContain(study);
      await expect(page.getByTestId('lesion-1').locator('.marked')).toHaveCount(1);
    });

    await test.step('a launch after the session has ended asks for the login, and then opens', async () => {
      await context.clearCookies();
      await page.goto(`${origin}/tandem/?backend=wasm&studyUID=${study}`);
      const notice = page.locator('.notices li', { hasText: 'asks for a sign-in' });
      const [login] = await Promise.all([
        context.waitForEvent('page'),
        notice.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      await expect(login.locator('body'), 'the server answers, not the store').toContainText('401');
      await login.close();
      await context.addCookies([{ name: 'session', value: 'let-me-in', url: origin }]);
      await page.evaluate(() => dispatchEvent(new Event('focus')));
      await expect(page.locator('[data-matrix]')).toHaveCount(1);
      await expect(notice).toHaveCount(0);
    });
  });

  test('on plain http of a hospital: looking and marking work, and the page says what does not', async ({
    playwright,
    launchOptions,
  }) => {
    const port = await freePort();
    await startNginx(
      `include /etc/nginx/mime.types; server { listen 127.0.0.1:${port}; root ${scratch}/page; }`,
      port,
    );
    const browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP tandem.test 127.0.0.1'],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
      await page.goto(`http://tandem.test:${port}/?backend=wasm`);
      expect(await page.evaluate(() => isSecureContext)).toBe(false);
      await expect(page.locator('.notices')).toContainText('need HTTPS');
      await expect(page.locator('html')).toHaveAttribute('data-offline', 'unavailable');
      await openDemo(page);
      await page.getByRole('button', { name: 'New lesion' }).click();
      await dragPoints(page, viewOf(page, 'RCC'), [1000, 700], [1300, 1000]);
      await expect.poll(async () => (await storedLesions(page)).length).toBe(1);
      await expect(page.locator('.engine')).toContainText('HTTPS');
      await page.screenshot({ path: 'e2e/artifacts/plain-http.png' });
    } finally {
      await browser.close();
    }
  });

  test('without COOP and COEP it scores all the same', async ({ page }) => {
    const port = await freePort();
    await startNginx(
      `include /etc/nginx/mime.types; server { listen 127.0.0.1:${port}; root ${scratch}/page; }`,
      port,
    );
    await page.goto(`http://localhost:${port}/?backend=wasm`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await markAndScore(page);
  });
});

test.describe('Orthanc', () => {
  test.skip(!findOrthanc(), 'Orthanc is not here');
  test.use({ serviceWorkers: 'allow' });

  test('serves the page by ServeFolders, offline included, beside its own DICOMweb', async ({
    page,
  }) => {
    const settings = JSON.parse(
      replaced(block('json'), ['/srv/tandem/page', join(scratch, 'page')]),
    ) as Record<string, unknown>;
    writeFileSync(join(scratch, 'page/dicomweb-config.json'), block('json', 1));
    orthanc = await startOrthanc({ settings: { ...settings, AuthenticationEnabled: false } });
    await putDemo(orthanc);
    const origin = orthanc.address.replace('127.0.0.1', 'localhost');
    expect((await fetch(`${origin}/tandem/`)).status, 'it knows no folders').toBe(404);
    await page.goto(`${origin}/tandem/index.html?backend=wasm`);
    await isReadyOffline(page);
    await findOnServer(page, 'this Orthanc');
    await page.keyboard.press('Escape');
    await markAndScore(page);
    await orthanc.stop();
    await page.reload();
    await expect(page.getByRole('button', { name: /demo case/ })).toBeVisible();
  });
});
