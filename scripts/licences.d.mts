/** Types of licences.mjs. */
export const LICENCES: string;
export function packageFolder(id: string): string | undefined;
export function licenceNotices(folders: Iterable<string>): string;
