import { describe, expect, it } from 'vitest';
import { createLesionsStore } from './lesions-store.ts';

const box = (x: number) => ({ x, y: 10, width: 20, height: 30 });

const newStore = () => {
  let n = 0;
  return createLesionsStore(() => `id-${++n}`);
};

describe('lesions store', () => {
  it('numbers lesions per patient and selects the newest', () => {
    const store = newStore();
    store.getState().create('A');
    store.getState().create('B');
    const third = store.getState().create('A');
    expect(store.getState().lesions.map((l) => [l.patientKey, l.number])).toEqual([
      ['A', 1],
      ['B', 1],
      ['A', 2],
    ]);
    expect(store.getState().selectedId).toBe(third.id);
  });

  it('undoes and redoes marks, moves and deletions in order', () => {
    const store = newStore();
    const s = store.getState;
    const { id } = s().create('A');
    s().setMark(id, 'sop1', box(1));
    s().setMark(id, 'sop1', box(2));
    s().removeMark(id, 'sop1');
    s().undo();
    expect(s().lesions[0]?.marks).toEqual({ sop1: box(2) });
    s().undo();
    expect(s().lesions[0]?.marks).toEqual({ sop1: box(1) });
    s().redo();
    expect(s().lesions[0]?.marks).toEqual({ sop1: box(2) });
    s().remove(id);
    expect(s().lesions).toEqual([]);
    expect(s().selectedId).toBeUndefined();
    s().undo();
    expect(s().lesions[0]?.id).toBe(id);
    s().undo();
    s().setMark(id, 'sop2', box(3));
    s().redo();
    expect(s().lesions[0]?.marks).toEqual({ sop1: box(1), sop2: box(3) });
  });

  it('keeps a preview out of the marks and out of the history', () => {
    const store = newStore();
    const { id } = store.getState().create('A');
    const steps = store.getState().past.length;
    store.getState().previewMark(id, 'sop1', box(1));
    expect(store.getState().lesions[0]?.marks).toEqual({});
    expect(store.getState().past).toHaveLength(steps);
    store.getState().setMark(id, 'sop1', box(5));
    expect(store.getState().preview).toBeUndefined();
  });

  it('does not lose restored lesions when an earlier step is undone', () => {
    const store = newStore();
    store.getState().create('A');
    store.getState().restore([{ id: 'kept', patientKey: 'A', number: 7, marks: { sop1: box(1) } }]);
    store.getState().undo();
    expect(store.getState().lesions.map((l) => l.id)).toEqual(['kept']);
    expect(store.getState().create('A').number).toBe(8);
  });

  it('lists lesions by their number, in whatever order they come back', () => {
    const store = newStore();
    const kept = [2, 3, 1].map((number) => ({
      ...{ id: `kept ${number}`, patientKey: 'A', number },
      marks: { [`sop${number}`]: box(1) },
    }));
    for (const lesion of kept.slice(0, 2)) store.getState().restore([lesion]);
    store.getState().adopt(kept.slice(2), []);
    expect(store.getState().lesions.map(({ number }) => number)).toEqual([1, 2, 3]);
    store.getState().adopt([], ['kept 1']);
    store.getState().restore(kept.slice(2));
    expect(store.getState().lesions.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('takes over what another tab did, and does not undo it', () => {
    const store = newStore();
    const s = store.getState;
    const { id } = s().create('A');
    s().setMark(id, 'sop1', box(1));
    const theirs = { id: 'their', patientKey: 'A', number: 2, marks: { sop1: box(7) } };
    const moved = { id, patientKey: 'A', number: 1, marks: { sop1: box(5) } };
    const draft = s().create('A');
    s().adopt([moved, theirs], []);
    expect(s().lesions).toEqual([moved, theirs, { ...draft, number: 3 }]);
    s().undo();
    s().undo();
    expect(s().lesions).toEqual([moved, theirs]);
    s().adopt([], [id]);
    s().redo();
    s().redo();
    expect(s().lesions.map((l) => l.id)).toEqual(['their', draft.id]);
  });

  const first = { at: '2026-01-31T12:00:00Z', biRads: '4A', suspicion: 30 } as const;
  const seen = { packId: 'p', packVersion: '1', likelihood: 0.6, assumedPrevalence: 0.1 };

  it('keeps what the reader says through undo and redo, and never as a step of its own', () => {
    const store = newStore();
    const s = store.getState;
    const { id } = s().create('A');
    s().setMark(id, 'sop1', box(1));
    s().setMark(id, 'sop1', box(2));
    s().undo();
    const steps = [s().past.length, s().future.length];
    s().setNotes(id, 'spiculated');
    s().describe(id, { shape: 'round', margin: 'obscured' });
    s().describe(id, { shape: 'oval' });
    s().assess(id, first, undefined);
    s().reveal(id, { at: '2026-01-31T12:01:00Z', ...seen });
    expect([s().past.length, s().future.length]).toEqual(steps);
    const descriptors = { shape: 'oval' };
    const words = { notes: 'spiculated', descriptors, readings: [{ biRads: '4A' }], reveal: seen };
    for (const step of ['redo', 'undo', 'undo'] as const) {
      s()[step]();
      expect(s().lesions[0]).toMatchObject(words);
      expect(s().lesions[0]?.descriptors).toEqual(descriptors);
    }
    expect(s().lesions[0]?.marks).toEqual({});
    s().undo();
    expect(s().lesions).toMatchObject([{ id, marks: {}, ...words }]);
  });

  it('lets a lesion be undone whose score was merely seen', () => {
    const s = newStore().getState;
    const { id } = s().create('A');
    s().setMark(id, 'sop1', box(1));
    s().reveal(id, { at: '2026-01-31T12:01:00Z', ...seen });
    s().undo();
    s().undo();
    expect(s().lesions).toEqual([]);
    s().redo();
    s().redo();
    expect(s().lesions[0]?.reveal).toMatchObject(seen);
  });

  it('brings a deleted lesion back with its words', () => {
    const store = newStore();
    const s = store.getState;
    const { id } = s().create('A');
    s().setNotes(id, 'see prior');
    s().remove(id);
    expect(s().lesions).toEqual([]);
    s().undo();
    expect(s().lesions[0]?.notes).toBe('see prior');
    s().redo();
    expect(s().lesions).toEqual([]);
  });

  it('gives a lesion that comes back the next number where its own is taken, in every step', () => {
    const s = newStore().getState;
    const { id } = s().createMarked('A', 'sop1', box(1), undefined);
    const kept = { id: 'kept', patientKey: 'A', number: 1, marks: { sop2: box(2) } };
    s().restore([kept, { ...kept, id: 'other', patientKey: 'B' }]);
    const numbers = () => s().lesions.map((l) => [l.id, l.number]);
    expect(numbers()).toEqual([
      [id, 1],
      ['other', 1],
      ['kept', 2],
    ]);
    s().undo();
    expect(numbers()).toEqual([
      ['other', 1],
      ['kept', 2],
    ]);
  });

  it('gives two tabs that numbered alike the same numbers', () => {
    const own = (mine: string, theirs: string) => {
      const s = createLesionsStore(() => mine).getState;
      s().createMarked('A', mine, box(1), undefined);
      s().adopt([{ id: theirs, patientKey: 'A', number: 1, marks: { [theirs]: box(2) } }], []);
      return s().lesions.map((l) => [l.id, l.number]);
    };
    expect(own('a', 'b')).toEqual(own('b', 'a'));
    expect(own('a', 'b')).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('keeps what can be redone where a drag ends on a lesion that was undone meanwhile', () => {
    const s = newStore().getState;
    const { id } = s().createMarked('A', 'sop1', box(1), undefined);
    s().undo();
    s().setMark(id, 'sop1', box(2));
    s().removeMark(id, 'sop1');
    s().remove(id);
    s().redo();
    expect(s().lesions).toMatchObject([{ id, marks: { sop1: box(1) } }]);
  });

  it('gives a lesion to the patient whose image it is marked on, and a number that is free there', () => {
    const s = newStore().getState;
    s().createMarked('A', 'sop1', box(1), undefined);
    const { id } = s().createMarked('B', 'sop2', box(2), undefined);
    s().follow((sop) => (sop === 'sop3' ? undefined : 'A'));
    expect(s().lesions.find((l) => l.id === id)).toMatchObject({ patientKey: 'A', number: 2 });
    s().undo();
    s().redo();
    expect(s().lesions.find((l) => l.id === id)?.patientKey).toBe('A');
    expect(s().past).toHaveLength(2);
  });
});
