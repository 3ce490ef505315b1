import { join } from 'node:path';
import { build } from 'vite';
import { BENCH, CACHE, ROOT } from './paths.ts';

export const SITE = join(CACHE, 'site');
export const PRODUCT = join(CACHE, 'product');

/** Builds the bench's own pages: the peers, and parts of the product by themselves. */
export const buildPages = (): Promise<unknown> =>
  build({
    configFile: false,
    root: join(BENCH, 'pages'),
    base: './',
    publicDir: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      outDir: SITE,
      emptyOutDir: true,
      chunkSizeWarningLimit: 10_000,
      rollupOptions: {
        input: ['index', 'cornerstone', 'dwv'].map((name) => join(BENCH, 'pages', `${name}.html`)),
      },
    },
  });

/** Builds the product as `npm start` does. */
export const buildProduct = (): Promise<unknown> =>
  build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: PRODUCT, emptyOutDir: true },
  });
