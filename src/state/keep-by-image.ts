import { type PixelIdentity, standsOn } from '../core/image/pixel-identity.ts';
import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { ImageRecordStorage, KeptOfImages, OtherTabs } from '../ports/storage.ts';
import { writeChanges } from './write-changes.ts';

/** What belongs to one image and is kept with the pixels that it was made on. */
interface OfImage {
  readonly id: string;
  readonly sopInstanceUid: string;
  readonly pixels?: PixelIdentity | undefined;
}

interface Sources<T extends OfImage> {
  /** What is on the screen now. */
  readonly shown: () => readonly T[];
  /** Calls back after every change of it. */
  readonly onChange: (listener: () => void) => void;
  /** Puts what was kept on the screen, and takes what belongs to closed images off it. */
  readonly restore: (kept: readonly T[]) => void;
  readonly forget: (sopInstanceUids: readonly string[]) => void;
  /** Takes over what was changed elsewhere, in the place of what is here. */
  readonly adopt: (changed: readonly T[], removedIds: readonly string[]) => void;
  readonly storage: ImageRecordStorage<T>;
  /** One as it is written. */
  readonly asKept?: (one: T) => T;
  readonly unsaved: 'keep.measurements-unsaved' | 'keep.key-images-unsaved';
  readonly unread: 'keep.measurements-unread' | 'keep.key-images-unread';
  readonly onProblem: (problem: Message | undefined) => void;
  readonly pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined;
  readonly onAway: (sopInstanceUid: string) => void;
  readonly tabs?: OtherTabs<KeptOfImages> | undefined;
}

/**
 * Writes every change of what belongs to single images to storage at once and in order; `open` brings back
 * that of images that were just opened, `close` takes it from the screen and leaves it in storage. A
 * failure to write goes to `onProblem`, and the next change tries again with all that is unsaved: closed meanwhile
 * it waits for its image. On other
 * pixels than it was made on it stays away, and `onAway` hears of it. Other tabs hear of what was written,
 * and what they wrote is taken over where its image is open here.
 */
export const keepByImage = <T extends OfImage>(sources: Sources<T>) => {
  const { storage, onProblem, pixelsOf, tabs, asKept = (one) => one } = sources;
  const isOpen = (sop: string): boolean => pixelsOf(sop) !== undefined;
  const stands = ({ sopInstanceUid: sop, pixels }: T): boolean => {
    const isOfThese = standsOn(pixels, pixelsOf(sop));
    if (!isOfThese) sources.onAway(sop);
    return isOfThese;
  };
  /** Of this page, on its way to storage or refused, as it is written. */
  const unwritten = new Map<string, T>();
  const giveUp = (ids: readonly string[]) => {
    for (const id of ids) unwritten.delete(id);
  };
  const writer = writeChanges<T>(
    {
      save: async (changed) => {
        const own = changed.map(asKept);
        for (const one of own) unwritten.set(one.id, one);
        await storage.save(own);
        giveUp(own.filter((one) => unwritten.get(one.id) === one).map(({ id }) => id));
      },
      remove: (ids) => {
        giveUp(ids);
        return storage.remove(ids);
      },
    },
    ({ saved, removed }) => {
      tabs?.tell({ images: saved.map(({ sopInstanceUid }) => sopInstanceUid), removed });
      onProblem(undefined);
    },
    (error) => onProblem(message(sources.unsaved, { reason: reasonOf(error) })),
  );
  sources.onChange(() => writer.bring(sources.shown()));
  /** What is kept of those images that are open, also once it was found. */
  const find = async (sopInstanceUids: readonly string[]): Promise<readonly T[]> => {
    const found = await storage.findByImages(sopInstanceUids.filter(isOpen));
    return found.filter(({ sopInstanceUid }) => isOpen(sopInstanceUid)).filter(stands);
  };
  const hear = async ({ images, removed }: KeptOfImages): Promise<void> => {
    const kept = await find(images).catch(() => []);
    const changed = kept.filter(({ id }) => !writer.isUnderway(id));
    const here = new Set(kept.map(({ id }) => id));
    const gone = removed.filter((id) => !here.has(id) && !writer.isUnderway(id));
    giveUp([...gone, ...changed.map(({ id }) => id)]);
    // It is in storage already: not to be written, nor told, again.
    writer.know(changed, gone);
    sources.adopt(changed, gone);
  };
  let heard = Promise.resolve();
  const takeOver = (told: KeptOfImages): Promise<void> => (heard = heard.then(() => hear(told)));
  tabs?.onTold((told) => void takeOver(told));
  return {
    open: async (sopInstanceUids: readonly string[]) => {
      await writer.settled();
      try {
        const found = await find(sopInstanceUids);
        const kept = found.filter((one) => !unwritten.has(one.id) && !writer.isUnremoved(one));
        const here = new Set(sources.shown().map(({ id }) => id));
        writer.know(kept.filter(({ id }) => !here.has(id)));
        sources.restore(kept);
      } catch (error) {
        onProblem(message(sources.unread, { reason: reasonOf(error) }));
      }
      const own = [...unwritten.values()].filter(({ sopInstanceUid: sop }) =>
        sopInstanceUids.includes(sop),
      );
      sources.restore(own.filter(({ sopInstanceUid }) => isOpen(sopInstanceUid)).filter(stands));
    },
    /** Brings what storage holds of open images to the screen, in the place of what is there. */
    takeOver: (images: readonly string[]) => takeOver({ images, removed: [] }),
    close: (sopInstanceUids: readonly string[]): void => {
      const closed = new Set(sopInstanceUids);
      writer.leave(({ sopInstanceUid }) => closed.has(sopInstanceUid));
      sources.forget(sopInstanceUids);
    },
    settled: async (): Promise<void> => {
      await writer.settled();
      await heard;
    },
  };
};
