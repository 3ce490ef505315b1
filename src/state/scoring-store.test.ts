import { describe, expect, it, vi } from 'vitest';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { EngineAnswer, EngineStatus } from './ports.ts';
import { createScoringStore } from './scoring-store.ts';

const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
const lesion = (marks: Lesion['marks']): Lesion => ({ id: 'L', patientKey: 'A', number: 1, marks });
const answer = (name: string) => ({ info: { adapter: name } }) as unknown as EngineAnswer;
const ready: EngineStatus = {
  phase: 'ready',
  info: { backend: 'wasm', adapter: 'test', software: false, passedOver: [] },
};

const setUp = (open: readonly string[]) => {
  const pending: { resolve: (a: EngineAnswer | undefined) => void; reject: (e: Error) => void }[] =
    [];
  let listener: (s: EngineStatus) => void = () => undefined;
  const score = vi.fn(
    (_key: string, _patches: readonly Float32Array[]) =>
      new Promise<EngineAnswer | undefined>((resolve, reject) => pending.push({ resolve, reject })),
  );
  const store = createScoringStore(
    {
      onStatus: (l) => {
        listener = l;
        return () => undefined;
      },
      score,
      switchBackend: async () => undefined,
    },
    { isOpen: (sop) => open.includes(sop), cut: (_sop, b) => Float32Array.of(b.x) },
    { patch: { size: 1, context: 1 } } as PackManifest,
  );
  return { store, score, pending, status: (s: EngineStatus) => listener(s) };
};
const flush = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('scoring store', () => {
  it('asks for nothing until the engine is ready, then for all open views in one request', () => {
    const { store, score, status } = setUp(['s1', 's2']);
    const marked = lesion({ s2: box(2), s1: box(1), closed: box(3) });
    store.getState().update([marked]);
    expect(score).not.toHaveBeenCalled();
    status(ready);
    store.getState().update([marked]);
    expect(score.mock.calls).toEqual([['L', [Float32Array.of(1), Float32Array.of(2)]]]);
  });

  it('drops the answer for marks that have moved since', async () => {
    const { store, pending, status } = setUp(['s1']);
    status(ready);
    store.getState().update([lesion({ s1: box(1) })]);
    store.getState().update([lesion({ s1: box(2) })]);
    pending[1]?.resolve(answer('new'));
    await flush();
    pending[0]?.resolve(answer('old'));
    await flush();
    expect(store.getState().results.L).toMatchObject({
      phase: 'scored',
      views: ['s1'],
      answer: { info: { adapter: 'new' } },
    });
  });

  it('keeps the reason of a failed run, and scores again on retry', async () => {
    const { store, pending, status } = setUp(['s1']);
    status(ready);
    const marked = lesion({ s1: box(1) });
    store.getState().update([marked]);
    pending[0]?.reject(new Error('the GPU went away'));
    await flush();
    expect(store.getState().results.L).toMatchObject({
      phase: 'failed',
      reason: 'the GPU went away',
    });
    store.getState().retry(marked);
    pending[1]?.resolve(answer('second'));
    await flush();
    expect(store.getState().results.L?.phase).toBe('scored');
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
