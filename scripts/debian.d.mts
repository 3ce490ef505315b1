/** Types of debian.mjs. */
export function findProgram(...names: string[]): string | undefined;
export function findNginx(): string | undefined;
export function installNginx(): void;
export function installBrowsers(): void;
export function installDicomTools(): void;
export function installDebian(...packages: string[]): boolean;
