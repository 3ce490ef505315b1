import { createStore } from 'zustand/vanilla';
import type { ServerSession } from '../ports/server.ts';

export interface SessionState {
  /** The server that the reader is connected to. Its credentials are out of sight, within it. */
  readonly session: ServerSession | undefined;
}

/** Lives as long as the page, in memory only. */
export const createSessionStore = () => createStore<SessionState>()(() => ({ session: undefined }));
export type SessionStore = ReturnType<typeof createSessionStore>;
