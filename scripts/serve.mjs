// Serves the built page on the loopback address. Node built-ins only: it also runs from the package, where
// no node_modules are.
import { createServer, Server } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import {
  createDicomWebProxy,
  isLoopbackHost,
  parseUpstream,
  PROXY_PATH,
} from './dicomweb-proxy.mjs';
import { createHeadersOf, parseConnectOrigin, securityHeaders } from './headers.mjs';
import { root } from './setup.mjs';
import { contentTypeOf, createFileAnswer, refuse } from './static-files.mjs';

/**
 * What browsers keep belongs to the address with its port, and any program may take a port: so it is none
 * that other tools take by default, and below those that systems hand out by themselves.
 */
export const DEFAULT_PORT = 24173;

const CONFIG = '/dicomweb-config.json';

/** Tells the page which DICOMweb servers it may reach, and how; see src/adapters/dicomweb. */
export const configOf = ({ dicomweb, connect }) => {
  const upstream = dicomweb === undefined ? undefined : parseUpstream(dicomweb);
  return JSON.stringify({
    proxy: upstream
      ? { path: PROXY_PATH.slice(1), upstream: `${upstream.origin}${upstream.path}` }
      : null,
    connect: connect === undefined ? null : parseConnectOrigin(connect),
  });
};

const answer = (folder, options) => {
  const config = configOf(options);
  const files = createFileAnswer(folder, createHeadersOf(JSON.parse(config).connect));
  const proxy = options.dicomweb ? createDicomWebProxy(options.dicomweb, options) : undefined;
  return async (request, response) => {
    // Another site may let a name of its own point to this computer (DNS rebinding).
    if (!isLoopbackHost(request.headers.host))
      return refuse(response, 403, 'Only localhost is served.');
    if (proxy && request.url.startsWith(PROXY_PATH)) return proxy(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'GET only');
    const pathname = request.url.split(/[?#]/, 1)[0];
    if (pathname !== CONFIG) return files(response, request.method, pathname);
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': contentTypeOf(CONFIG),
      'Content-Length': Buffer.byteLength(config),
      'Cache-Control': 'no-store',
    });
    return response.end(request.method === 'HEAD' ? undefined : config);
  };
};

/** Whatever goes wrong with one request ends that request and nothing else. */
const contained = (listener) => async (request, response) => {
  request.on('error', () => {});
  response.on('error', () => {});
  try {
    await listener(request, response);
  } catch {
    if (response.headersSent) response.destroy();
    else refuse(response, 503, 'This cannot be answered now.');
  }
};

export const usage = `Options:
  --port NUMBER                           the port of the page (default ${DEFAULT_PORT}); marks belong to it
  --dicomweb http://host:port/dicom-web   reach this DICOMweb server through the page's own origin
  --connect http://host:port              let the page contact this server directly (it needs CORS)
  --demo                                  open the guided tour in the browser`;

const parsePort = (text) => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65535)) throw new Error(`"${text}" is not a port: give a number up to 65535.`);
  return port;
};

/** The options of `npm start`, of the package and of this script; throws a sentence where they are wrong. */
export const serveOptions = (args = process.argv.slice(2), env = process.env) => {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      dicomweb: { type: 'string' },
      connect: { type: 'string' },
      demo: { type: 'boolean' },
    },
  });
  configOf(values);
  return { ...values, port: parsePort(values.port ?? env.PORT ?? String(DEFAULT_PORT)) };
};

/** As serveOptions, but ends the program with a sentence and the usage where they are wrong. */
export const serveOptionsOrExit = () => {
  try {
    return serveOptions();
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(1);
  }
};

const listen = (server, port, host) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // Too many open connections, for one: those that are there go on.
      server.on('error', (error) => console.error(`The server goes on after: ${error.message}`));
      resolve();
    });
  });

/**
 * One server at both loopback addresses of a port: browsers that look for "localhost" may ask for ::1
 * first, and whoever listens there would be taken for this page. Rejects where either is taken.
 */
const serveAt = async (listener, port) => {
  const server = createServer({ headersTimeout: 10_000 }, listener);
  await listen(server, port, '127.0.0.1');
  const twin = createNetServer((socket) => server.emit('connection', socket));
  try {
    await listen(twin, server.address().port, '::1');
    server.close = (done) => {
      twin.close();
      return Server.prototype.close.call(server, done);
    };
  } catch (error) {
    // A computer without IPv6 has no ::1.
    if (error.code === 'EADDRINUSE') {
      server.close();
      throw error;
    }
  }
  return server;
};

const addressOf = (port) => `http://localhost:${port}/`;

/**
 * Starts at `port`, or at the next free one of the following twenty (0: any free one); resolves with the
 * address, and with the one that was `taken`, if so. Options: see `usage`. Without them no DICOMweb server
 * can be reached.
 */
export const serve = async (folder, port, options = {}) => {
  const listener = contained(answer(folder, options));
  for (let candidate = port; ; candidate = port === 0 ? 0 : candidate + 1) {
    try {
      const server = await serveAt(listener, candidate);
      const taken = candidate === port ? undefined : addressOf(port);
      return { server, address: addressOf(server.address().port), taken };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || candidate >= Math.min(port + 20, 65535)) throw error;
    }
  }
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = serveOptionsOrExit();
  const { address } = await serve(join(root, 'dist'), options.port, options);
  console.log(`Tandem CADx is at ${address}`);
}
