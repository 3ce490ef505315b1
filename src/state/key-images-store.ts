import { createStore } from 'zustand/vanilla';
import type { KeptKeyImage } from '../ports/storage.ts';
import { adoptChanges } from './adopt-changes.ts';

export interface KeyImagesState {
  /** Of all open images, in the order of keeping. */
  readonly keyImages: readonly KeptKeyImage[];
  /** Answers its id. */
  keep(view: Omit<KeptKeyImage, 'id'>): string;
  remove(id: string): void;
  /** Brings back what was kept or reported; what is here already stays. */
  restore(views: readonly KeptKeyImage[]): void;
  /** Forgets those of images that were closed; storage keeps them. */
  forget(sopInstanceUids: readonly string[]): void;
  /** Takes over what was kept, changed or deleted in another tab. */
  adopt(changed: readonly KeptKeyImage[], removedIds: readonly string[]): void;
}

const inOrder = (all: readonly KeptKeyImage[]): readonly KeptKeyImage[] =>
  all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

export type KeyImagesStore = ReturnType<typeof createKeyImagesStore>;

/** The views that the reader kept of the open images. */
export const createKeyImagesStore = (newId: () => string) =>
  createStore<KeyImagesState>()((set) => ({
    keyImages: [],
    keep: (view) => {
      const id = newId();
      set((s) => ({ keyImages: [...s.keyImages, { id, ...view }] }));
      return id;
    },
    remove: (id) => set((s) => ({ keyImages: s.keyImages.filter((each) => each.id !== id) })),
    restore: (views) =>
      set((s) => {
        const known = new Set(s.keyImages.map(({ id }) => id));
        const added = views.filter(({ id }) => !known.has(id));
        if (added.length === 0) return s;
        return { keyImages: inOrder([...s.keyImages, ...added]) };
      }),
    forget: (sops) =>
      set((s) => ({ keyImages: s.keyImages.filter((k) => !sops.includes(k.sopInstanceUid)) })),
    adopt: (changed, removedIds) =>
      set((s) => ({ keyImages: inOrder(adoptChanges(s.keyImages, changed, removedIds)) })),
  }));
