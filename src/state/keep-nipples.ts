import type { NipplesStore } from './nipples-store.ts';
import type { NippleStorage } from './ports.ts';

/**
 * Keeps the nipples that the reader set. A failure is not shown: they are a convenience beside the
 * marks, whose storage says when the browser refuses.
 */
export const keepNipples = (store: NipplesStore, storage: NippleStorage) => {
  store.subscribe(({ placed }, before) => {
    for (const [sop, point] of Object.entries(placed))
      if (before.placed[sop] !== point) storage.save(sop, point).catch(() => undefined);
  });
  return {
    restore: async (sopInstanceUids: readonly string[]): Promise<void> => {
      const kept = await storage.find(sopInstanceUids).catch(() => ({}));
      store.getState().restore(kept);
    },
  };
};
