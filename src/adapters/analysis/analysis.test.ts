import { describe, expect, it } from 'vitest';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { createAnalysisClient, type WorkerLike } from './analysis-client.ts';
import { createAnswerer } from './answer.ts';

const SIZE = 96;
const working = () => ({
  width: SIZE,
  height: SIZE,
  data: goldenPatch(3, SIZE),
  breast: new Uint8Array(SIZE * SIZE).fill(1),
  columnsPerPixel: 1,
  rowsPerPixel: 1,
});
const rule = { patch: { size: 32, context: 1.3 }, features: { cnn: { schemaId: 'x', length: 1 } } };
const box = { x: 20, y: 20, width: 50, height: 50 };

/** A worker that answers at once in the same thread. */
const answering = () => {
  const answer = createAnswerer();
  const worker: WorkerLike = {
    postMessage: (message) => {
      const reply = answer(message);
      if (reply) queueMicrotask(() => worker.onmessage?.({ data: reply } as never));
    },
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  return worker;
};

const connected = () => {
  const worker = answering();
  const client = createAnalysisClient({ workingImage: () => undefined, start: () => worker });
  return { client, worker };
};

describe('the analysis worker', () => {
  it('cuts and outlines the views of images that it keeps', async () => {
    const { client } = connected();
    client.keep('s1', working());
    expect(await client.patch('s1', box, rule)).toHaveLength(32 * 32);
    const input = await client.measure('s1', box, rule);
    expect(input.contour.polygon.length).toBeGreaterThan(10);
    expect(input.analytic).toBeUndefined();
    expect((await client.landmarks('s1')).outline).toEqual([]);
    const contour = await client.outline('s1', { x: 45, y: 45 });
    expect(contour.box.width).toBeGreaterThan(4);
  });

  it('measures where the pack has the analytic arm, in the order of its names', async () => {
    const { client } = connected();
    client.keep('s1', working());
    const names = ['density.mean', 'shape.diameter'];
    const features = { ...rule.features, analytic: { schemaId: 'y', names } };
    const { analytic, measured } = await client.measure('s1', box, { ...rule, features });
    expect(analytic).toHaveLength(2);
    expect(measured).toContain(analytic?.[0]);
    expect(analytic?.[1]).toBe(measured?.[0]);
  });

  it('measures a box that stands once, and again when the image is another', async () => {
    const answer = createAnswerer();
    const ask = (id: number) => {
      const reply = answer({ type: 'measure', id, sop: 's1', box, rule });
      return reply?.type === 'measure' ? reply.view : undefined;
    };
    answer({ type: 'keep', sop: 's1', working: working() });
    const first = ask(1);
    expect(first).toBeDefined();
    expect(ask(2)).toBe(first);
    const moved = { ...box, x: 24 };
    answer({ type: 'measure', id: 3, sop: 's1', box: moved, rule });
    expect(ask(4)).toBe(first);
    answer({ type: 'keep', sop: 's1', working: working() });
    expect(ask(5)).not.toBe(first);
  });

  it('says why it cannot, and goes on', async () => {
    const { client } = connected();
    await expect(client.measure('gone', box, rule)).rejects.toThrow('the image is not open');
    client.keep('s1', working());
    client.drop('s1');
    await expect(client.outline('s1', { x: 1, y: 1 })).rejects.toThrow('not open');
    client.keep('s2', working());
    await expect(client.measure('s2', box, rule)).resolves.toBeDefined();
  });

  it.each([
    ['dies', 60_000, (worker: WorkerLike) => worker.onerror?.({ message: 'no memory' } as never)],
    ['falls silent', 5, () => undefined],
  ])('is replaced when it %s, and the next one gets the image again', async (_, patience, end) => {
    let terminated = 0;
    const silent: WorkerLike = {
      postMessage: () => undefined,
      terminate: () => void terminated++,
      onmessage: null,
      onerror: null,
    };
    const workers = [silent, answering()];
    const client = createAnalysisClient({
      workingImage: (sop) => (sop === 's1' ? working() : undefined),
      start: () => workers.shift() as WorkerLike,
      patience,
    });
    client.keep('s1', working());
    const asked = client.outline('s1', { x: 45, y: 45 });
    end(silent);
    await expect(asked).rejects.toThrow(/could not be measured: no (memory|answer)/);
    expect(terminated).toBe(1);
    await expect(client.outline('s1', { x: 45, y: 45 })).resolves.toBeDefined();
    await expect(client.outline('gone', { x: 1, y: 1 })).rejects.toThrow('not open');
  });
});
