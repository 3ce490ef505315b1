// `npm run package`: a folder that carries the built page and a small server to double-click, for a USB
// stick. Options: --out FOLDER (default dist-package), --page FOLDER (a page already built; it is copied).
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stampServiceWorker } from './offline-files.mjs';
import { installDependencies, requireNode, root, run, tool } from './setup.mjs';

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'dist-package' }, page: { type: 'string' } },
});
const out = resolve(values.out);
const scripts = join(root, 'scripts');

const buildPage = (folder) => {
  requireNode();
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
// Node reads the scripts as modules, whatever lies above this folder.
writeFileSync(join(server, 'package.json'), '{ "type": "module" }\n');
write('start.cmd', 'start.cmd', '\r\n', 0o644);
write('start.command', 'start.sh', '\n', 0o755);
write('start.sh', 'start.sh', '\n', 0o755);
write('README.txt', 'README.txt', '\r\n', 0o644);
for (const name of ['LICENSE', 'NOTICE']) cpSync(join(root, name), join(out, `${name}.txt`));

const { version, count, bytes } = stampServiceWorker(page);
console.log(`${out}: version ${version}, ${count} files, ${(bytes / 1e6).toFixed(1)} MB`);
