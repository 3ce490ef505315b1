// Set-up shared by `npm start` and `npm test`: runs before anything is installed, so Node built-ins only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import nodePath, { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './debian.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command with the terminal's own output; returns its exit code. */
export const run = (command, args, env = {}) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
};

/** Path of a tool that package-lock.json pins, run through the Node that runs this script. */
export const tool = (name, script) => join(root, 'node_modules', name, script);

const NPM = ['node_modules', 'npm', 'bin', 'npm-cli.js'];

/** Where npm's own script may be: the one that started this, those beside Node, Debian's. */
export const npmScripts = (execPath, env, path = nodePath) => {
  const beside = path.dirname(execPath);
  const started = env.npm_execpath ?? '';
  return [
    // pnpm and yarn set it, too.
    ...(path.basename(started) === 'npm-cli.js' ? [started] : []),
    path.join(beside, ...NPM),
    path.join(path.dirname(beside), 'lib', ...NPM),
    path.join('/usr/share/nodejs/npm/bin', 'npm-cli.js'),
  ];
};

/**
 * npm's own script, to be run through this Node: its start file is a batch file on Windows, which Node
 * starts through a shell only. Undefined where there is no npm.
 */
export const findNpm = () => {
  const found = npmScripts(process.execPath, process.env).find((file) => existsSync(file));
  if (found) return found;
  const linked = findProgram('npm');
  const real = linked && realpathSync(linked);
  return real?.endsWith('npm-cli.js') ? real : undefined;
};

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

let known;
const libc = () => {
  const report = /** @type {any} */ (known === undefined ? process.report.getReport() : {});
  return (known ??= report.header?.glibcVersionRuntime ? 'glibc' : 'musl');
};

/** Whether an entry of the lock file is for this system. */
const isForHere = (entry) => {
  const allows = (list, name) => !list || list.includes(name);
  return (
    allows(entry.os, process.platform) &&
    allows(entry.cpu, process.arch) &&
    (!entry.libc || process.platform !== 'linux' || allows(entry.libc, libc()))
  );
};

/** Paths of the packages that `folder`/package-lock.json pins and that are not there in this version. */
export const missingPackages = (folder) =>
  Object.entries(readJson(join(folder, 'package-lock.json')).packages)
    .filter(([path, entry]) => path !== '' && isForHere(entry))
    // Optional and for every system: only a fallback of the one that is for this system.
    .filter(([, entry]) => !entry.optional || entry.os || entry.cpu)
    .filter(
      ([path, { version }]) => readJson(join(folder, path, 'package.json'))?.version !== version,
    )
    .map(([path]) => path);

/**
 * Installs exactly what package-lock.json pins, unless that is there already (by npm or by anything
 * else). No script of a package runs. Only errors are told: the warnings are about the age of Node, which
 * the tests run on.
 */
export const installDependencies = () => {
  if (missingPackages(root).length === 0) return;
  console.log('Installing the pinned dependencies (npm ci) ...');
  const npm = findNpm();
  if (!npm) {
    console.error('npm was not found. It comes with Node.js: https://nodejs.org');
    process.exit(1);
  }
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const code = run(process.execPath, [npm, 'ci', '--ignore-scripts', '--prefer-offline', ...quiet]);
  if (code === 0) return;
  console.error('npm ci failed. Is the package registry within reach?');
  process.exit(code);
};
