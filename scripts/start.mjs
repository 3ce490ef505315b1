// `npm start`: set-up, build, serve. Node built-ins only, since nothing may be installed yet.
import { builtPage } from './build-page.mjs';
import { serveOptionsOrExit } from './serve.mjs';
import { installDependencies } from './setup.mjs';
import { startPage } from './start-page.mjs';

const options = serveOptionsOrExit();
installDependencies();
const page = builtPage();
if (!page) process.exit(1);
if (await startPage(page, options, options.demo))
  console.log('Open it in a browser; "Open the demo case" is on the start screen. Ctrl+C ends it.');
// An end by a signal lets go of the folder, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));
