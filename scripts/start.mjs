// `npm start`: set-up, build, serve. Node built-ins only, since nothing may be installed yet.
import { join } from 'node:path';
import { openInBrowser } from './open-in-browser.mjs';
import { serve, serveOptions } from './serve.mjs';
import { installDependencies, requireNode, root, run, tool } from './setup.mjs';

requireNode();
const options = serveOptions();
installDependencies();
console.log('Building ...');
const code = run(process.execPath, [tool('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn']);
if (code !== 0) process.exit(code);
const { address } = await serve(join(root, 'dist'), Number(process.env.PORT ?? 4173), options);
console.log(`\nTandem CADx is at ${address}`);
if (options.demo) {
  console.log(`The guided tour is at ${address}?demo=tour`);
  openInBrowser(`${address}?demo=tour`);
}
if (options.dicomweb) console.log(`It reaches the DICOMweb server ${options.dicomweb}`);
if (options.connect) console.log(`The page may contact ${options.connect}`);
console.log(
  'Open it in Chrome or Edge; "Open the demo case" is on the start screen. Ctrl+C ends it.',
);
