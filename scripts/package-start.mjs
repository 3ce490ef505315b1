// Serves the packaged page and opens the browser on it; started by start.cmd, start.command and start.sh.
// Node built-ins only, since it is copied, with what it imports, to where no node_modules are.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve, serveOptions } from './serve.mjs';
import { requireNode } from './setup.mjs';

requireNode();
const page = join(dirname(dirname(fileURLToPath(import.meta.url))), 'page');
const port = Number(process.env.PORT ?? 4173);

/** Opens an address in the usual browser; TANDEM_NO_BROWSER=1 leaves that to the reader. */
const open = (address) => {
  if (process.env.TANDEM_NO_BROWSER) return;
  const [command, ...args] =
    process.platform === 'win32'
      ? ['cmd', '/c', 'start', '', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {
      // No desktop: the address is in the window.
    })
    .unref();
};

/** Whether this same page is already served there: a second double-click. */
const isServedAt = async (address) => {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(1000) });
    return (await response.text()) === readFileSync(join(page, 'index.html'), 'utf8');
  } catch {
    return false;
  }
};

const options = serveOptions();
const usual = `http://localhost:${port}/`;
if (port !== 0 && (await isServedAt(usual))) {
  console.log(`Tandem CADx is already running at ${usual}`);
  open(usual);
} else {
  const { address } = await serve(page, port, options);
  console.log(`Tandem CADx is at ${address}`);
  if (port !== 0 && address !== usual)
    console.log(`Another program uses ${usual}, where marks of earlier sessions are kept.`);
  console.log('Open it in Chrome or Edge. Close this window to end it.');
  open(address);
}
