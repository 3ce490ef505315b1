// Set-up shared by `npm start` and `npm test`: runs before anything is installed, so Node built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** Stops with a sentence unless this Node is new enough. */
export const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Tandem CADx needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
};

/** Installs exactly what package-lock.json pins, unless that was already done for this lock file. */
export const installDependencies = () => {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const wanted = lock.digest('hex');
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing the pinned dependencies (npm ci) ...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = run(npm, ['ci', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('npm ci failed. Is the package registry within reach?');
    process.exit(code);
  }
  writeFileSync(stamp, wanted);
};
