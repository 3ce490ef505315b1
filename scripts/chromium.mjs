// Finds a Chromium for the end-to-end tests: an installed one, else Playwright's own, else Debian's.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, tool } from './setup.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const onPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

const playwrightsOwn = async () => {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : undefined;
};

const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Path of a Chromium, installed on the way if need be; undefined when none can be had. */
export const findChromium = async () => {
  const found = process.env.CHROMIUM_PATH ?? onPath() ?? (await playwrightsOwn());
  if (found) return found;
  console.log("No Chromium found: trying Playwright's own ...");
  run(process.execPath, [tool('@playwright/test', 'cli.js'), 'install', 'chromium']);
  const own = await playwrightsOwn();
  if (own) return own;
  if (!isRootOnDebian()) return undefined;
  console.log("Trying Debian's package ...");
  spawnSync('apt-get', ['update'], { stdio: 'inherit' });
  spawnSync(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    {
      stdio: 'inherit',
    },
  );
  return onPath();
};
