import { createStore } from 'zustand/vanilla';

export interface ShowRequestState {
  /** A new object at every request, so that the same image can be asked for again. */
  readonly asked: { readonly sopInstanceUid: string } | undefined;
  ask(sopInstanceUid: string): void;
  /** The views have taken the request up. */
  done(): void;
}

export type ShowRequestStore = ReturnType<typeof createShowRequestStore>;

/** The image that the reader asked to see outside the views: they put it into the active one. */
export const createShowRequestStore = () =>
  createStore<ShowRequestState>()((set) => ({
    asked: undefined,
    ask: (sopInstanceUid) => set({ asked: { sopInstanceUid } }),
    done: () => set({ asked: undefined }),
  }));
