import { type PixelIdentity, standsOn } from '../core/image/pixel-identity.ts';
import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { ImageRecordStorage } from '../ports/storage.ts';
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
  readonly storage: ImageRecordStorage<T>;
  /** One as it is written. */
  readonly asKept?: (one: T) => T;
  readonly unsaved: 'keep.measurements-unsaved' | 'keep.key-images-unsaved';
  readonly unread: 'keep.measurements-unread' | 'keep.key-images-unread';
  readonly onProblem: (problem: Message | undefined) => void;
  readonly pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined;
  readonly onAway: (sopInstanceUid: string) => void;
}

/**
 * Writes every change of what belongs to single images to storage at once and in order; `open` brings back
 * that of images that were just opened, `close` takes it from the screen and leaves it in storage. A
 * failure to write goes to `onProblem`, and the next change tries again with all that is unsaved. On other
 * pixels than it was made on it stays away, and `onAway` hears of it.
 */
export const keepByImage = <T extends OfImage>(sources: Sources<T>) => {
  const { storage, onProblem, pixelsOf, asKept = (one) => one } = sources;
  const stands = ({ sopInstanceUid: sop, pixels }: T): boolean => {
    const isOfThese = standsOn(pixels, pixelsOf(sop));
    if (!isOfThese) sources.onAway(sop);
    return isOfThese;
  };
  const writer = writeChanges<T>(
    { save: (changed) => storage.save(changed.map(asKept)), remove: storage.remove },
    () => onProblem(undefined),
    (error) => onProblem(message(sources.unsaved, { reason: reasonOf(error) })),
  );
  sources.onChange(() => writer.bring(sources.shown()));
  return {
    open: async (sopInstanceUids: readonly string[]) => {
      await writer.settled();
      try {
        const kept = (await storage.findByImages(sopInstanceUids)).filter(stands);
        const here = new Set(sources.shown().map(({ id }) => id));
        writer.know(kept.filter(({ id }) => !here.has(id)));
        sources.restore(kept);
      } catch (error) {
        onProblem(message(sources.unread, { reason: reasonOf(error) }));
      }
    },
    close: async (sopInstanceUids: readonly string[]) => {
      await writer.settled();
      const closed = new Set(sopInstanceUids);
      writer.leave(({ sopInstanceUid }) => closed.has(sopInstanceUid));
      sources.forget(sopInstanceUids);
    },
    settled: writer.settled,
  };
};
