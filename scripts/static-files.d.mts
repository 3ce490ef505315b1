/** Types of static-files.mjs. */
import type { PlatformPath } from 'node:path';

export function contentTypeOf(file: string): string;
export function pathBelow(folder: string, urlPath: string, path?: PlatformPath): string | undefined;
