// Serves the built page from dist/ on the loopback address. Node built-ins only.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { headersOf, securityHeaders } from './headers.mjs';
import { root } from './setup.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.dcm': 'application/dicom',
  '.webmanifest': 'application/manifest+json',
};

/** The file under `folder` that a request path names, or undefined where there is none. */
const fileFor = (folder, urlPath) => {
  let path;
  try {
    path = normalize(decodeURIComponent(urlPath));
  } catch {
    return undefined;
  }
  const file = join(folder, path.endsWith(sep) ? join(path, 'index.html') : path);
  if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile())
    return undefined;
  return file;
};

const answer = (folder) => (request, response) => {
  const refuse = (code, text) => {
    response.writeHead(code, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(text);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'GET only');
  const file = fileFor(folder, new URL(request.url, 'http://localhost').pathname);
  if (!file) return refuse(404, 'Not found');
  const hashed = file.includes(`${sep}assets${sep}`);
  response.writeHead(200, {
    ...headersOf(file),
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file).pipe(response);
};

/** Starts at `port`, or at the next free one of the following twenty; resolves with the address. */
export const serve = (folder, port) =>
  new Promise((resolve, reject) => {
    const attempt = (candidate) => {
      const server = createServer(answer(folder));
      server.once('error', (error) => {
        if (error.code === 'EADDRINUSE' && candidate < port + 20) attempt(candidate + 1);
        else reject(error);
      });
      server.listen(candidate, '127.0.0.1', () =>
        resolve({ server, address: `http://localhost:${candidate}/` }),
      );
    };
    attempt(port);
  });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { address } = await serve(join(root, 'dist'), Number(process.env.PORT ?? 4173));
  console.log(`Tandem CADx is at ${address}`);
}
