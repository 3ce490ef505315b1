import type { KnipConfig } from 'knip';
import { VERBS } from './pipeline/verbs.ts';

const config: KnipConfig = {
  entry: [
    'src/app/offline/service-worker.ts',
    'src/adapters/**/fixtures/*.mjs',
    // The cli imports a verb by the name of its file, which nothing else does.
    ...Object.values(VERBS).map(({ file }) => `pipeline/${file}`),
    'bench/*.ts',
    'bench/pages/*.ts',
    'scripts/*.mjs',
    'scripts/pixel-sums.ts',
    'scripts/*.d.mts',
    'vitest.mutation.config.ts',
  ],
  project: ['**/*.{ts,tsx,mjs,mts,js}'],
  ignoreDependencies: ['events', '@tensorflow/tfjs', 'dwv', '@litertjs/core'],
  ignoreBinaries: [
    'apt-get',
    'dciodvfy',
    'dcmcjpeg',
    'dcmmkdir',
    'dcmpschk',
    'dsr2html',
    'java',
    'mount',
    'sha256sum',
    'umount',
  ],
  ignoreExportsUsedInFile: true,
};

export default config;
