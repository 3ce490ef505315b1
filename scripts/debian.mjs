// Installs Debian packages that tests use, where this is root on Debian. Node built-ins only.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a program, or undefined. */
export const findProgram = (...names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Installs packages; false where this is not root on Debian or apt-get fails. */
export const installDebian = (...packages) => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing Debian's ${packages.join(', ')} for the tests ...`);
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  return spawnSync('apt-get', args, options).status === 0;
};

/** The validator and readers that written DICOM objects are held against; tests skip without them. */
export const installDicomTools = () => {
  const hasPydicom = () => spawnSync('/usr/bin/python3', ['-c', 'import pydicom']).status === 0;
  const isReady =
    findProgram('dciodvfy') && findProgram('dsr2html') && findProgram('java') && hasPydicom();
  if (isReady && existsSync('/usr/share/java/pixelmed.jar')) return;
  installDebian(
    'dicom3tools',
    'dcmtk',
    'python3-pydicom',
    'default-jre-headless',
    'libpixelmed-java',
  );
};

/** The browsers beside Chromium that a short journey is walked in, on a display of their own. */
export const installBrowsers = () => {
  if (findProgram('firefox-esr') && findProgram('WebKitWebDriver') && findProgram('Xvfb')) return;
  installDebian('firefox-esr', 'webkit2gtk-driver', 'xvfb', 'libgl1-mesa-dri');
};

/** The web server that docs/deploy.md is tried with; its own service is not wanted. */
export const findNginx = () => {
  const found = findProgram('nginx') ?? '/usr/sbin/nginx';
  return existsSync(found) ? found : undefined;
};
export const installNginx = () => {
  if (findNginx()) return;
  if (existsSync('/run/systemd/system'))
    spawnSync('systemctl', ['mask', 'nginx.service'], { stdio: 'ignore' });
  installDebian('nginx-light');
};
