import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a store with a history of its own offers here. */
interface Undoable {
  readonly past: readonly unknown[];
  undo(): void;
  redo(): void;
}

export interface HistoryState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
}

export type HistoryStore = ReturnType<typeof createHistoryStore>;

/**
 * One undo over several stores: the reader takes back what was done last, whatever it was done to.
 * A new step in any store ends what could be redone in all of them.
 */
export const createHistoryStore = (stores: readonly StoreApi<Undoable>[]) => {
  let done: StoreApi<Undoable>[] = [];
  let undone: StoreApi<Undoable>[] = [];
  let moving = false;
  const store = createStore<HistoryState>()(() => ({
    canUndo: false,
    canRedo: false,
    undo: () => travel(done.at(-1), 'undo'),
    redo: () => travel(undone.at(-1), 'redo'),
  }));
  const tell = () => store.setState({ canUndo: done.length > 0, canRedo: undone.length > 0 });
  const travel = (where: StoreApi<Undoable> | undefined, way: 'undo' | 'redo') => {
    if (!where) return;
    moving = true;
    where.getState()[way]();
    moving = false;
    if (way === 'undo') [done, undone] = [done.slice(0, -1), [...undone, where]];
    else [done, undone] = [[...done, where], undone.slice(0, -1)];
    tell();
  };
  for (const each of stores)
    each.subscribe((now, before) => {
      // A step adds to the past. What storage or another tab brings replaces the past in full length.
      const isStep = now.past.length > before.past.length || isSlid(now.past, before.past);
      if (moving || !isStep) return;
      done = [...done, each];
      undone = [];
      tell();
    });
  return store;
};

/** Whether a full history dropped its oldest step for a new one. */
const isSlid = (now: readonly unknown[], before: readonly unknown[]): boolean =>
  now.length > 1 && now.length === before.length && now[0] !== before[0] && now[0] === before[1];
