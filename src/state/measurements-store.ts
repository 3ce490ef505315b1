import { createStore } from 'zustand/vanilla';
import { adoptChanges } from './adopt-changes.ts';
import type { MeasuredShape, Measurement } from '../core/display/measure/measurement.ts';

/** How many steps back a reader can undo. */
const HISTORY_LIMIT = 200;

export interface MeasurementsState {
  readonly measurements: readonly Measurement[];
  readonly selectedId: string | undefined;
  /** Whether they are on the pictures; measuring shows them again. */
  readonly shown: boolean;
  readonly past: readonly (readonly Measurement[])[];
  readonly future: readonly (readonly Measurement[])[];
  /** What a step of the history changes. */
  current(): readonly Measurement[];

  /** Adds a measurement and selects it; answers its id. */
  add(sopInstanceUid: string, shape: MeasuredShape, slice?: number): string;
  change(id: string, shape: MeasuredShape): void;
  remove(id: string): void;
  select(id: string | undefined): void;
  show(shown: boolean): void;
  undo(): void;
  redo(): void;
  /** Adds measurements that storage kept; those already here stay. No step of the history. */
  restore(measurements: readonly Measurement[]): void;
  /** Forgets the measurements of images that were closed; storage keeps them. No step of the history. */
  forget(sopInstanceUids: readonly string[]): void;
  /**
   * Takes over what was changed in another tab: now and in every step of the history, so that undoing here
   * never takes back what was done there.
   */
  adopt(changed: readonly Measurement[], removedIds: readonly string[]): void;
}

export type MeasurementsStore = ReturnType<typeof createMeasurementsStore>;

type List = readonly Measurement[];

/** The measurements on the open images, with undo and redo of every change to them. */
export const createMeasurementsStore = (newId: () => string) =>
  createStore<MeasurementsState>()((set, get) => {
    /** One undoable step. */
    const commit = (measurements: List) =>
      set((s) => ({
        measurements,
        shown: true,
        past: [...s.past, s.measurements].slice(-HISTORY_LIMIT),
        future: [],
      }));
    /** A change beside the history: undoing an earlier step must not take it back. */
    const throughout = (change: (list: List) => List) =>
      set((s) => ({
        measurements: change(s.measurements),
        past: s.past.map(change),
        future: s.future.map(change),
      }));
    return {
      measurements: [],
      selectedId: undefined,
      shown: true,
      past: [],
      future: [],
      current: () => get().measurements,
      add: (sopInstanceUid, shape, slice) => {
        const id = newId();
        commit([...get().measurements, { id, sopInstanceUid, shape, slice }]);
        set({ selectedId: id });
        return id;
      },
      change: (id, shape) =>
        commit(get().measurements.map((m) => (m.id === id ? { ...m, shape } : m))),
      remove: (id) => commit(get().measurements.filter((m) => m.id !== id)),
      select: (selectedId) => set({ selectedId }),
      show: (shown) => set({ shown }),
      undo: () =>
        set((s) => {
          const measurements = s.past.at(-1);
          if (!measurements) return s;
          const future = [s.measurements, ...s.future];
          return { measurements, shown: true, past: s.past.slice(0, -1), future };
        }),
      redo: () =>
        set((s) => {
          const [measurements, ...future] = s.future;
          if (!measurements) return s;
          return { measurements, shown: true, past: [...s.past, s.measurements], future };
        }),
      restore: (kept) => {
        const known = new Set(get().measurements.map((m) => m.id));
        const added = kept.filter((m) => !known.has(m.id));
        if (added.length > 0) throughout((list) => [...list, ...added]);
      },
      forget: (sopInstanceUids) => {
        const closed = new Set(sopInstanceUids);
        throughout((list) => list.filter((m) => !closed.has(m.sopInstanceUid)));
      },
      adopt: (changed, removedIds) => throughout((list) => adoptChanges(list, changed, removedIds)),
    };
  });
