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
/** The repository's folder. */
export const root: string;
/** Runs a command with the terminal's own output; returns its exit code. */
export const run: (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => number;
/** Path of a tool that package-lock.json pins, run through the Node that runs this script. */
export const tool: (name: string, script: string) => string;
/** Installs exactly what package-lock.json pins, unless that is there already. */
export const installDependencies: () => void;
