import type { z } from 'zod';
import type { OtherTabs } from '../../ports/storage.ts';
import { OURS } from './kept-database.ts';

/**
 * Tells the other tabs of this browser, and hears from them, on a channel of its own. Where the browser
 * has no BroadcastChannel tabs stay unaware of each other. By `hear` this page hears as if another had told.
 */
export const createTabChannel = <T>(
  name: string,
  schema: z.ZodType<T>,
): OtherTabs<T> & { hear(told: T): void; close(): void } => {
  const listeners: ((told: T) => void)[] = [];
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${OURS}-${name}`);
  return {
    tell: (told) => channel?.postMessage(told),
    hear: (told) => listeners.forEach((listener) => listener(told)),
    onTold: (listener) => {
      listeners.push(listener);
      channel?.addEventListener('message', ({ data }) => {
        // A tab may run another version of the program: what does not parse is left to storage.
        const parsed = schema.safeParse(data);
        if (parsed.success) listener(parsed.data);
      });
    },
    close: () => channel?.close(),
  };
};
