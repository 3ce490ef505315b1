import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';
import { sourceKey } from './scripts/build-page.mjs';
import { LICENCES, licenceNotices, packageFolder } from './scripts/licences.mjs';
import { SERVICE_WORKER, stampServiceWorker } from './scripts/offline-files.mjs';
import { shippedPacks } from './scripts/shipped-packs.mjs';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Folders of the packages of which the page or a worker holds a module. */
const builtIn = new Set<string>();
const noteLicences = (): Plugin => ({
  name: 'note-licences',
  apply: 'build',
  generateBundle(_, bundle) {
    for (const output of Object.values(bundle)) {
      const ids = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
      for (const id of ids) {
        const folder = packageFolder(resolve(import.meta.dirname, id));
        if (folder) builtIn.add(folder);
      }
    }
  },
});

/**
 * Writes the licences of what was built in. Builds the service worker into one classic script beside index.html, once the page is written, and
 * lists the page's files in it. Not in `vite dev`.
 */
const serviceWorker = (): Plugin => {
  let root = '';
  let outDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2022',
            lib: {
              entry: resolve(root, 'src/app/offline/service-worker.ts'),
              formats: ['iife'],
              name: 'tandemServiceWorker',
              fileName: () => SERVICE_WORKER,
            },
          },
        });
        writeFileSync(resolve(outDir, LICENCES), licenceNotices(builtIn));
        stampServiceWorker(outDir);
      },
    },
  };
};

/**
 * zod asks at its start whether it may make code of text, which the page's policy refuses and reports. Its
 * own switch would have to be thrown before any module with a schema is evaluated, so it is set here.
 */
const zodMakesNoCode = (): Plugin => ({
  name: 'zod-makes-no-code',
  transform: {
    filter: { id: /zod\/v4\/core\/core\.js/ },
    handler: (code) => {
      const set = code.replace('__zod_globalConfig = {}', '__zod_globalConfig = { jitless: true }');
      if (set === code) throw new Error('zod keeps its settings elsewhere now: see vite.config.ts');
      return { code: set, map: null };
    },
  },
});

/** Node's modules, which the decoders and dcmjs name for their use in Node and never reach in a page. */
const ONLY_IN_NODE = /^Module "(fs|path|url)" has been externalized for browser compatibility/;

/** What is printed is for whoever can mend it: neither the above nor how long plugins took. */
const quiet: Pick<Rolldown.InputOptions, 'onLog' | 'checks'> = {
  checks: { bundlerTimings: false },
  onLog: (level, log, tell) => {
    if (!ONLY_IN_NODE.test(log.message)) tell(level, log);
  },
};

/** See src/app/build-info.ts. In `vite dev` the packs are those that lie there when it starts. */
const buildOf = (root: string, command: string) => ({
  build: command === 'build' ? sourceKey(root) : 'development',
  packs: shippedPacks(resolve(root, 'public')),
});

export default defineConfig(({ command }) => ({
  define: { __BUILD__: JSON.stringify(buildOf(import.meta.dirname, command)) },
  plugins: [react(), zodMakesNoCode(), noteLicences(), serviceWorker()],
  // Relative addresses, so that the built folder works under any path of any static server.
  base: './',
  worker: {
    format: 'es',
    rolldownOptions: quiet,
    plugins: () => [zodMakesNoCode(), noteLicences()],
  },
  optimizeDeps: {
    exclude: ['@cornerstonejs/dicom-image-loader'],
    include: ['dicom-parser'],
  },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000, rolldownOptions: quiet },
}));
