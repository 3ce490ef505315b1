import type { PlatformPath } from 'node:path';

/** Where npm's own script may be, best first. */
export const npmScripts: (
  execPath: string,
  env: NodeJS.ProcessEnv,
  path?: PlatformPath,
) => readonly string[];
/** npm's own script, to be run through this Node; undefined where there is none. */
export const findNpm: () => string | undefined;
/** Packages of a folder's lock file that are not installed there in the pinned version. */
export const missingPackages: (folder: string) => readonly string[];
