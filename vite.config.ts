import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';
import { SERVICE_WORKER, stampServiceWorker } from './scripts/offline-files.mjs';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const FACTORY = 'WasmBackendModuleThreadedSimd = WasmBackendModuleThreadedSimd || {};';

/**
 * tfjs sends the source text of its WebAssembly factory to its threads. The factory reads a variable
 * of the function around it, guarded by `typeof`; minifying drops the guard, since it sees the
 * declaration, and the threads die of a ReferenceError. Declared inside, the text stands alone.
 */
export const selfContainedWasmThreads = (): Plugin => ({
  name: 'self-contained-wasm-threads',
  transform: (code, id) => {
    if (!id.includes('wasm-out/tfjs-backend-wasm-threaded-simd.js')) return undefined;
    if (!code.includes(FACTORY)) throw new Error(`${id} is not the tfjs build that is expected`);
    return { code: code.replace(FACTORY, `${FACTORY} var _scriptDir;`), map: null };
  },
});

/**
 * Builds the service worker into one classic script beside index.html, once the page is written, and
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
              entry: resolve(root, 'src/app/service-worker.ts'),
              formats: ['iife'],
              name: 'tandemServiceWorker',
              fileName: () => SERVICE_WORKER,
            },
          },
        });
        stampServiceWorker(outDir);
      },
    },
  };
};

export default defineConfig({
  plugins: [react(), serviceWorker()],
  // Relative addresses, so that the built folder works under any path of any static server.
  base: './',
  worker: { format: 'es', plugins: () => [selfContainedWasmThreads()] },
  optimizeDeps: {
    exclude: ['@cornerstonejs/dicom-image-loader'],
    include: ['dicom-parser'],
  },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000 },
});
