/** Types of shipped-packs.mjs. */
export function shippedPacks(folder: string): Record<string, string>;
