// Serves the packaged page and opens the browser on it; started by start.cmd, start.command and start.sh.
// Node built-ins only, since it is copied, with what it imports, to where no node_modules are.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveOptionsOrExit } from './serve.mjs';
import { startPage } from './start-page.mjs';

const page = join(dirname(dirname(fileURLToPath(import.meta.url))), 'page');
// TANDEM_NO_BROWSER=1 leaves it to the reader to open the address.
if (await startPage(page, serveOptionsOrExit(), !process.env.TANDEM_NO_BROWSER))
  console.log('Open it in a browser. Close this window to end it.');
