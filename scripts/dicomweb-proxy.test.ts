import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import {
  createServer as createNetServer,
  type AddressInfo,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseUpstream, upstreamTarget } from './dicomweb-proxy.mjs';
import { createHeadersOf, headersOf, parseConnectOrigin } from './headers.mjs';
import { serve } from './serve.mjs';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}
interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-proxy-'));
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
const closing: Server[] = [];
const rawServers: NetServer[] = [];
const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] =
  [];

const startUpstream = (): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer((incoming, response) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        seen.push({ method, url, headers, body });
        if (url.includes('break')) {
          response.writeHead(200, { 'Content-Length': '100' });
          return response.write('half', () => response.destroy());
        }
        response.writeHead(url.includes('moved') ? 302 : 200, {
          'Content-Type': url.includes('script') ? 'text/javascript' : 'application/dicom+json',
          'Set-Cookie': 'a=b',
          'WWW-Authenticate': 'Basic',
          Location: 'http://elsewhere.example/',
          Warning: '299 x: more',
          'Retry-After': '2',
        });
        return response.end('[]');
      });
    });
    closing.push(server);
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base/rs/`),
    );
  });

/** Sends the target as it is written, which fetch would tidy first. */
const ask = (page: string, target: string, asked: Asked = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(page);
    const { method = 'GET', headers = {} } = asked;
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: target,
        method,
        headers: { Host: `localhost:${port}`, ...headers },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(asked.body);
  });

let page: string;
let upstream: string;
const start = async (options: Parameters<typeof serve>[2]): Promise<string> => {
  const { server, address } = await serve(folder, 0, options);
  closing.push(server);
  return address;
};
beforeAll(async () => {
  upstream = await startUpstream();
  page = await start({ dicomweb: upstream });
});
afterAll(() => {
  for (const server of closing) {
    server.close();
    server.closeAllConnections();
  }
  for (const server of rawServers) server.close();
  rmSync(folder, { recursive: true });
});

describe('the proxy', () => {
  it('passes on path, query, body and credentials, and no cookie', async () => {
    const { status, text } = await ask(page, '/dicomweb/studies?PatientName=*d%C3%BC*&limit=2', {
      method: 'POST',
      headers: {
        Authorization: 'Basic eA==',
        Accept: 'application/dicom+json',
        'Content-Type': 'multipart/related; boundary=x',
        Cookie: 'c=d',
        'X-Forwarded-For': '1.2.3.4',
        Connection: 'close, X-Hop',
        'X-Hop': 'y',
        TE: 'trailers',
      },
      body: 'hello',
    });
    expect([status, text]).toEqual([200, '[]']);
    const last = seen.at(-1);
    expect(last).toMatchObject({
      method: 'POST',
      url: '/base/rs/studies?PatientName=*d%C3%BC*&limit=2',
      body: 'hello',
    });
    expect(last?.headers).toMatchObject({
      authorization: 'Basic eA==',
      accept: 'application/dicom+json',
      'content-type': 'multipart/related; boundary=x',
      host: new URL(upstream).host,
    });
    for (const name of ['cookie', 'x-forwarded-for', 'x-hop', 'te', 'origin', 'referer'])
      expect(last?.headers).not.toHaveProperty(name);
  });

  it('lets nothing back that the browser would keep, follow or run', async () => {
    const { headers } = await ask(page, '/dicomweb/studies');
    for (const name of ['set-cookie', 'location', 'www-authenticate'])
      expect(headers).not.toHaveProperty(name);
    expect(headers).toMatchObject({
      'content-type': 'application/dicom+json',
      warning: '299 x: more',
      'retry-after': '2',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
    });
    const script = await ask(page, '/dicomweb/studies?script');
    expect(script.headers['content-type']).toBe('application/octet-stream');
    const moved = await ask(page, '/dicomweb/studies?moved');
    expect([moved.status, moved.headers.location]).toEqual([302, undefined]);
  });

  it.each([
    '/dicomweb/',
    '/dicomweb/../index.html',
    '/dicomweb/studies/../../instances',
    '/dicomweb/studies/%2e%2e/%2e%2e/system',
    '/dicomweb/studies/..%2f..',
    '/dicomweb/studies//x',
    '/dicomweb//evil.example/studies',
    '/dicomweb/http://evil.example/studies',
    '/dicomweb/@evil.example',
    '/dicomweb/studies/\\evil',
    '/dicomweb/system',
    '/dicomweb/studies/1.2#x',
  ])('refuses %s', async (target) => {
    const before = seen.length;
    expect(await ask(page, target)).toMatchObject({
      status: 404,
      headers: { 'x-tandem-proxy': 'refused' },
    });
    expect(seen).toHaveLength(before);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'HEAD', 'TRACE'])('refuses %s', async (method) => {
    const before = seen.length;
    expect((await ask(page, '/dicomweb/studies', { method })).status).toBe(405);
    expect(seen).toHaveLength(before);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['another site', { Origin: 'http://evil.example' }],
    ['a site in a sandbox', { Origin: 'null' }],
    ['a site that sends no origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this computer', { 'Sec-Fetch-Site': 'same-site' }],
    ['a name that points here', { Host: 'evil.example' }],
  ])('does not serve %s', async (_, headers) => {
    const before = seen.length;
    for (const method of ['GET', 'POST', 'OPTIONS'])
      expect((await ask(page, '/dicomweb/studies', { method, headers })).status).toBe(403);
    expect(seen).toHaveLength(before);
  });

  it('breaks off where the server breaks off', async () => {
    await expect(ask(page, '/dicomweb/studies?break')).rejects.toThrow();
  });

  /** A server that answers every connection with these bytes, then perhaps with more. */
  const rawUpstream = (
    bytes: string,
    more: (socket: Socket) => void = () => undefined,
  ): Promise<string> =>
    new Promise((resolve) => {
      const server = createNetServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          socket.write(bytes, 'latin1');
          more(socket);
        });
      });
      rawServers.push(server);
      server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
      );
    });

  it.each([
    ['status 000', 'HTTP/1.1 000 Nothing\r\nContent-Length: 2\r\n\r\n[]'],
    ['status 099', 'HTTP/1.1 099 Low\r\nContent-Length: 2\r\n\r\n[]'],
    ['status 600', 'HTTP/1.1 600 High\r\nContent-Length: 2\r\n\r\n[]'],
    ['status 999', 'HTTP/1.1 999 High\r\nContent-Length: 2\r\n\r\n[]'],
    ['an upgrade', 'HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['101 without an upgrade', 'HTTP/1.1 101 Go\r\n\r\n'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a header that breaks the rules', 'HTTP/1.1 200 OK\r\nWarning: a\0b\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ])('answers 502 to %s and goes on', async (_, bytes) => {
    const odd = await start({
      dicomweb: await rawUpstream(bytes),
      patienceMs: 2000,
      deadlineMs: 4000,
    });
    expect(await ask(odd, '/dicomweb/studies')).toMatchObject({
      status: 502,
      headers: { 'x-tandem-proxy': 'unreachable' },
    });
    expect((await ask(odd, '/')).status).toBe(200);
  });

  it('ends what never ends: silence, a slow head, a slow body, endless hints', async () => {
    const drip = (text: string) => (socket: Socket) => {
      const timer = setInterval(() => socket.write(text), 50);
      socket.on('close', () => clearInterval(timer));
    };
    const limits = { patienceMs: 400, deadlineMs: 800 };
    for (const dicomweb of [
      await rawUpstream(''),
      await rawUpstream('HTTP/1.1 200 OK\r\nX-A: ', drip('a')),
      await rawUpstream('', drip('HTTP/1.1 103 Early Hints\r\n\r\n')),
    ])
      expect(await ask(await start({ dicomweb, ...limits }), '/dicomweb/studies')).toMatchObject({
        status: 504,
        headers: { 'x-tandem-proxy': 'timeout' },
      });
    const body = await rawUpstream('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n', drip('a'));
    const slow = await start({ dicomweb: body, ...limits });
    await expect(ask(slow, '/dicomweb/studies')).rejects.toThrow();
    expect((await ask(slow, '/')).status).toBe(200);
  });

  it('lets go of the server when the page gives up', async () => {
    let open = 0;
    const slow = await rawUpstream('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na', (socket) => {
      open++;
      socket.on('close', () => open--);
    });
    const { port } = new URL(await start({ dicomweb: slow }));
    for (let i = 0; i < 20; i++)
      await new Promise<void>((resolve) => {
        const sent = request({ host: '127.0.0.1', port, path: '/dicomweb/studies' }, (answer) => {
          answer.on('error', () => undefined);
          answer.once('data', () => sent.destroy());
          answer.on('close', resolve);
        });
        sent.on('error', () => undefined);
        sent.end();
      });
    await expect.poll(() => open).toBe(0);
  });

  it('answers 502 with a sentence where the server is down', async () => {
    const gone = createServer();
    const port = await new Promise<number>((resolve) =>
      gone.listen(0, '127.0.0.1', () => resolve((gone.address() as AddressInfo).port)),
    );
    await new Promise((resolve) => gone.close(resolve));
    const down = await start({ dicomweb: `http://127.0.0.1:${port}/dicom-web` });
    expect(await ask(down, '/dicomweb/studies')).toMatchObject({
      status: 502,
      headers: { 'x-tandem-proxy': 'unreachable' },
      text: `The DICOMweb server http://127.0.0.1:${port} cannot be reached: nothing listens there.`,
    });
  });

  it('has one server, whose address holds no password', () => {
    expect(parseUpstream('https://h:1/a/b/')).toEqual({ origin: 'https://h:1', path: '/a/b' });
    for (const wrong of ['', 'pacs', 'ftp://x', 'http://u:p@x/', 'http://x/?y', 'http://x/#y'])
      expect(() => parseUpstream(wrong)).toThrow();
    expect(upstreamTarget(parseUpstream('http://x'), '/dicomweb/studies/1.2')).toBe('/studies/1.2');
  });
});

