import { message } from '../core/message/message.ts';
import { describe, expect, it, vi } from 'vitest';
import { perturb } from '../core/lesion/perturbations.ts';
import type { Box } from '../core/geometry/box.ts';
import type { LesionScore } from '../core/lesion/types.ts';
import type { MeasuredVectors, MeasuredView } from '../core/lesion/view-input.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { MAMMOGRAPHY_VIEWS } from '../core/dicom/mammogram-header.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import type { ViewOrigin } from '../core/lesion/joining.ts';
import { scoreOnShow } from './current-score.ts';
import { createScoringStore } from './scoring-store.ts';
import type { EngineStatus, EngineAnswer } from '../ports/inference.ts';
import type { OpenImage } from '../ports/analysis.ts';

const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
const lesion = (marks: Lesion['marks']): Lesion => ({ id: 'L', patientKey: 'A', number: 1, marks });
const answer = (name: string, network = 10) =>
  ({ info: { adapter: name }, milliseconds: { network, total: network } }) as EngineAnswer;
const ready: EngineStatus = {
  phase: 'ready',
  info: { backend: 'wasm', adapter: 'test', software: false, passedOver: [] },
  reference: { schemaVersion: 1, lesions: [], operatingPoints: [] },
};

/** Images of one breast and one examination, each of a projection of its own. */
const openImages = (sops: readonly string[], side: 'L' | 'R' = 'R'): readonly OpenImage[] =>
  sops.map((sop, i) => {
    const header = {
      ...testHeader({ side, view: MAMMOGRAPHY_VIEWS[i % 8] }),
      sopInstanceUid: sop,
    };
    const size = { rows: 1000, columns: 1000, digest: `pixels of ${sop}` };
    return { path: sop, header, asRead: header, ...size, scopeNotes: [] };
  });

