// Answers with the files of one folder. Node built-ins only: it also runs from the package, where no
// node_modules are.
import { open, realpath } from 'node:fs/promises';
import nodePath from 'node:path';
import { pipeline } from 'node:stream/promises';
import { securityHeaders } from './headers.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.dcm': 'application/dicom',
  '.webmanifest': 'application/manifest+json',
};

/** The type that a file is sent with, by the end of its name. */
export const contentTypeOf = (file) =>
  types[nodePath.extname(file).toLowerCase()] ?? 'application/octet-stream';

/** Names that Windows gives to devices, whatever the folder and the ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A plain name on every system: not hidden, no way up, no drive, stream or separator, no end that Windows drops. */
const isPlain = (step) => /^[^.\\/:\x00-\x1f][^\\/:\x00-\x1f]*$/.test(step) && !/[. ]$/.test(step);

/**
 * The path below `folder` that a request's path names ("/" is index.html), or undefined where it names
 * none. `path` is the path module of the system; what it finds is not looked at yet.
 */
export const pathBelow = (folder, urlPath, path = nodePath) => {
  let decoded;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (!decoded.startsWith('/')) return undefined;
  const steps = (decoded.endsWith('/') ? `${decoded}index.html` : decoded).slice(1).split('/');
  if (!steps.every((step) => isPlain(step) && !DEVICE.test(step))) return undefined;
  return path.join(folder, ...steps);
};

/** An open file below `root` (a real path), its links followed no further than that; undefined where there is none. */
const openBelow = async (root, file) => {
  let handle;
  try {
    const real = await realpath(file);
    if (!real.startsWith(root + nodePath.sep)) return undefined;
    handle = await open(real);
    const stat = await handle.stat();
    if (stat.isFile()) return { handle, size: stat.size };
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
  }
  await handle?.close();
  return undefined;
};

/** Answers with a short text and the security headers. */
export const refuse = (response, code, text) => {
  response.writeHead(code, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
};

/** A handler of GET and HEAD for the files below `folder`; `headersOf` gives the headers of each. */
export const createFileAnswer = (folder, headersOf) => {
  const root = realpath(folder);
  // Told to whoever asks, not to the process.
  root.catch(() => {});
  return async (response, method, pathname) => {
    const path = pathBelow(folder, pathname);
    const found = path && (await openBelow(await root, path));
    if (!found) return refuse(response, 404, 'Not found');
    const { handle, size } = found;
    try {
      response.writeHead(200, {
        ...headersOf(path),
        'Content-Type': contentTypeOf(path),
        'Content-Length': size,
        // Names under assets/ hold a hash of what is in the file.
        'Cache-Control':
          nodePath.basename(nodePath.dirname(path)) === 'assets'
            ? 'public, max-age=31536000, immutable'
            : 'no-cache',
      });
      if (method === 'HEAD' || size === 0) return response.end();
      // `end`: not a byte more than was promised, should the file grow meanwhile.
      await pipeline(handle.createReadStream({ end: size - 1, autoClose: false }), response);
    } finally {
      await handle.close();
    }
  };
};