describe('the page', () => {
  it('is told of the proxy', async () => {
    const { status, text } = await ask(page, '/dicomweb-config.json');
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { proxy: { path: 'dicomweb/', upstream: upstream.replace(/\/$/, '') }, connect: null },
    ]);
  });

  it('has no proxy and the strict policy unless asked', async () => {
    const plain = await start({});
    expect((await ask(plain, '/dicomweb/studies')).status).toBe(404);
    expect(JSON.parse((await ask(plain, '/dicomweb-config.json')).text)).toEqual({
      proxy: null,
      connect: null,
    });
    for (const address of [plain, page]) {
      const { headers } = await ask(address, '/');
      expect(headers['content-security-policy']).toContain("connect-src 'self';");
    }
  });

  it('may contact the one origin that was named', async () => {
    const direct = await start({ connect: 'http://localhost:8042' });
    const { headers } = await ask(direct, '/');
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' http://localhost:8042;",
    );
    expect(createHeadersOf('http://x')('a.js')).toEqual(headersOf('a.js'));
    expect(JSON.parse((await ask(direct, '/dicomweb-config.json')).text)).toMatchObject({
      connect: 'http://localhost:8042',
    });
  });

  it('takes an origin only', () => {
    expect(parseConnectOrigin('https://pacs.example:443/')).toBe('https://pacs.example');
    for (const wrong of [
      '*',
      'http://*',
      'http://*.example',
      'http://a http://b',
      'http://a;script-src *',
      'http://a/path',
      'http://u:p@a',
      'data:x',
      '',
    ])
      expect(() => parseConnectOrigin(wrong)).toThrow();
  });

  it('survives an address that is none', async () => {
    expect((await ask(page, '//')).status).toBe(404);
    expect((await ask(page, '/')).status).toBe(200);
  });
});
