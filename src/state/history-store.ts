import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Measurement } from '../core/display/measure/measurement.ts';
import type { Lesion } from '../core/lesion/lesion.ts';

/** What a step puts on the page, changes there, or takes off it. */
export type Changed = Lesion | Measurement;

/** What a store with a history of its own offers here. */
interface Undoable {
  readonly past: readonly (readonly unknown[])[];
  readonly future: readonly (readonly unknown[])[];
  /** What is on the page between the two. */
  current(): readonly Changed[];
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

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/** Whether any of some lists differs from the one before it. */
const isChanging = (lists: readonly (readonly unknown[])[]): boolean =>
  lists.some((list, i) => i > 0 && !isSame(list, lists[i - 1] as readonly unknown[]));

/**
 * One undo over several stores: the reader takes back what was done last, whatever it was done to.
 * A new step in any store ends what could be redone in all of them. A step that changes nothing any more, since
 * what it was done to was closed, is passed over. `onTravel` hears what a step has changed.
 */
export const createHistoryStore = (
  stores: readonly StoreApi<Undoable>[],
  onTravel: (changed: readonly Changed[]) => void = () => undefined,
) => {
  let done: StoreApi<Undoable>[] = [];
  let undone: StoreApi<Undoable>[] = [];
  let moving = false;
  const store = createStore<HistoryState>()(() => ({
    canUndo: false,
    canRedo: false,
    undo: () => travel('undo'),
    redo: () => travel('redo'),
  }));
  const tell = () => {
    const states = (steps: readonly StoreApi<Undoable>[]) =>
      stores.filter((each) => steps.includes(each)).map((each) => each.getState());
    store.setState({
      canUndo: states(done).some((s) => isChanging([...s.past, s.current()])),
      canRedo: states(undone).some((s) => isChanging([s.current(), ...s.future])),
    });
  };
  /** Goes one step; undefined where there is none, else what it has changed. */
  const step = (way: 'undo' | 'redo'): readonly Changed[] | undefined => {
    const where = (way === 'undo' ? done : undone).at(-1);
    if (!where) return undefined;
    const before = where.getState().current();
    where.getState()[way]();
    if (way === 'undo') [done, undone] = [done.slice(0, -1), [...undone, where]];
    else [done, undone] = [[...done, where], undone.slice(0, -1)];
    const after = where.getState().current();
    const [old, now] = [new Set(before), new Set(after)];
    return [...after.filter((one) => !old.has(one)), ...before.filter((one) => !now.has(one))];
  };
  const travel = (way: 'undo' | 'redo') => {
    moving = true;
    let changed = step(way);
    while (changed?.length === 0) changed = step(way);
    moving = false;
    tell();
    if (changed) onTravel(changed);
  };
  for (const each of stores)
    each.subscribe((now, before) => {
      if (moving) return;
      // A step adds to the past. What storage or another tab brings replaces the past in full length.
      const isStep = now.past.length > before.past.length || isSlid(now.past, before.past);
      if (isStep) [done, undone] = [[...done, each], []];
      if (isStep || now.past !== before.past) tell();
    });
  return store;
};

/** Whether a full history dropped its oldest step for a new one. */
const isSlid = (now: readonly unknown[], before: readonly unknown[]): boolean =>
  now.length > 1 && now.length === before.length && now[0] !== before[0] && now[0] === before[1];
