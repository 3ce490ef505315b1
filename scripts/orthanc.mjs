// A private Orthanc with its DICOMweb plugin for tests: own temporary folder, free loopback port, one
// user with a random password. `node scripts/orthanc.mjs` starts one for trying things by hand.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { installDebian } from './debian.mjs';
import { freePort } from './free-port.mjs';

const PACKAGES = ['orthanc', 'orthanc-dicomweb'];
const PLUGIN = 'libOrthancDicomWeb.so';
const pluginFolders = ['/usr/share/orthanc/plugins', '/usr/local/share/orthanc/plugins'];

/** Paths of the server and of its DICOMweb plugin, or undefined where either is missing. */
export const findOrthanc = () => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const server = folders.map((folder) => join(folder, 'Orthanc')).find((file) => existsSync(file));
  const plugin = pluginFolders.map((folder) => join(folder, PLUGIN)).find((f) => existsSync(f));
  return server && plugin ? { server, plugin } : undefined;
};

/**
 * As findOrthanc, but installs Debian's packages on the way where this is root on Debian and they are
 * missing. The service that the package brings is not wanted: it is masked before, where systemd runs.
 */
export const installOrthanc = () => {
  const found = findOrthanc();
  if (found) return found;
  if (existsSync('/run/systemd/system'))
    spawnSync('systemctl', ['mask', 'orthanc.service'], { stdio: 'ignore' });
  installDebian(...PACKAGES);
  return findOrthanc();
};

const configuration = (folder, plugin, port, user, password) => ({
  Name: 'TandemTest',
  StorageDirectory: join(folder, 'storage'),
  IndexDirectory: join(folder, 'storage'),
  Plugins: [plugin],
  HttpServerEnabled: true,
  HttpPort: port,
  // Anything but the loopback address is refused.
  RemoteAccessAllowed: false,
  AuthenticationEnabled: true,
  RegisteredUsers: { [user]: password },
  DicomServerEnabled: false,
  OrthancExplorerEnabled: false,
  WebDavEnabled: false,
  SaveJobs: false,
  DicomWeb: { Enable: true, Root: '/dicom-web/', EnableWado: false },
});

/** Resolves when the server answers its owner; rejects with its last words when it ends before. */
const ready = async (child, address, authorization, log, patienceMs) => {
  const last = () => (existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '');
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`Orthanc ended at once: ${last()}`);
    const answer = await fetch(`${address}/system`, { headers: { authorization } }).catch(() => {});
    if (answer?.ok) return;
  }
  throw new Error(`Orthanc did not answer within ${patienceMs} ms: ${last()}`);
};

/** Ends that process alone, by its pid; resolves when it is gone. */
const end = (child) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });

/**
 * Starts a server of its own and resolves when it answers. `stop()` ends it and removes what it stored;
 * so does the end of this Node process. `settings` are added to its configuration, Plugins to its plugins. Throws where Orthanc is not installed or does not start.
 */
export const startOrthanc = async ({
  user = 'reader',
  patienceMs = 30_000,
  settings = {},
} = {}) => {
  const found = findOrthanc();
  if (!found) throw new Error(`Orthanc is not installed (Debian: ${PACKAGES.join(', ')}).`);
  const password = randomBytes(12).toString('base64url');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const folder = mkdtempSync(join(tmpdir(), 'tandem-orthanc-'));
  const log = join(folder, 'orthanc.log');
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const config = {
    ...configuration(folder, found.plugin, port, user, password),
    ...settings,
    Plugins: [found.plugin, ...(settings.Plugins ?? [])],
  };
  await mkdir(config.StorageDirectory);
  await writeFile(join(folder, 'orthanc.json'), JSON.stringify(config), { mode: 0o600 });

  let child;
  const launch = async () => {
    const output = openSync(log, 'w');
    child = spawn(found.server, [join(folder, 'orthanc.json')], {
      cwd: folder,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.once('error', () => {});
    await ready(child, address, authorization, log, patienceMs);
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const atExit = () => {
    child.kill('SIGKILL');
    remove();
  };
  process.once('exit', atExit);
  const stop = async () => {
    process.off('exit', atExit);
    await end(child);
    remove();
  };
  try {
    await launch();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get pid() {
      return child.pid;
    },
    address,
    /** Where DICOMweb lives. */
    dicomweb: `${address}/dicom-web`,
    user,
    password,
    /** Orthanc's own interface, as its owner: to prepare and to check. */
    rest: (path, init = {}) =>
      fetch(`${address}${path}`, { ...init, headers: { ...init.headers, authorization } }),
    /** Ends the server and, after a while, starts it again with what it stored. */
    restart: async (pauseMs = 0) => {
      await end(child);
      await sleep(pauseMs);
      await launch();
    },
    stop,
  };
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!installOrthanc()) {
    console.error(`Orthanc is not installed. On Debian: apt-get install ${PACKAGES.join(' ')}`);
    process.exit(1);
  }
  const { dicomweb, user, password, stop } = await startOrthanc();
  console.log(`Orthanc is at ${dicomweb}, user ${user}, password ${password}. Ctrl+C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => stop().then(() => process.exit(0)));
}
