// `npm run package`: a folder that carries the built page and a small server to double-click, for a USB
// stick, with its version, licences, bill of materials and checksums. The same sources give the same bytes.
// Options: --out FOLDER (default dist-package), --page FOLDER (a page already built; it is copied).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { LICENCES } from './licences.mjs';
import { stampServiceWorker } from './offline-files.mjs';
import { steadySbom } from './sbom.mjs';
import { findNpm, installDependencies, root, run, tool } from './setup.mjs';

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'dist-package' }, page: { type: 'string' } },
});
const out = resolve(values.out);
const scripts = join(root, 'scripts');

const buildPage = (folder) => {
  installDependencies();
  const build = [tool('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'];
  const code = run(process.execPath, [...build, '--outDir', folder, '--emptyOutDir']);
  if (code !== 0) process.exit(code);
};

/** A script and all that it imports from beside it. */
const withImports = (name, found = new Set()) => {
  if (found.has(name)) return found;
  found.add(name);
  const code = readFileSync(join(scripts, name), 'utf8');
  for (const [, imported] of code.matchAll(/from '\.\/([\w.-]+\.mjs)'/g))
    withImports(imported, found);
  return found;
};

/** Text of a start script, with the line ends of the system it is for. */
const write = (name, source, lineEnd, mode) => {
  const text = readFileSync(join(scripts, 'package', source), 'utf8');
  writeFileSync(join(out, name), text.replaceAll(/\r?\n/g, lineEnd));
  chmodSync(join(out, name), mode);
};

const page = join(out, 'page');
const server = join(out, 'server');
rmSync(server, { recursive: true, force: true });
mkdirSync(server, { recursive: true });
if (values.page) {
  rmSync(page, { recursive: true, force: true });
  cpSync(resolve(values.page), page, { recursive: true });
} else buildPage(page);

for (const name of withImports('package-start.mjs', withImports('offline-files.mjs')))
  cpSync(join(scripts, name), join(server, name));
cpSync(join(scripts, 'node-version.cjs'), join(server, 'node-version.cjs'));
// Node reads the scripts as modules, whatever lies above this folder.
writeFileSync(join(server, 'package.json'), '{ "type": "module" }\n');
write('start.cmd', 'start.cmd', '\r\n', 0o644);
write('start.command', 'start.sh', '\n', 0o755);
write('start.sh', 'start.sh', '\n', 0o755);
write('README.txt', 'README.txt', '\r\n', 0o644);
for (const name of ['LICENSE', 'NOTICE']) cpSync(join(root, name), join(out, `${name}.txt`));

const stamped = stampServiceWorker(page);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(out, 'VERSION.txt'), `${version}, build ${stamped.version}\n`);
cpSync(join(root, 'CHANGELOG.md'), join(out, 'CHANGELOG.txt'));
cpSync(join(page, LICENCES), join(out, LICENCES));

/** What the page is made of, as CycloneDX; npm writes it from the lock file alone. */
const sbom = () => {
  const npm = findNpm();
  if (!npm) throw new Error('npm was not found: it writes the bill of materials.');
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [npm, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`npm sbom: ${stderr}`);
  return steadySbom(stdout, readFileSync(join(root, 'package-lock.json')));
};
writeFileSync(join(out, 'sbom.cdx.json'), sbom());

/** In the form of `sha256sum -c`. */
const sums = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS')
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((file) => [relative(out, file).split(sep).join('/'), readFileSync(file)])
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`);
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));

const { count, bytes } = stamped;
console.log(
  `${out}: ${version}, build ${stamped.version}, ${count} files, ${(bytes / 1e6).toFixed(1)} MB`,
);
