// `npm start`: set-up, build, serve. Node built-ins only, since nothing may be installed yet.
import { join } from 'node:path';
import { serve } from './serve.mjs';
import { installDependencies, requireNode, root, run, tool } from './setup.mjs';

requireNode();
installDependencies();
console.log('Building ...');
const code = run(process.execPath, [tool('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn']);
if (code !== 0) process.exit(code);
const { address } = await serve(join(root, 'dist'), Number(process.env.PORT ?? 4173));
console.log(`\nTandem CADx is at ${address}`);
console.log(
  'Open it in Chrome or Edge; "Open the demo case" is on the start screen. Ctrl+C ends it.',
);
