// Builds the page for `npm start` once for what it is made of, into a folder that nothing else serves or
// changes. Node built-ins only.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { root, run, tool } from './setup.mjs';

/** What the built page is made of, below the top folder. */
const SOURCES = [
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'LICENSE',
  'NOTICE',
  'src',
  'public',
  'scripts/headers.mjs',
  'scripts/licence-texts.mjs',
  'scripts/licences.mjs',
  'scripts/offline-files.mjs',
  'scripts/shipped-packs.mjs',
];

const filesOf = (top, source) => {
  const path = join(top, source);
  if (!existsSync(path)) return [];
  const found = readdirSync(path, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
};

/** A name for the state of all sources in `top`: the same files give the same name, wherever they lie. */
export const sourceKey = (top) => {
  const hash = createHash('sha256');
  const add = (file) => {
    hash.update(`${file.slice(top.length).split(sep).join('/')}\0`);
    hash.update(createHash('sha256').update(readFileSync(file)).digest());
  };
  for (const source of SOURCES) {
    const isFolder = !/\.\w+$|^[A-Z]+$/.test(source);
    for (const file of isFolder ? filesOf(top, source).sort() : [join(top, source)])
      if (existsSync(file)) add(file);
  }
  return hash.digest('hex').slice(0, 16);
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Says in `folder`.served that this process serves it, until it ends. */
const markServed = (folder) => {
  const marks = `${folder}.served`;
  const mark = join(marks, String(process.pid));
  mkdirSync(marks, { recursive: true });
  writeFileSync(mark, '');
  process.once('exit', () => rmSync(mark, { force: true }));
};

/** Removes the pages that were built before and that no living process serves. */
const removeOlder = (pages, key) => {
  for (const entry of readdirSync(pages)) {
    if (entry.startsWith(key) || entry.endsWith('.served')) continue;
    const marks = join(pages, `${entry}.served`);
    const served = existsSync(marks) && readdirSync(marks).some((pid) => isAlive(Number(pid)));
    if (!served)
      for (const gone of [join(pages, entry), marks])
        rmSync(gone, { recursive: true, force: true });
  }
};

const viteBuild = (folder) =>
  run(process.execPath, [
    tool('vite', 'bin/vite.js'),
    'build',
    ...['--logLevel', 'warn', '--outDir', folder, '--emptyOutDir'],
  ]);

/**
 * The folder of the page for the sources in `top` as they are, built if need be; undefined where the build
 * fails. A folder appears whole or not at all.
 */
export const builtPage = (top = root, build = viteBuild) => {
  const pages = join(top, '.cache', 'page');
  const key = sourceKey(top);
  const folder = join(pages, key);
  mkdirSync(pages, { recursive: true });
  if (!existsSync(folder)) {
    console.log('Building ...');
    const part = `${folder}.part-${process.pid}`;
    const code = build(part);
    if (code !== 0) return undefined;
    // Two at once build the same: the first one stands.
    if (existsSync(folder)) rmSync(part, { recursive: true });
    else renameSync(part, folder);
  }
  markServed(folder);
  removeOlder(pages, key);
  return folder;
};
