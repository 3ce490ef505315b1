// Finds a Chromium for the end-to-end tests: an installed one, else Playwright's own, else Debian's.
import { existsSync } from 'node:fs';
import { findProgram, installDebian } from './debian.mjs';
import { run, tool } from './setup.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const onPath = () => findProgram(...names);

const playwrightsOwn = async () => {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : undefined;
};

/** Path of a Chromium, installed on the way if need be; undefined when none can be had. */
export const findChromium = async () => {
  const found = process.env.CHROMIUM_PATH ?? onPath() ?? (await playwrightsOwn());
  if (found) return found;
  console.log("No Chromium found: trying Playwright's own ...");
  run(process.execPath, [tool('@playwright/test', 'cli.js'), 'install', 'chromium']);
  const own = await playwrightsOwn();
  if (own) return own;
  installDebian('chromium', 'fonts-dejavu-core');
  return onPath();
};
