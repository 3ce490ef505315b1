// Lists every file of a built page, with its hash, at the head of its service worker. The page then keeps
// exactly these for offline use. Run it again after changing a built page by hand, for example after
// adding a model pack to it: node scripts/offline-files.mjs FOLDER
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const SERVICE_WORKER = 'service-worker.js';
const HEAD = /^self\.OFFLINE=.*\n/;
const headers = join(dirname(fileURLToPath(import.meta.url)), 'headers.mjs');

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** Written by whoever runs the server, not by the build; asked for anew at every start. */
const SERVERS_OWN = new Set(['dicomweb-config.json']);

/** Paths of all files under a folder, with forward slashes, sorted; hidden files are not among them. */
const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => !path.split(sep).some((part) => part.startsWith('.')))
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => relative('.', path).split(sep).join('/'))
    .sort();

/**
 * Writes the list into FOLDER/service-worker.js; returns the version, the count of files and their bytes.
 * The version changes with any file, with the service worker and with the headers of the server, since
 * what is kept is kept with its headers. Throws where the folder has no service worker.
 */
export const stampServiceWorker = (folder) => {
  const script = join(folder, SERVICE_WORKER);
  if (!existsSync(script)) throw new Error(`${script} is not there: build the page first.`);
  const code = readFileSync(script, 'utf8').replace(HEAD, '');
  const files = filesUnder(folder)
    .filter((path) => path !== SERVICE_WORKER && !SERVERS_OWN.has(path))
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      return [path, sha256(bytes), bytes.length];
    });
  const served = existsSync(headers) ? readFileSync(headers, 'utf8') : '';
  const version = sha256(JSON.stringify([files, code, served])).slice(0, 16);
  writeFileSync(script, `self.OFFLINE=${JSON.stringify({ version, files })};\n${code}`);
  return { version, count: files.length, bytes: files.reduce((sum, [, , n]) => sum + n, 0) };
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { version, count, bytes } = stampServiceWorker(resolve(process.argv[2] ?? 'dist'));
  console.log(`Version ${version}: ${count} files, ${(bytes / 1e6).toFixed(1)} MB`);
}
