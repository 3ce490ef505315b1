/** Types of build-page.mjs. */
export function sourceKey(top: string): string;
export function builtPage(top?: string, build?: (folder: string) => number): string | undefined;
