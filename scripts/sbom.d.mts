/** Types of sbom.mjs. */
export function steadySbom(json: string, lock: Uint8Array): string;
