import { describe, expect, it, vi } from 'vitest';
import { perturb } from '../core/lesion/perturbations.ts';
import type { LesionScore } from '../core/lesion/types.ts';
import type { ArmInput, ViewInput } from '../core/lesion/view-input.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { EngineAnswer, EngineStatus } from './ports.ts';
import { createScoringStore } from './scoring-store.ts';

const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
const lesion = (marks: Lesion['marks']): Lesion => ({ id: 'L', patientKey: 'A', number: 1, marks });
const answer = (name: string) => ({ info: { adapter: name } }) as unknown as EngineAnswer;
const ready: EngineStatus = {
  phase: 'ready',
  info: { backend: 'wasm', adapter: 'test', software: false, passedOver: [] },
  reference: { schemaVersion: 1, lesions: [], operatingPoints: [] },
};

const setUp = (open: readonly string[]) => {
  const pending: { resolve: (a: EngineAnswer | undefined) => void; reject: (e: Error) => void }[] =
    [];
  let listener: (s: EngineStatus) => void = () => undefined;
  const score = vi.fn(
    (_key: string, _views: readonly ArmInput[]) =>
      new Promise<EngineAnswer | undefined>((resolve, reject) => pending.push({ resolve, reject })),
  );
  const scoreEach = vi.fn(async (_key: string, sets: readonly (readonly ArmInput[])[]) =>
    sets.map(
      ([view]) =>
        ({ likelihood: { value: (view?.patch[0] ?? 0) / 100 } }) as unknown as LesionScore,
    ),
  );
  const store = createScoringStore(
    {
      onStatus: (l) => {
        listener = l;
        return () => undefined;
      },
      score,
      scoreEach,
      switchBackend: async () => undefined,
    },
    {
      isOpen: (sop) => open.includes(sop),
      perturbed: (_sop, b, by) => perturb(b, by, 1000, 1000),
      view: async (_sop, b) =>
        ({
          patch: Float32Array.of(b.x),
          contour: { polygon: [{ x: b.x, y: 0 }], quality: 0.5 },
        }) as unknown as ViewInput,
    },
  );
  return { store, score, scoreEach, pending, status: (s: EngineStatus) => listener(s) };
};
const flush = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('scoring store', () => {
  it('asks for nothing until the engine is ready, then for all open views in one request', async () => {
    const { store, score, status } = setUp(['s1', 's2']);
    const marked = lesion({ s2: box(2), s1: box(1), closed: box(3) });
    store.getState().update([marked]);
    expect(score).not.toHaveBeenCalled();
    status(ready);
    store.getState().update([marked]);
    await flush();
    expect(score.mock.calls).toEqual([
      ['L', [{ patch: Float32Array.of(1) }, { patch: Float32Array.of(2) }]],
    ]);
  });

  it('drops the answer for marks that have moved since', async () => {
    const { store, pending, status } = setUp(['s1']);
    status(ready);
    store.getState().update([lesion({ s1: box(1) })]);
    await flush();
    store.getState().update([lesion({ s1: box(2) })]);
    await flush();
    pending[1]?.resolve(answer('new'));
    await flush();
    pending[0]?.resolve(answer('old'));
    await flush();
    expect(store.getState().results.L).toMatchObject({
      phase: 'scored',
      views: ['s1'],
      outlines: [{ polygon: [{ x: 2, y: 0 }], quality: 0.5 }],
      answer: { info: { adapter: 'new' } },
    });
  });

  it('keeps the reason of a failed run, and scores again on retry', async () => {
    const { store, pending, status } = setUp(['s1']);
    status(ready);
    const marked = lesion({ s1: box(1) });
    store.getState().update([marked]);
    await flush();
    pending[0]?.reject(new Error('the GPU went away'));
    await flush();
    expect(store.getState().results.L).toMatchObject({
      phase: 'failed',
      reason: 'the GPU went away',
    });
    store.getState().retry(marked);
    await flush();
    pending[1]?.resolve(answer('second'));
    await flush();
    expect(store.getState().results.L?.phase).toBe('scored');
  });

  it('scores the boxes moved a little in one batch, and ties the range to the marks', async () => {
    const { store, scoreEach, pending, status } = setUp(['s1']);
    status(ready);
    const marked = lesion({ s1: box(10) });
    store.getState().update([marked]);
    await flush();
    pending[0]?.resolve(answer('first'));
    await flush();
    await store.getState().examineStability(marked);
    expect(scoreEach).toHaveBeenCalledTimes(1);
    const found = store.getState().results.L;
    const stability = found?.phase === 'scored' ? found.stability : undefined;
    expect(stability).toEqual({
      phase: 'done',
      likelihoods: [0.11, 0.09, 0.1, 0.1, 0.105, 0.095].map((p) => expect.closeTo(p, 6)),
    });
    store.getState().update([lesion({ s1: box(20) })]);
    await store.getState().examineStability(marked);
    expect(store.getState().results.L).toEqual({ phase: 'running', marks: 's1:20,0,10,10' });
  });

  it('forgets results of lesions that are gone or have no mark left', () => {
    const { store, status } = setUp(['s1']);
    status(ready);
    store.getState().update([lesion({ s1: box(1) })]);
    store.getState().update([lesion({})]);
    expect(store.getState().results).toEqual({});
    store.getState().update([lesion({ s1: box(1) })]);
    store.getState().update([]);
    expect(store.getState().results).toEqual({});
  });
});
