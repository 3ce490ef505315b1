import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import type { Message } from '../core/message/message.ts';
import type { KeptOfImages, KeyImageStorage, OtherTabs } from '../ports/storage.ts';
import { keepByImage } from './keep-by-image.ts';
import type { KeyImagesStore } from './key-images-store.ts';

/** Keeps the key images, each with the pixels that it was kept of (keepByImage). */
export const keepKeyImages = (
  store: KeyImagesStore,
  storage: KeyImageStorage,
  onProblem: (problem: Message | undefined) => void,
  pixelsOf: (sopInstanceUid: string) => PixelIdentity | undefined,
  onAway: (sopInstanceUid: string) => void,
  tabs?: OtherTabs<KeptOfImages>,
) =>
  keepByImage({
    shown: () => store.getState().keyImages,
    onChange: (changed) =>
      store.subscribe((now, before) => {
        if (now.keyImages !== before.keyImages) changed();
      }),
    restore: (kept) => store.getState().restore(kept),
    forget: (sops) => store.getState().forget(sops),
    adopt: (changed, removed) => store.getState().adopt(changed, removed),
    unsaved: 'keep.key-images-unsaved',
    unread: 'keep.key-images-unread',
    ...{ storage, onProblem, pixelsOf, onAway, tabs },
  });
