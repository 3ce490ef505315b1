import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Cross-origin isolated, as the product's own server is, so that threads are had by all alike. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface StaticServer {
  readonly address: string;
  close(): void;
}

/**
 * Serves folders of this machine on the loopback address; `mounts` maps a path's start to a folder. With
 * `pageForRoutes` a path without an extension gets index.html, as sites need that make their own routes.
 */
export const serveFolders = (
  mounts: Readonly<Record<string, string>>,
  { pageForRoutes = false } = {},
): Promise<StaticServer> => {
  const fileFor = (path: string): string | undefined => {
    const start = Object.keys(mounts)
      .sort((a, b) => b.length - a.length)
      .find((s) => path.startsWith(s));
    if (start === undefined) return undefined;
    const file = join(mounts[start] as string, normalize(`/${path.slice(start.length)}`));
    return existsSync(file) && statSync(file).isFile() ? file : undefined;
  };
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const isRoute = pathname === '/' || (pageForRoutes && extname(pathname) === '');
    const file = fileFor(isRoute ? '/index.html' : pathname);
    if (!file) return void response.writeHead(404, HEADERS).end();
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const length = statSync(file).size;
    response.writeHead(200, { ...HEADERS, 'Content-Type': type, 'Content-Length': length });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        address: `http://localhost:${(server.address() as AddressInfo).port}/`,
        close: () => void server.close(),
      }),
    );
  });
};
