import { createStore } from 'zustand/vanilla';

/** Something opened lately that can be opened again. */
export interface RecentItem {
  readonly id: string;
  /** Of the folder or file; of the first where several were picked together. */
  readonly name: string;
  /** How many more were picked with it. */
  readonly others: number;
  /** ISO 8601. */
  readonly openedAt: string;
}

/** Newest first. */
export const createRecentsStore = () =>
  createStore<{ readonly items: readonly RecentItem[] }>()(() => ({ items: [] }));

export type RecentsStore = ReturnType<typeof createRecentsStore>;
