import { createStore } from 'zustand/vanilla';

export interface PageState {
  /** The list or dialog that lies over the page, if any. */
  readonly over: 'palette' | 'keys' | 'about' | 'screen' | 'sequence' | 'dismissal' | undefined;
}

export type PageStore = ReturnType<typeof createPageStore>;

/** What lies over the page as a whole. */
export const createPageStore = () => createStore<PageState>()(() => ({ over: undefined }));
