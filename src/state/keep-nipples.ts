import { type PixelIdentity, standsOn } from '../core/image/pixel-identity.ts';
import type { NipplesStore } from './nipples-store.ts';
import type { NippleStorage } from '../ports/storage.ts';

/**
 * Keeps the nipples that the reader set, each with the pixels that it was set on: on others it stays
 * away, and `onAway` hears of it. A failure is not shown: they are a convenience beside the marks,
 * whose storage says when the browser refuses.
 */
export const keepNipples = (
  store: NipplesStore,
  storage: NippleStorage,
  pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined,
  onAway: (sopInstanceUid: string) => void,
) => {
  store.subscribe(({ placed }, before) => {
    for (const [sop, point] of Object.entries(placed))
      if (before.placed[sop] !== point)
        storage.save(sop, { point, pixels: pixelsOf(sop) }).catch(() => undefined);
  });
  return {
    restore: async (sopInstanceUids: readonly string[]): Promise<void> => {
      const found = await storage.find(sopInstanceUids).catch(() => ({}));
      const standing = Object.entries(found).filter(([sop, { pixels }]) => {
        const stands = standsOn(pixels, pixelsOf(sop));
        if (!stands) onAway(sop);
        return stands;
      });
      store
        .getState()
        .restore(Object.fromEntries(standing.map(([sop, { point }]) => [sop, point])));
    },
  };
};
