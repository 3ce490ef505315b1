// A private Redis for tests: own temporary folder, free loopback port, a random password. Node built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, installDebian } from './debian.mjs';
import { freePort } from './free-port.mjs';

/** Path of the server, or undefined where it is not installed. */
export const findRedis = () => findProgram('redis-server');

/**
 * As findRedis, but installs Debian's package on the way where this is root on Debian and it is missing.
 * The service that the package brings is not wanted.
 */
export const installRedis = () => {
  const found = findRedis();
  if (found) return found;
  if (existsSync('/run/systemd/system'))
    spawnSync('systemctl', ['mask', 'redis-server.service'], { stdio: 'ignore' });
  installDebian('redis-server');
  return findRedis();
};

const isUp = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Ends that process alone, by its pid; resolves when it is gone. */
const end = (child) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

/**
 * Starts a server of its own, which keeps what it holds on disk, and resolves when it takes connections.
 * `restart()` ends it and starts it again on the same port with what it held; `stop()` ends it and removes
 * its files; so does the end of this Node process. Throws where Redis is not installed or does not start.
 */
export const startRedis = async ({ patienceMs = 15_000 } = {}) => {
  const program = findRedis();
  if (!program) throw new Error('Redis is not installed (Debian: redis-server).');
  const password = randomBytes(12).toString('base64url');
  const folder = mkdtempSync(join(tmpdir(), 'tandem-redis-'));
  const port = await freePort();
  const options = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  };
  let child;
  const start = async () => {
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    // The password goes by the standard input: the command line is for all to see.
    child = spawn(program, ['-', ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.once('error', () => {});
    child.stdin.end(`requirepass ${password}\n`);
    for (const until = Date.now() + patienceMs; !(await isUp(port)); await sleep(50))
      if (child.exitCode !== null || Date.now() > until) throw new Error('Redis did not start.');
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const atExit = () => {
    child.kill('SIGKILL');
    remove();
  };
  process.once('exit', atExit);
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    password,
    restart: async (pauseMs = 0) => {
      await end(child);
      await sleep(pauseMs);
      await start();
    },
    stop: async () => {
      process.off('exit', atExit);
      await end(child);
      remove();
    },
  };
};