const setUp = (
  open: readonly string[],
  measure: (b: Box) => Promise<MeasuredView> | undefined = () => undefined,
) => {
  const pending: { resolve: (a: EngineAnswer | undefined) => void; reject: (e: Error) => void }[] =
    [];
  let listener: (s: EngineStatus) => void = () => undefined;
  const asked: string[] = [];
  const score = vi.fn(
    (
      _key: string,
      _patches: readonly Float32Array[],
      _origins: readonly ViewOrigin[],
      _measured: Promise<MeasuredVectors>,
    ) =>
      new Promise<EngineAnswer | undefined>((resolve, reject) => pending.push({ resolve, reject })),
  );
  const scoreEach = vi.fn(async (_key: string, sets: readonly (readonly Float32Array[])[]) =>
    sets.map(
      ([patch]) => ({ likelihood: { value: (patch?.[0] ?? 0) / 100 } }) as unknown as LesionScore,
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
      images: () => openImages(open),
      perturbed: (_sop, b, by) => perturb(b, by, 1000, 1000),
      patch: async (sop, b) => {
        asked.push(`patch ${sop}`);
        return Float32Array.of(b.x);
      },
      measure: (marks) => {
        asked.push(`measure ${marks.map(([sop]) => sop).join(' ')}`);
        return Promise.all(
          marks.map(
            ([, b]) =>
              measure(b) ??
              ({
                contour: { polygon: [{ x: b.x, y: 0 }], quality: 0.5 },
              } as unknown as MeasuredView),
          ),
        );
      },
    },
    'pack 1',
  );
  return { store, score, scoreEach, pending, asked, status: (s: EngineStatus) => listener(s) };
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
    expect(score.mock.calls.map(([key, patches]) => [key, patches])).toEqual([
      ['L', [Float32Array.of(1), Float32Array.of(2)]],
    ]);
    await expect(score.mock.calls[0]?.[3]).resolves.toEqual([{}, {}]);
  });

  it('asks for patches and measurements in the turn in which the marks come to stand', () => {
    const { store, asked, status } = setUp(['s1', 's2']);
    status(ready);
    store.getState().update([lesion({ s1: box(1), s2: box(2) })]);
    expect(asked).toEqual(['patch s1', 'patch s2', 'measure s1 s2']);
  });

  it('scores again what failed with an engine that was given up and is started anew', async () => {
    const { store, score, pending, status } = setUp(['s1']);
    const marked = lesion({ s1: box(1) });
    const update = () => store.getState().update([marked]);
    status(ready);
    update();
    await flush();
    status({ phase: 'failed', reason: message('engine.silent') });
    pending[0]?.reject(new Error('standstill'));
    await flush();
    expect(store.getState().results['L']).toMatchObject({ phase: 'failed' });
    status({ phase: 'starting', step: message('engine.step.start'), fraction: 0 });
    status(ready);
    update();
    await flush();
    expect(score).toHaveBeenCalledTimes(2);
  });

  it('leaves a failure be when the engine restarts by itself: it may be what broke it', async () => {
    const { store, score, pending, status } = setUp(['s1']);
    status(ready);
    store.getState().update([lesion({ s1: box(1) })]);
    await flush();
    pending[0]?.reject(new Error('lost'));
    await flush();
    status({ phase: 'starting', step: message('engine.step.start'), fraction: 0 });
    status(ready);
    store.getState().update([lesion({ s1: box(1) })]);
    await flush();
    expect(score).toHaveBeenCalledTimes(1);
  });

  it('shows no number of the engine before it moved up, and scores again on the new one', async () => {
    const { store, score, pending, status } = setUp(['s1']);
    const marked = lesion({ s1: box(1) });
    status(ready);
    store.getState().update([marked]);
    await flush();
    pending[0]?.resolve(answer('wasm'));
    await flush();
    const shown = () => scoreOnShow(marked, store.getState(), openImages(['s1']));
    expect(shown()).toMatchObject({ phase: 'scored' });
    const info = { backend: 'webgpu', adapter: 'card', software: false, passedOver: [] } as const;
    status({ ...ready, info } as EngineStatus);
    expect(shown()).toEqual({ phase: 'waiting' });
    store.getState().update([marked]);
    await flush();
    expect(score).toHaveBeenCalledTimes(2);
    pending[1]?.resolve(answer('card'));
    await flush();
    expect(shown()).toMatchObject({ phase: 'scored', answer: { info: { adapter: 'card' } } });
  });

  it('asks for the score while the lesion is still being measured', async () => {
    let done: (view: MeasuredView) => void = () => undefined;
    const { store, score, pending, status } = setUp(
      ['s1'],
      () => new Promise((resolve) => (done = resolve)),
    );
    status(ready);
    store.getState().update([lesion({ s1: box(1) })]);
    await flush();
    expect(score).toHaveBeenCalledOnce();
    const contour = { polygon: [], quality: 1 };
    done({ analytic: Float32Array.of(5), contour } as unknown as MeasuredView);
    await expect(score.mock.calls[0]?.[3]).resolves.toEqual([{ analytic: Float32Array.of(5) }]);
    pending[0]?.resolve(answer('scored'));
    await flush();
    expect(store.getState().results['L']).toMatchObject({
      phase: 'scored',
      outlines: [{ polygon: [], quality: 1 }],
    });
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
      reason: message('failure.unforeseen', { reason: 'the GPU went away' }),
    });
    store.getState().retry(marked);
    await flush();
    pending[1]?.resolve(answer('second'));
    await flush();
    expect(store.getState().results.L?.phase).toBe('scored');
  });

  describe('a score asked for before its marks stand', () => {
    /** A lesion that was scored once, so that the network's time is known. */
    const scoredOnce = async (network = 10) => {
      const all = setUp(['s1']);
      all.status(ready);
      all.store.getState().update([lesion({ s1: box(1) })]);
      await flush();
      all.pending[0]?.resolve(answer('first', network));
      await flush();
      const shown = () => {
        const result = all.store.getState().results.L;
        return result?.phase === 'scored' ? result.answer.info.adapter : result?.phase;
      };
      return { ...all, ...all.store.getState(), shown };
    };

    it('is there at once when they do, and not before', async () => {
      const { anticipate, update, pending, score, shown } = await scoredOnce();
      anticipate(lesion({ s1: box(2) }));
      await flush();
      pending[1]?.resolve(answer('ahead'));
      await flush();
      expect(shown()).toBe('first');
      update([lesion({ s1: box(2) })]);
      expect(shown()).toBe('ahead');
      await flush();
      expect(score).toHaveBeenCalledTimes(2);
    });

    it('is waited for when it is still under way', async () => {
      const { anticipate, update, pending, score, shown } = await scoredOnce();
      anticipate(lesion({ s1: box(2) }));
      await flush();
      update([lesion({ s1: box(2) })]);
      expect(shown()).toBe('running');
      pending[1]?.resolve(answer('ahead'));
      await flush();
      expect(shown()).toBe('ahead');
      expect(score).toHaveBeenCalledTimes(2);
    });

    it('is never shown for other marks', async () => {
      const { anticipate, update, pending, shown } = await scoredOnce();
      anticipate(lesion({ s1: box(2) }));
      await flush();
      update([lesion({ s1: box(3) })]);
      await flush();
      pending[1]?.resolve(answer('ahead'));
      await flush();
      expect(shown()).toBe('running');
      pending[2]?.resolve(answer('own'));
      await flush();
      expect(shown()).toBe('own');
    });

    it('is computed again where it failed', async () => {
      const { anticipate, update, pending, shown } = await scoredOnce();
      anticipate(lesion({ s1: box(2) }));
      await flush();
      pending[1]?.reject(new Error('the GPU went away'));
      await flush();
      expect(shown()).toBe('first');
      update([lesion({ s1: box(2) })]);
      await flush();
      pending[2]?.resolve(answer('own'));
      await flush();
      expect(shown()).toBe('own');
    });

    it('of marks on the move is asked for one after the other, and stands where they come to stand', async () => {
      const { anticipate, update, pending, score, shown } = await scoredOnce();
      for (const x of [2, 3, 4]) {
        anticipate(lesion({ s1: box(x) }), true);
        await flush();
      }
      expect(score).toHaveBeenCalledTimes(2);
      pending[1]?.resolve(answer('passed'));
      await flush();
      expect(shown()).toBe('first');
      anticipate(lesion({ s1: box(5) }), true);
      await flush();
      expect(score).toHaveBeenCalledTimes(3);
      update([lesion({ s1: box(5) })]);
      expect(shown()).toBe('running');
      pending[2]?.resolve(answer('stands'));
      await flush();
      expect(shown()).toBe('stands');
      expect(score).toHaveBeenCalledTimes(3);
    });

    it('of marks on the move is left alone where a score takes long in all', async () => {
      const clock = vi.spyOn(performance, 'now');
      let ms = 0;
      clock.mockImplementation(() => (ms += 60));
      const { anticipate, score } = await scoredOnce();
      anticipate(lesion({ s1: box(2) }), true);
      await flush();
      expect(score).toHaveBeenCalledTimes(1);
      anticipate(lesion({ s1: box(2) }));
      await flush();
      expect(score).toHaveBeenCalledTimes(2);
      clock.mockRestore();
    });

    it('does not take the place of a score that is under way, and is not tried on a slow network', async () => {
      const { anticipate, update, score } = await scoredOnce();
      update([lesion({ s1: box(5) })]);
      await flush();
      anticipate(lesion({ s1: box(6) }));
      await flush();
      expect(score).toHaveBeenCalledTimes(2);
      const slow = await scoredOnce(2_000);
      slow.anticipate(lesion({ s1: box(2) }));
      await flush();
      expect(slow.score).toHaveBeenCalledTimes(1);
    });
  });

  /** A lesion with one mark, scored, whose stability has been examined. */
  const examined = async ({ store, pending, status }: ReturnType<typeof setUp>) => {
    status(ready);
    const marked = lesion({ s1: box(10) });
    store.getState().update([marked]);
    await flush();
    pending[0]?.resolve(answer('first'));
    await flush();
    await store.getState().examineStability(marked);
    return marked;
  };

  it('leaves moved boxes that hold nothing to judge out of the range, and counts them', async () => {
    const contour = { polygon: [], quality: 1, mask: new Uint8Array(), bounds: box(0) };
    const problem = { code: 'in-air', severity: 'blocks', text: message('score.not-revealed') };
    const page = setUp(
      ['s1'],
      async ({ x }) => ({ contour, ...(x > 10 ? { problem } : {}) }) as unknown as MeasuredView,
    );
    await examined(page);
    const found = page.store.getState().results.L;
    expect(found?.phase === 'scored' && found.stability).toEqual({
      phase: 'done',
      likelihoods: [0.09, 0.1, 0.1, 0.095].map((p) => expect.closeTo(p, 6)),
      unjudged: 2,
    });
  });

  it('scores the boxes moved a little in one batch, and ties the range to the marks', async () => {
    const page = setUp(['s1']);
    const { store, scoreEach } = page;
    const marked = await examined(page);
    expect(scoreEach).toHaveBeenCalledTimes(1);
    const found = store.getState().results.L;
    const stability = found?.phase === 'scored' ? found.stability : undefined;
    expect(stability).toEqual({
      phase: 'done',
      likelihoods: [0.11, 0.09, 0.1, 0.1, 0.105, 0.095].map((p) => expect.closeTo(p, 6)),
      unjudged: 0,
    });
    store.getState().update([lesion({ s1: box(20) })]);
    await store.getState().examineStability(marked);
    expect(store.getState().results.L).toMatchObject({
      phase: 'running',
      basis: expect.stringContaining('20,0,10,10') as string,
    });
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

  describe('what is on show', () => {
    const scored = async (open: readonly string[] = ['s1', 's2']) => {
      const all = setUp(open);
      const marked = lesion({ s1: box(1), s2: box(2) });
      all.status(ready);
      all.store.getState().update([marked]);
      await flush();
      all.pending[0]?.resolve(answer('first'));
      await flush();
      const onShow = (of: Lesion, images = openImages(open)) =>
        scoreOnShow(of, all.store.getState(), images).phase;
      expect(onShow(marked)).toBe('scored');
      return { ...all, marked, onShow };
    };
    const starting: EngineStatus = {
      phase: 'starting',
      step: message('engine.step.start'),
      fraction: 0,
    };

    it.each<[string, EngineStatus]>([
      ['is still starting', starting],
      ['failed', { phase: 'failed', reason: message('engine.silent') }],
      ['was refused', { phase: 'blocked', reason: message('engine.silent') }],
    ])('is no number of other marks when the new engine %s', async (_, engine) => {
      const { status, store, onShow } = await scored();
      status(engine);
      const changed = lesion({ s1: box(7) });
      store.getState().update([changed]);
      expect(onShow(changed)).toBe('waiting');
    });

    it('is no number of another engine, and the new one scores again', async () => {
      const { status, store, marked, onShow, score } = await scored();
      status(starting);
      expect(onShow(marked)).toBe('waiting');
      status({ ...ready, info: { ...ready.info, backend: 'webgl' } });
      expect(onShow(marked)).toBe('waiting');
      store.getState().update([marked]);
      await flush();
      expect(onShow(marked)).toBe('running');
      expect(score).toHaveBeenCalledTimes(2);
    });

    it('is again the number of an engine that comes back as it was', async () => {
      const { status, marked, onShow } = await scored();
      status(starting);
      status(ready);
      expect(onShow(marked)).toBe('scored');
    });

    it('is no number of other pixels, nor of a view that was something else', async () => {
      const { marked, onShow } = await scored();
      const images = openImages(['s1', 's2']);
      const other = images.map((image) => ({ ...image, digest: 'other' }));
      expect(onShow(marked, other)).toBe('waiting');
      const [first, ...rest] = images as [OpenImage, ...OpenImage[]];
      const said = { ...first, header: { ...first.header, viewModifiers: ['spot compression'] } };
      expect(onShow(marked, [said as OpenImage, ...rest])).toBe('waiting');
    });

    it('is a reason where the marks may not be joined or an image is out of scope', async () => {
      const { marked, onShow, store } = await scored();
      const left = openImages(['s1'], 'L');
      const right = openImages(['s2'], 'R');
      const onBoth = scoreOnShow(marked, store.getState(), [...left, ...right]);
      expect(onBoth).toMatchObject({
        phase: 'refused',
        reasons: [{ text: { code: 'join.breasts' } }],
      });
      const raw = openImages(['s1', 's2']).map((image) => ({
        ...image,
        scopeNotes: [
          {
            code: 'for-processing',
            severity: 'blocks',
            text: message('scope.for-processing'),
          } as const,
        ],
      }));
      expect(onShow(marked, raw)).toBe('refused');
    });

    it('is never asked for from a box that its image does not hold', async () => {
      const { store, score, status } = setUp(['s1']);
      status(ready);
      const broken = [
        { x: -1e9, y: -1e9, width: 3e9, height: 3e9 },
        { x: 5000, y: 5000, width: 80, height: 80 },
        { x: 100, y: 200, width: -50, height: 0 },
        { x: Number.NaN, y: 0, width: 10, height: 10 },
      ];
      for (const outside of broken) store.getState().update([lesion({ s1: outside })]);
      await flush();
      expect(score).not.toHaveBeenCalled();
      const strange = {
        ...lesion({ s1: box(1) }),
        pixels: { s1: { rows: 9, columns: 9, digest: 'x' } },
      };
      store.getState().update([strange]);
      await flush();
      expect(score).not.toHaveBeenCalled();
      expect(scoreOnShow(strange, store.getState(), openImages(['s1'])).phase).toBe('closed');
    });
  });
});
