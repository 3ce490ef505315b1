import { type PixelIdentity, standsOn } from '../core/image/pixel-identity.ts';
import type { NipplesState, NipplesStore } from './nipples-store.ts';
import type { KeptNipple, NippleStorage, OtherTabs } from '../ports/storage.ts';

/**
 * Keeps the nipples that the reader set, each with the pixels that it was set on: on others it stays
 * away, and `onAway` hears of it. Other tabs hear on which images one was set, and take it over. A failure
 * is not shown: they are a convenience beside the marks, whose storage says when the browser refuses.
 */
export const keepNipples = (
  store: NipplesStore,
  storage: NippleStorage,
  pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined,
  onAway: (sopInstanceUid: string) => void,
  tabs?: OtherTabs<readonly string[]>,
) => {
  let isBringing = false;
  /** Of this page, on their way to storage or refused. */
  const unwritten = new Map<string, KeptNipple>();
  const save = async (sop: string, point: NipplesState['placed'][string]): Promise<void> => {
    const own = { point, pixels: pixelsOf(sop) };
    unwritten.set(sop, own);
    await storage.save(sop, own);
    if (unwritten.get(sop) === own) unwritten.delete(sop);
    tabs?.tell([sop]);
  };
  store.subscribe(({ placed }, before) => {
    if (isBringing) return;
    for (const [sop, point] of Object.entries(placed))
      if (before.placed[sop] !== point) save(sop, point).catch(() => undefined);
  });
  /** What is kept of images that are open goes to the store, and is not written again. */
  const bring = async (sops: readonly string[], how: 'restore' | 'adopt'): Promise<void> => {
    const kept = await storage.find(sops).catch(() => ({}));
    if (how === 'adopt') for (const sop of Object.keys(kept)) unwritten.delete(sop);
    const own = [...unwritten].filter(([sop]) => sops.includes(sop));
    const found = { ...kept, ...Object.fromEntries(own) };
    const standing = Object.entries(found).filter(([sop, { pixels }]) => {
      const here = pixelsOf(sop);
      const stands = standsOn(pixels, here);
      if (!stands) onAway(sop);
      return stands && here !== undefined;
    });
    isBringing = true;
    store.getState()[how](Object.fromEntries(standing.map(([sop, { point }]) => [sop, point])));
    isBringing = false;
  };
  tabs?.onTold((sops) => void bring(sops, 'adopt'));
  return {
    restore: (sopInstanceUids: readonly string[]) => bring(sopInstanceUids, 'restore'),
    /** Brings what storage holds of open images, in the place of what is here. */
    takeOver: (sopInstanceUids: readonly string[]) => bring(sopInstanceUids, 'adopt'),
  };
};
