/** Types of setup.mjs. */
import type { PlatformPath } from 'node:path';

export const root: string;
export function run(
  command: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): number;
export function tool(name: string, script: string): string;
export function npmScripts(
  execPath: string,
  env: Readonly<Record<string, string | undefined>>,
  path?: PlatformPath,
): string[];
export function findNpm(): string | undefined;
export function missingPackages(folder: string): string[];
