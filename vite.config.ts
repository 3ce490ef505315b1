import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';
import { SERVICE_WORKER, stampServiceWorker } from './scripts/offline-files.mjs';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

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
  worker: { format: 'es' },
  optimizeDeps: {
    exclude: ['@cornerstonejs/dicom-image-loader'],
    include: ['dicom-parser'],
  },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000 },
});
