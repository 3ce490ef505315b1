import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import { type PixelIdentity, standsOn } from '../core/image/pixel-identity.ts';
import type { KeptKeyImage, KeyImageStorage } from '../ports/storage.ts';
import type { KeyImagesStore } from './key-images-store.ts';

/**
 * Writes every change of the key images to storage at once and in order; `open` brings back those of
 * images that were just opened, `close` takes them from the screen and leaves them in storage. A
 * failure to write goes to `onProblem`, and the next change tries again with all that is unsaved. On
 * other pixels than they were kept of they stay away, and `onAway` hears of it.
 */
export const keepKeyImages = (
  store: KeyImagesStore,
  storage: KeyImageStorage,
  onProblem: (problem: Message | undefined) => void,
  pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined,
  onAway: (sopInstanceUid: string) => void,
) => {
  const stands = ({ sopInstanceUid: sop, pixels }: KeptKeyImage): boolean => {
    const isOfThese = standsOn(pixels, pixelsOf(sop));
    if (!isOfThese) onAway(sop);
    return isOfThese;
  };
  let saved: readonly KeptKeyImage[] = [];
  let queue = Promise.resolve();
  const write = async () => {
    const { keyImages } = store.getState();
    const here = new Set(keyImages.map(({ id }) => id));
    try {
      const added = keyImages.filter((view) => !saved.includes(view));
      const gone = saved.filter(({ id }) => !here.has(id)).map(({ id }) => id);
      if (added.length > 0) await storage.save(added);
      if (gone.length > 0) await storage.remove(gone);
      saved = keyImages;
      onProblem(undefined);
    } catch (error) {
      onProblem(message('keep.key-images-unsaved', { reason: reasonOf(error) }));
    }
  };
  store.subscribe((now, before) => {
    if (now.keyImages !== before.keyImages) queue = queue.then(write);
  });
  return {
    open: async (sopInstanceUids: readonly string[]) => {
      await queue;
      try {
        const kept = (await storage.findByImages(sopInstanceUids)).filter(stands);
        saved = [...saved, ...kept.filter(({ id }) => !saved.some((s) => s.id === id))];
        store.getState().restore(kept);
      } catch (error) {
        onProblem(message('keep.key-images-unread', { reason: reasonOf(error) }));
      }
    },
    close: async (sopInstanceUids: readonly string[]) => {
      await queue;
      saved = saved.filter(({ sopInstanceUid }) => !sopInstanceUids.includes(sopInstanceUid));
      store.getState().forget(sopInstanceUids);
    },
    settled: () => queue,
  };
};
