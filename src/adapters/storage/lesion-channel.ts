import { z } from 'zod';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { OURS } from './kept-database.ts';
import { lesionSchema } from './lesion-storage.ts';

const messageSchema = z.object({ saved: z.array(lesionSchema), removed: z.array(z.string()) });

interface KeptChange {
  readonly saved: readonly Lesion[];
  readonly removed: readonly string[];
}

/**
 * Tells the other tabs of this browser what was written, and hears from them. Where the browser has
 * no BroadcastChannel tabs stay unaware of each other.
 */
export const createLesionChannel = () => {
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`${OURS}-lesions`);
  return {
    tell: (change: KeptChange): void => channel?.postMessage(change),
    onTold: (listener: (change: KeptChange) => void): void =>
      channel?.addEventListener('message', ({ data }) => {
        // A tab may run another version of the program: what does not parse is left to storage.
        const parsed = messageSchema.safeParse(data);
        if (parsed.success) listener(parsed.data);
      }),
    close: (): void => channel?.close(),
  };
};
