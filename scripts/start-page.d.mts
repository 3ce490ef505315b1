/** Types of start-page.mjs. */
import type { ServeOptions } from './serve.mjs';

export function isServedAt(address: string, page: string, options: ServeOptions): Promise<boolean>;
export function takenWords(taken: string, address: string): string;
