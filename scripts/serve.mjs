// Serves the built page from dist/ on the loopback address. Node built-ins only.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createDicomWebProxy, parseUpstream, PROXY_PATH } from './dicomweb-proxy.mjs';
import { createHeadersOf, parseConnectOrigin, securityHeaders } from './headers.mjs';
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

/** Tells the page which DICOMweb servers it may reach, and how; see src/adapters/dicomweb. */
const configOf = ({ dicomweb, connect }) => {
  const upstream = dicomweb === undefined ? undefined : parseUpstream(dicomweb);
  return JSON.stringify({
    proxy: upstream
      ? { path: PROXY_PATH.slice(1), upstream: `${upstream.origin}${upstream.path}` }
      : null,
    connect: connect === undefined ? null : parseConnectOrigin(connect),
  });
};

const answerFiles = (folder, headersOf, config) => (request, response) => {
  const refuse = (code, text) => {
    response.writeHead(code, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(text);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'GET only');
  if (!URL.canParse(request.url, 'http://localhost')) return refuse(400, 'Bad address');
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname === '/dicomweb-config.json') {
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': types['.json'],
      'Content-Length': Buffer.byteLength(config),
      'Cache-Control': 'no-store',
    });
    return response.end(request.method === 'HEAD' ? undefined : config);
  }
  const file = fileFor(folder, pathname);
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

const answer = (folder, options) => {
  const config = configOf(options);
  const files = answerFiles(folder, createHeadersOf(JSON.parse(config).connect), config);
  const proxy = options.dicomweb ? createDicomWebProxy(options.dicomweb) : undefined;
  return (request, response) =>
    proxy && request.url.startsWith(PROXY_PATH)
      ? proxy(request, response)
      : files(request, response);
};

const usage = `Options:
  --dicomweb http://host:port/dicom-web   reach this DICOMweb server through the page's own origin
  --connect http://host:port              let the page contact this server directly (it needs CORS)
  --demo                                  open the guided tour in the browser`;

/** The options of `npm start` and of this script; ends with a sentence where they are wrong. */
export const serveOptions = (args = process.argv.slice(2)) => {
  try {
    const { values } = parseArgs({
      args,
      options: {
        dicomweb: { type: 'string' },
        connect: { type: 'string' },
        demo: { type: 'boolean' },
      },
    });
    configOf(values);
    return values;
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(1);
  }
};

/**
 * Starts at `port`, or at the next free one of the following twenty (0: any free one); resolves with the
 * address. Options: see `usage`. Without them no DICOMweb server can be reached.
 */
export const serve = (folder, port, options = {}) =>
  new Promise((resolve, reject) => {
    const listener = answer(folder, options);
    const attempt = (candidate) => {
      const server = createServer(listener);
      server.once('error', (error) => {
        if (error.code === 'EADDRINUSE' && candidate < port + 20) attempt(candidate + 1);
        else reject(error);
      });
      server.listen(candidate, '127.0.0.1', () =>
        resolve({ server, address: `http://localhost:${server.address().port}/` }),
      );
    };
    attempt(port);
  });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = serveOptions();
  const { address } = await serve(join(root, 'dist'), Number(process.env.PORT ?? 4173), options);
  console.log(`Tandem CADx is at ${address}`);
}
