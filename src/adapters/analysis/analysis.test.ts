import { describe, expect, it } from 'vitest';
import { DESCRIBED_NAMES } from '../../core/features/analytic/described.ts';
import { ANALYTIC_SCHEMA_ID } from '../../core/features/analytic/schema.ts';
import { mergeMaps } from '../../core/finder/finder-maps.ts';
import { emptyMaps, putMark } from '../../core/finder/testing/made-maps.ts';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { answeringWorker, silentWorker, type TestWorker } from '../../workers/testing.ts';
import { createAnalysisClient } from './analysis-client.ts';
import { createAnswerer } from './answer.ts';
import type { Analysis } from './messages.ts';

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

const connected = () => {
  const worker = answeringWorker<Analysis>(createAnswerer);
  return createAnalysisClient({ workingImage: () => undefined, start: () => worker });
};

describe('the analysis worker', () => {
  it('cuts and outlines the views of images that it keeps', async () => {
    const client = connected();
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
    const client = connected();
    client.keep('s1', working());
    const names = ['density.mean', 'shape.diameter'] as const;
    const features = { ...rule.features, analytic: { schemaId: ANALYTIC_SCHEMA_ID, names } };
    const { analytic, described } = await client.measure('s1', box, { ...rule, features });
    expect(analytic).toHaveLength(2);
    expect(analytic).toEqual(
      Float32Array.from(names, (name) => described?.[DESCRIBED_NAMES.indexOf(name)] as number),
    );
  });

  it('measures a box that stands once, and again when the image is another', async () => {
    const answer = createAnswerer();
    const ask = (at = box) => answer.measure('s1', at, rule);
    answer.keep('s1', working());
    const first = ask();
    expect(ask()).toBe(first);
    ask({ ...box, x: 24 });
    expect(ask()).toBe(first);
    answer.keep('s1', working());
    expect(ask()).not.toBe(first);
  });

  it('measures a box again for a pack that names other features', () => {
    const answer = createAnswerer();
    answer.keep('s1', working());
    const ask = (...names: string[]) => {
      const features = { ...rule.features, analytic: { schemaId: ANALYTIC_SCHEMA_ID, names } };
      return answer.measure('s1', box, { ...rule, features }).analytic;
    };
    expect(ask('density.mean', 'shape.diameter')).toHaveLength(2);
    expect(ask('shape.diameter')).toHaveLength(1);
  });

  it('says why it cannot, and goes on', async () => {
    const client = connected();
    await expect(client.measure('gone', box, rule)).rejects.toThrow('image.closed');
    client.keep('s1', working());
    client.drop('s1');
    await expect(client.outline('s1', { x: 1, y: 1 })).rejects.toThrow('image.closed');
    client.keep('s2', working());
    await expect(client.measure('s2', box, rule)).resolves.toBeDefined();
  });

  it.each([
    ['dies', 60_000, (worker: TestWorker) => worker.crash('no memory')],
    ['falls silent', 5, () => undefined],
  ])('is replaced when it %s, and the next one gets the image again', async (_, patience, end) => {
    const silent = silentWorker();
    const workers = [silent, answeringWorker<Analysis>(createAnswerer)];
    const client = createAnalysisClient({
      workers: 1,
      workingImage: (sop) => (sop === 's1' ? working() : undefined),
      start: () => workers.shift() as TestWorker,
      patience,
    });
    client.keep('s1', working());
    const asked = client.patch('s1', box, rule);
    end(silent);
    await expect(asked).rejects.toThrow('engine.not-measured');
    expect(silent.ended()).toBe(true);
    await expect(client.patch('s1', box, rule)).resolves.toHaveLength(32 * 32);
    await expect(client.outline('gone', { x: 1, y: 1 })).rejects.toThrow('image.closed');
  });

  describe('and others beside it', () => {
    /** A client of several workers that note what they are asked, in order. */
    const shared = (count: number, open: readonly string[] = []) => {
      const asked: string[] = [];
      const made: TestWorker[] = [];
      const start = () => {
        const worker = answeringWorker<Analysis>(createAnswerer);
        const number = made.push(worker) - 1;
        const { postMessage } = worker;
        worker.postMessage = (said, transfer) => {
          asked.push(`${number} ${said.name} ${String(said.values[0])}`);
          postMessage(said, transfer);
        };
        return worker;
      };
      const workingImage = (sop: string) => (open.includes(sop) ? working() : undefined);
      const client = createAnalysisClient({ workingImage, start, workers: count });
      return { client, asked, made };
    };

    it('keeps each image in one of them, those of a breast in different ones', async () => {
      const { client, asked } = shared(2);
      for (const [sop, breast] of [
        ['LCC', 'L'],
        ['RCC', 'R'],
        ['RMLO', 'R'],
        ['LMLO', 'L'],
      ] as const)
        client.keep(sop, working(), breast);
      expect(asked).toEqual(['0 keep LCC', '1 keep RCC', '0 keep RMLO', '1 keep LMLO']);
      const views = await Promise.all([
        client.measure('RCC', box, rule),
        client.measure('RMLO', box, rule),
      ]);
      expect(views[0]).toEqual(views[1]);
      expect(asked.slice(4)).toEqual(['1 measure RCC', '0 measure RMLO']);
    });

    it('frees an image where it is, and gives its place to the next', () => {
      const { client, asked } = shared(2);
      for (const sop of ['a', 'b']) client.keep(sop, working());
      client.drop('a');
      client.drop('a');
      client.keep('c', working());
      expect(asked.slice(2)).toEqual(['0 drop a', '0 keep c']);
    });

    it('loses with one of them only what that one had, and it gets that again', async () => {
      const { client, asked, made } = shared(2, ['a', 'b']);
      for (const sop of ['a', 'b']) client.keep(sop, working());
      made[0]?.crash('no memory');
      await client.patch('b', box, rule);
      await client.patch('a', box, rule);
      expect(asked.slice(2)).toEqual(['1 patch b', '2 keep a', '2 patch a']);
      expect(made.map((worker) => worker.ended())).toEqual([true, false, false]);
    });
  });

  it('makes what the finder is given, and candidates of what it gives', async () => {
    const client = connected();
    client.keep('s1', working());
    const rule = {
      ...{ mmPerPixel: 0.4, rowsWithoutSpacing: SIZE, maxWidth: SIZE, maxHeight: SIZE },
      ...{ margin: 0, stride: 32 },
    };
    const { data, ...input } = await client.finderInput('s1', rule);
    expect(data).toHaveLength(SIZE * SIZE);
    expect(data).toEqual(working().data);
    const maps = emptyMaps(SIZE / 8, SIZE / 8);
    putMark(maps, 5, 3, [2, -1, -1, 0, 0, 0]);
    const view = { columns: SIZE, rows: SIZE, view: 'CC', input };
    const [best] = await client.candidates('s1', mergeMaps(maps), view);
    expect(best?.box.x).toBeCloseTo(5.5 * 8 - 32 * Math.exp(-1));
    expect(best?.cues.breast).toBe(1);
    await expect(client.finderInput('closed', rule)).rejects.toThrow('image.closed');
  });
});
