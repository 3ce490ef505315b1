import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { builtPage, sourceKey } from './build-page.mjs';
import { serve } from './serve.mjs';
import { missingPackages, npmScripts } from './setup.mjs';
import { isServedAt, takenWords } from './start-page.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders: string[] = [];
const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-setup-'));
  folders.push(folder);
  return folder;
};
const put = (folder: string, path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

describe('a Node that is too old', () => {
  const runAs = (version: string) => {
    const fake = join(fresh(), 'fake.cjs');
    const versions = `{ ...process.versions, node: '${version}' }`;
    writeFileSync(fake, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
    const args = ['-r', fake, join(root, 'scripts/node-version.cjs')];
    return spawnSync(process.execPath, args, { encoding: 'utf8' });
  };

  it('is said in a sentence', () => {
    for (const version of ['10.24.1', '18.20.4', '20.18.9']) {
      const { status, stderr } = runAs(version);
      expect([status, stderr]).toEqual([
        1,
        `Tandem CADx needs Node.js 20.19 or newer; this is ${version}.\n`,
      ]);
    }
    for (const version of ['20.19.0', '22.0.0', '100.1.2'])
      expect(runAs(version)).toMatchObject({ status: 0, stderr: '' });
  });

  it('hears so before it reads what it cannot', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const started = Object.values(scripts).filter((line) => line.includes('node scripts/'));
    expect(started.length).toBeGreaterThan(3);
    for (const line of started)
      expect(line).toMatch(/^node scripts\/node-version\.cjs && node scripts\/[\w-]+\.mjs/);
    for (const name of ['start.sh', 'start.cmd'])
      expect(readFileSync(join(root, 'scripts/package', name), 'utf8')).toMatch(
        /"[$%]\w+%?" server[\\/]node-version\.cjs (&&|\|\|)[^]*server[\\/]package-start/,
      );
    const check = readFileSync(join(root, 'scripts/node-version.cjs'), 'utf8');
    expect(check, 'words of later years').not.toMatch(/\?\?|\?\.|\bimport\b|\bawait\b|require\(/);
  });
});

describe('npm', () => {
  it('is looked for beside Node, as its own script', () => {
    expect(npmScripts('C:\\Program Files\\nodejs\\node.exe', {}, win32)[0]).toBe(
      'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js',
    );
    expect(npmScripts('/opt/node/bin/node', {}, posix)).toContain(
      '/opt/node/lib/node_modules/npm/bin/npm-cli.js',
    );
  });

  it('is the one that started this, if it is npm', () => {
    const npm = 'D:\\npm\\bin\\npm-cli.js';
    expect(npmScripts('C:\\node.exe', { npm_execpath: npm }, win32)[0]).toBe(npm);
    const yarn = { npm_execpath: '/usr/lib/yarn.js' };
    expect(npmScripts('/usr/bin/node', yarn, posix)).not.toContain('/usr/lib/yarn.js');
  });

  it('is never started by its batch file, nor anything through a shell', () => {
    const files = ['scripts', 'bench', 'e2e', 'pipeline'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .map((path) => join(folder, String(path)))
        .filter((path) => /\.(mjs|ts)$/.test(path) && !/node_modules|\.test\.ts$/.test(path)),
    );
    expect(files).toContain(join('bench', 'run.ts'));
    for (const path of files)
      expect(readFileSync(join(root, path), 'utf8'), path).not.toMatch(
        /npm\.cmd|shell: true|(spawn|exec|execFile)(Sync)?\('(npm|npx)/,
      );
  });
});

describe('what is installed', () => {
  const lock = (packages: Record<string, object>) =>
    JSON.stringify({ packages: { '': {}, ...packages } });
  const other = process.platform === 'win32' ? 'linux' : 'win32';

  it('is accepted whoever put it there, in the pinned versions', () => {
    const folder = fresh();
    put(
      folder,
      'package-lock.json',
      lock({
        'node_modules/a': { version: '1.0.0' },
        'node_modules/a/node_modules/b': { version: '2.0.0' },
        'node_modules/for-others': { version: '1.0.0', optional: true, os: [other] },
        'node_modules/for-here': { version: '1.0.0', optional: true, os: [process.platform] },
        'node_modules/fallback': { version: '1.0.0', optional: true },
      }),
    );
    const all = ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/for-here'];
    expect(missingPackages(folder)).toEqual(all);
    put(folder, 'node_modules/a/package.json', '{"version":"1.0.0"}');
    put(folder, 'node_modules/a/node_modules/b/package.json', '{"version":"1.9.9"}');
    put(folder, 'node_modules/for-here/package.json', 'not JSON');
    expect(missingPackages(folder)).toEqual(all.slice(1));
  });

  it('is whole here', () => {
    expect(missingPackages(root)).toEqual([]);
  });
});

describe('the page of npm start', () => {
  const project = () => {
    const folder = fresh();
    put(folder, 'src/app/main.ts', 'code');
    put(folder, 'src/app/main.test.ts', 'test');
    put(folder, 'public/models/a/manifest.json', '{}');
    put(folder, 'index.html', '<!doctype html>');
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    let built = 0;
    const build = (to: string) => {
      built++;
      put(to, 'index.html', `build ${built}`);
      return 0;
    };
    return { folder, build, count: () => built };
  };

  it('is built once for what it is made of', () => {
    const { folder, build, count } = project();
    const first = builtPage(folder, build);
    expect(builtPage(folder, build)).toBe(first);
    put(folder, 'src/app/main.test.ts', 'another test');
    put(folder, 'docs/a.md', 'text');
    expect(builtPage(folder, build)).toBe(first);
    expect(count()).toBe(1);
    put(folder, 'public/models/a/manifest.json', '{ }');
    expect(builtPage(folder, build)).not.toBe(first);
    expect(count()).toBe(2);
  });

  it('is never built into the folder that is being served', () => {
    const { folder, build } = project();
    const first = builtPage(folder, build) ?? '';
    put(folder, 'src/app/main.ts', 'other code');
    const second = builtPage(folder, build);
    expect(second).not.toBe(first);
    // This process serves it: it stays as it was.
    expect(readFileSync(join(first, 'index.html'), 'utf8')).toBe('build 1');
  });

  it('goes when nobody serves it any more', () => {
    const { folder, build } = project();
    const first = builtPage(folder, build) ?? '';
    rmSync(`${first}.served`, { recursive: true });
    put(`${first}.served`, '2147483646', '');
    put(folder, 'src/app/main.ts', 'other code');
    builtPage(folder, build);
    expect(existsSync(first)).toBe(false);
  });

  it('is not there after a build that failed', () => {
    const { folder, build } = project();
    expect(builtPage(folder, () => 1)).toBeUndefined();
    expect(readFileSync(join(builtPage(folder, build) ?? '', 'index.html'), 'utf8')).toBe(
      'build 1',
    );
  });

  it('says where it may not be built, and is served where it was', () => {
    const { folder, build } = project();
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const pages = join(folder, '.cache', 'page');
    // A file in its place keeps root, too, from making a folder.
    put(folder, '.cache/page', '');
    expect(builtPage(folder, build)).toBeUndefined();
    expect(said.mock.calls.flat().join()).toMatch(/page cannot be built in .*page.*may write/);
    rmSync(pages);
    const first = builtPage(folder, build) ?? '';
    rmSync(`${first}.served`, { recursive: true });
    writeFileSync(`${first}.served`, '');
    expect(builtPage(folder, build)).toBe(first);
  });

  it('leaves nothing of a build that was broken off', () => {
    const { folder, build } = project();
    const pages = join(folder, '.cache', 'page');
    const part = (key: string, pid: number) => `${key}.part-${pid}`;
    const key = sourceKey(folder);
    for (const name of [part(key, 2147483646), part('another', process.ppid)])
      put(pages, `${name}/index.html`, '');
    builtPage(folder, build);
    expect(readdirSync(pages).sort()).toEqual(
      [key, `${key}.served`, part('another', process.ppid)].sort(),
    );
  });

  it('has the same name wherever it lies', () => {
    expect(sourceKey(project().folder)).toBe(sourceKey(project().folder));
  });
});

describe('a second start', () => {
  it('knows the same page with the same options, and nothing else', async () => {
    const folder = fresh();
    put(folder, 'index.html', 'page');
    const { server, address } = await serve(folder, 0);
    expect(await isServedAt(address, folder, {})).toBe(true);
    expect(await isServedAt(address, folder, { connect: 'http://pacs:8042' })).toBe(false);
    put(folder, 'index.html', 'page of another build');
    const other = fresh();
    put(other, 'index.html', 'page');
    expect(await isServedAt(address, other, {})).toBe(false);
    server.close();
    server.closeAllConnections();
    expect(await isServedAt(address, folder, {})).toBe(false);
  });

  it('says to which address the marks belong', () => {
    const words = takenWords('http://localhost:1/', 'http://localhost:2/');
    expect(words).toMatch(/http:\/\/localhost:1\/.*Marks.*belong to that address/);
    expect(words).toContain('--port');
  });

  it.skipIf(process.platform === 'win32')('sees who listens at ::1 only', async (context) => {
    const other = createServer();
    const port = await new Promise<number | undefined>((resolve) => {
      other.once('error', () => resolve(undefined));
      other.listen(0, '::1', () => resolve((other.address() as { port: number }).port));
    });
    if (port === undefined) return context.skip();
    const folder = fresh();
    put(folder, 'index.html', 'page');
    const { server, taken } = await serve(folder, port);
    expect(taken).toBe(`http://localhost:${port}/`);
    server.close();
    other.close();
  });
});

describe('start.cmd', () => {
  const code = readFileSync(join(root, 'scripts/package/start.cmd'), 'utf8');
  it('works in a folder on a network share, which cmd cannot change to', () => {
    expect(code).toMatch(/^pushd "%~dp0"/m);
    expect(code).not.toMatch(/^cd /m);
    // One for each way out but the one where pushd itself failed.
    expect(code.match(/^popd/gm)).toHaveLength(2);
  });
});
