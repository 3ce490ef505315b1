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
import { dirname, join, sep } from 'node:path';
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

/** Whether a living process builds or serves this folder. */
const isInUse = (pages, entry) => {
  const builder = /\.part-(\d+)$/.exec(entry)?.[1];
  const marks = join(pages, `${entry}.served`);
  const users = builder ? [builder] : existsSync(marks) ? readdirSync(marks) : [];
  return users.some((pid) => isAlive(Number(pid)));
};

/** Removes the pages that were built before, or in part, and that no living process builds or serves. */
const removeOlder = (pages, key) => {
  for (const entry of readdirSync(pages)) {
    if (entry === key || entry.endsWith('.served')) continue;
    const marks = join(pages, `${entry}.served`);
    if (!isInUse(pages, entry))
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

/** Makes a folder, or says why none can be made there; returns whether it is there. */
const madeFolder = (folder) => {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch (error) {
    const where = dirname(folder);
    console.error(
      `The page cannot be built in ${where}: ${error.code}. Copy the project to where you may write, with room to spare.`,
    );
    return false;
  }
};

/**
 * The folder of the page for the sources in `top` as they are, built if need be; undefined where it cannot
 * be built. A folder appears whole or not at all.
 */
export const builtPage = (top = root, build = viteBuild) => {
  const pages = join(top, '.cache', 'page');
  const key = sourceKey(top);
  const folder = join(pages, key);
  if (!existsSync(folder)) {
    const part = `${folder}.part-${process.pid}`;
    if (!madeFolder(part)) return undefined;
    console.log('Building ...');
    const code = build(part);
    if (code !== 0) return undefined;
    // Two at once build the same: the first one stands.
    if (existsSync(folder)) rmSync(part, { recursive: true });
    else renameSync(part, folder);
  }
  try {
    markServed(folder);
    removeOlder(pages, key);
  } catch {
    // Who may not write there serves what another has built, and removes nothing.
  }
  return folder;
};
