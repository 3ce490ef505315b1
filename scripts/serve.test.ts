import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PORT, serve, serveOptions } from './serve.mjs';
import { contentTypeOf, pathBelow } from './static-files.mjs';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-serve-')));
const folder = join(base, 'page');
const BIG = 8 * 1024 * 1024;

let server: Server;
let address: string;
let port: number;
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>page');
  writeFileSync(join(folder, 'assets/a.js'), 'code');
  writeFileSync(join(folder, 'big.bin'), Buffer.alloc(BIG));
  writeFileSync(join(folder, '.git/config'), 'secret');
  writeFileSync(join(base, 'secret.txt'), 'secret');
  mkdirSync(join(base, 'page-beside'));
  writeFileSync(join(base, 'page-beside/index.html'), 'secret');
  symlinkSync(join(base, 'secret.txt'), join(folder, 'link.txt'));
  symlinkSync(base, join(folder, 'linked'));
  symlinkSync(join(folder, 'index.html'), join(folder, 'inside.html'));
  ({ server, address } = await serve(folder, 0));
  ({ port: port } = { port: Number(new URL(address).port) });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(base, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

/** Sends bytes as they are and reads what comes until the server closes or `wait` ms are over. */
const raw = (bytes: string, wait = 500): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    setTimeout(() => socket.destroy(), wait);
  });

describe('files', () => {
  it('are served by their names, with the security headers', async () => {
    const page = await ask('/');
    expect([page.status, page.text]).toEqual([200, '<!doctype html>page']);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-embedder-policy': 'require-corp',
      'cache-control': 'no-cache',
    });
    expect((await ask('/assets/a.js')).headers['cache-control']).toContain('immutable');
    const head = await ask('/assets/a.js', {}, 'HEAD');
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '4']);
    expect((await ask('/inside.html')).text).toBe('<!doctype html>page');
  });

  it.each([
    '/link.txt',
    '/linked/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/../page-beside/index.html',
    '/.git/config',
    '/%2egit/config',
    '/a%00.js',
    '/%',
    '//secret.txt',
    '/assets',
    '/assets/',
    '/assets/a.js/',
    '/index.html:stream',
  ])('outside the folder, hidden or missing are not: %s', async (path) => {
    const { status, text } = await ask(path);
    expect([404, 400]).toContain(status);
    expect(text).not.toMatch(/secret|page/);
  });

  it('follows the same rules with the paths of Windows', () => {
    const page = 'D:\\Tandem CADx\\page';
    const share = '\\\\server\\share\\page';
    expect(pathBelow(page, '/assets/a%20b.js', win32)).toBe(`${page}\\assets\\a b.js`);
    expect(pathBelow(share, '/', win32)).toBe(`${share}\\index.html`);
    for (const path of [
      '/..\\secret',
      '/%5c%5cserver/share/x',
      '/C:/Windows/win.ini',
      '/C%3a/Windows/win.ini',
      '/index.html::$DATA',
      '/index.html.',
      '/index.html%20',
      '/CON',
      '/nul.txt',
      '/com1',
      '/assets/aux.js',
    ])
      expect(pathBelow(page, path, win32), path).toBeUndefined();
  });

  it('that are modules, WebAssembly and DICOM have the types that browsers demand', () => {
    expect(contentTypeOf('a.mjs')).toMatch(/^text\/javascript/);
    expect(contentTypeOf('A.WASM')).toBe('application/wasm');
    expect(contentTypeOf('a.unknown')).toBe('application/octet-stream');
  });
});

describe('the host name', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '0.0.0.0', '[::2]'])(
    'is this computer: "%s" is refused',
    async (host) => {
      const { status, text } = await ask('/dicomweb-config.json', { Host: host });
      expect(status).toBe(403);
      expect(text).not.toContain('proxy');
    },
  );

  it('must be named', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost:\r\n\r\n')).toMatch(/^HTTP\/1.1 403/);
    expect(await raw('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 403/);
  });

  it('may be any name and port of the loopback address, since a tunnel may lead here', async () => {
    for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]:80', 'LOCALHOST:9'])
      expect((await ask('/', { Host: host })).status, host).toBe(200);
  });
});

describe('no request ends the server', () => {
  /** Files and sockets that this process holds; undefined where the system does not tell. */
  const openFiles = () => {
    try {
      return readdirSync('/proc/self/fd').length;
    } catch {
      return undefined;
    }
  };
  const abort = () =>
    new Promise<void>((resolve) => {
      const sent = request({ host: '127.0.0.1', port, path: '/big.bin' }, (answer) => {
        answer.once('data', () => sent.destroy());
        answer.on('error', () => undefined);
        answer.on('close', resolve);
      });
      sent.on('error', () => undefined);
      sent.end();
    });

  it('or keeps a file open: downloads that are broken off', async () => {
    const before = openFiles();
    for (let i = 0; i < 60; i++) await abort();
    for (let i = 0; i < 50 && (openFiles() ?? 0) > (before ?? 0) + 5; i++) await sleep(100);
    if (before !== undefined) expect(openFiles()).toBeLessThanOrEqual(before + 5);
    expect((await ask('/')).status).toBe(200);
  });

  it.each([
    'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'CONNECT evil:443 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET // HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    '\x16\x03\x01\x02\x00\x01\x00',
  ])('%#', async (bytes) => {
    expect(await raw(bytes)).not.toMatch(/^HTTP\/1\.1 (101|5)/);
    expect((await ask('/')).status).toBe(200);
  });
});

describe('the address', () => {
  it('is one that no usual program takes and no system hands out by itself', () => {
    expect(DEFAULT_PORT).toBeGreaterThan(1024);
    expect(DEFAULT_PORT).toBeLessThan(32768);
    expect([3000, 4173, 5173, 8000, 8042, 8080]).not.toContain(DEFAULT_PORT);
  });

  it('moves on where the port is taken, and says from where', async () => {
    const second = await serve(folder, port);
    expect(second.address).not.toBe(address);
    expect(second.taken).toBe(address);
    second.server.close();
    const free = await serve(folder, 0);
    expect(free.taken).toBeUndefined();
    free.server.close();
  });

  it('is chosen by --port, else by PORT', () => {
    expect(serveOptions(['--port', '8123'], {}).port).toBe(8123);
    expect(serveOptions([], { PORT: '8124' }).port).toBe(8124);
    expect(serveOptions([], {}).port).toBe(DEFAULT_PORT);
    expect(serveOptions(['--port', '0'], {}).port).toBe(0);
    for (const wrong of ['x', '-1', '65536', '1.5', ''])
      expect(() => serveOptions([`--port=${wrong}`], {})).toThrow(/port/);
    expect(() => serveOptions(['--prot', '1'], {})).toThrow(/prot/);
  });
});
