import { createStore } from 'zustand/vanilla';
import type { RecentItem } from '../ports/files.ts';

/** Newest first. */
export const createRecentsStore = () =>
  createStore<{ readonly items: readonly RecentItem[] }>()(() => ({ items: [] }));

export type RecentsStore = ReturnType<typeof createRecentsStore>;
