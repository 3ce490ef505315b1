import { describe, expect, it } from 'vitest';
import { ALL_ANALYTIC } from '../../core/features/analytic/analytic-features.ts';
import { DESCRIBED_NAMES } from '../../core/features/analytic/described.ts';
import { ANALYTIC_SCHEMA_ID } from '../../core/features/analytic/schema.ts';
import { mergeMaps } from '../../core/finder/finder-maps.ts';
import { emptyMaps, putMark } from '../../core/finder/testing/made-maps.ts';
import { Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { Box } from '../../core/geometry/box.ts';
import type { MeasuredView, ViewRule } from '../../core/lesion/view-input.ts';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { answeringWorker, silentWorker, type TestWorker } from '../../workers/testing.ts';
import { type AnalysisClient, createAnalysisClient } from './analysis-client.ts';
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

const measureOne = async (
  client: AnalysisClient,
  sop: string,
  at: Box,
  by: ViewRule,
): Promise<MeasuredView> => {
  const [view] = await client.measure([[sop, at]], by);
  if (!view) throw new Error('no view was measured');
  return view;
};

describe('the analysis worker', () => {
  it('cuts and outlines the views of images that it keeps', async () => {
    const client = connected();
    client.keep('s1', working());
    expect(await client.patch('s1', box, rule)).toHaveLength(32 * 32);
    const input = await measureOne(client, 's1', box, rule);
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
    const { analytic, described } = await measureOne(client, 's1', box, { ...rule, features });
    expect(analytic).toHaveLength(2);
    expect(analytic).toEqual(
      Float32Array.from(names, (name) => described?.[DESCRIBED_NAMES.indexOf(name)] as number),
    );
  });

  it('measures a box that stands once, and again when the image is another', async () => {
    const client = connected();
    const ask = (at = box) => measureOne(client, 's1', at, rule);
    client.keep('s1', working());
    const first = await ask();
    expect(await ask()).toBe(first);
    await ask({ ...box, x: 24 });
    expect(await ask()).toBe(first);
    for (const x of [25, 26, 27, 28]) await ask({ ...box, x });
    expect(await ask()).not.toBe(first);
    const again = await ask();
    client.keep('s1', working());
    expect(await ask()).not.toBe(again);
    client.drop('s1');
    await expect(ask()).rejects.toThrow('image.closed');
  });

  it('measures a box again for a pack that names other features', async () => {
    const client = connected();
    client.keep('s1', working());
    const ask = async (...names: string[]) => {
      const features = { ...rule.features, analytic: { schemaId: ANALYTIC_SCHEMA_ID, names } };
      return (await measureOne(client, 's1', box, { ...rule, features })).analytic;
    };
    expect(await ask('density.mean', 'shape.diameter')).toHaveLength(2);
    expect(await ask('shape.diameter')).toHaveLength(1);
  });

  it('says why it cannot, and goes on', async () => {
    const client = connected();
    await expect(measureOne(client, 'gone', box, rule)).rejects.toThrow('image.closed');
    client.keep('s1', working());
    client.drop('s1');
    await expect(client.outline('s1', { x: 1, y: 1 })).rejects.toThrow('image.closed');
    client.keep('s2', working());
    await expect(measureOne(client, 's2', box, rule)).resolves.toBeDefined();
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
        measureOne(client, 'RCC', box, rule),
        measureOne(client, 'RMLO', box, rule),
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

  describe('and idle ones that measure parts of a view', () => {
    const analytic = { schemaId: ANALYTIC_SCHEMA_ID, names: ALL_ANALYTIC };
    const whole = { ...rule, features: { ...rule.features, analytic } };
    const OWN = ['cut', 'outline-in', 'own-part'];
    type Part = ReturnType<typeof createAnswerer>['part'];

    /** A client of four workers, and what each was asked once the images were there. */
    const together = (atOnce: number, part?: Part, patience = 60_000) => {
      const asked: [worker: number, name: string][] = [];
      const made: TestWorker[] = [];
      const start = () => {
        const worker = answeringWorker<Analysis>(() => ({
          ...createAnswerer(),
          ...(part && made.length === 2 ? { part } : {}),
        }));
        const number = made.push(worker) - 1;
        const { postMessage } = worker;
        worker.postMessage = (said, transfer) => {
          if (said.name !== 'keep') asked.push([number, said.name]);
          postMessage(said, transfer);
        };
        return worker;
      };
      const client = createAnalysisClient({
        ...{ workingImage: () => working(), start, workers: 4, atOnce, patience },
      });
      for (const sop of ['a', 'b', 'c', 'd']) client.keep(sop, working());
      const namesOf = (worker: number) =>
        asked.flatMap(([at, name]) => (at === worker ? name : []));
      return { client, made, asked: () => [0, 1, 2, 3].map(namesOf) };
    };
    const alone = () => measureOne(together(1).client, 'a', box, whole);

    it.each([
      [2, [OWN, ['part'], [], []]],
      [3, [OWN, ['part'], ['part'], []]],
      [4, [OWN, ['part'], ['part'], ['part']]],
    ])('gives what one gives alone, with %i at once', async (atOnce, expected) => {
      const { client, asked } = together(atOnce);
      const view = await measureOne(client, 'a', box, whole);
      expect(asked()).toEqual(expected);
      expect(view).toEqual(await alone());
      expect(view.analytic?.some((value) => value !== 0)).toBe(true);
    });

    it.each([
      [3, [['measure'], ['measure'], [], []]],
      [4, [OWN, OWN, ['part'], ['part']]],
    ])('is fair to the views of a lesion, with %i at once', async (atOnce, expected) => {
      const { client, asked } = together(atOnce);
      const marks = (['a', 'b'] as const).map((sop) => [sop, box] as const);
      expect((await client.measure(marks, whole))[0]).toEqual(await alone());
      expect(asked()).toEqual(expected);
    });

    it('asks the workers before it returns, so that they do not wait for what the page does next', () => {
      const { client, asked } = together(4);
      void client.measure([['a', box]], whole);
      expect(asked()[0]).toEqual(OWN);
      void client.measure([['b', box]], rule);
      expect(asked()[1]).toEqual(['measure']);
    });

    it('asks no worker that has other things to do, and each again when it has done them', async () => {
      const { client, asked } = together(4);
      const other = client.landmarks('b');
      await measureOne(client, 'a', box, whole);
      expect(asked().map((names) => names.includes('part'))).toEqual([false, false, true, true]);
      await other;
      await measureOne(client, 'd', box, whole);
      expect(asked().map((names) => names.at(-1))).toEqual(['part', 'part', 'part', 'own-part']);
    });

    it('says as one alone does where there is nothing to judge', async () => {
      const { client } = together(4);
      client.keep('a', { ...working(), breast: new Uint8Array(SIZE * SIZE) });
      expect((await measureOne(client, 'a', box, whole)).problem?.code).toBe('in-air');
    });

    it('measures where there is nothing to share as ever', async () => {
      const { client, asked } = together(4);
      await measureOne(client, 'a', box, rule);
      expect(asked()).toEqual([['measure'], [], [], []]);
    });

    it('fails with the helper that refuses, and measures again when asked again', async () => {
      let count = 0;
      const refuse: Part = () => {
        if (count++ === 0) throw new Failure(message('image.closed'));
        return new Float32Array(0);
      };
      const { client } = together(3, refuse);
      await expect(measureOne(client, 'a', box, whole)).rejects.toThrow('image.closed');
      await expect(measureOne(client, 'a', box, whole)).rejects.toThrow('no part has measured');
      await expect(measureOne(client, 'b', box, rule)).resolves.toBeDefined();
    });

    it.each([
      ['dies', 60_000, (helper: TestWorker | undefined) => helper?.crash('no memory')],
      ['falls silent', 300, () => undefined],
    ])(
      'fails as one alone does where a helper %s, and starts another',
      async (_, patience, end) => {
        const never: Part = () => {
          queueMicrotask(() => end(made[2]));
          return new Promise<never>(() => undefined) as never;
        };
        const { client, made, asked } = together(3, never, patience);
        await expect(measureOne(client, 'a', box, whole)).rejects.toThrow('engine.not-measured');
        expect(made.map((worker) => worker.ended())).toEqual([false, false, true, false]);
        expect(await measureOne(client, 'a', box, whole)).toEqual(await alone());
        expect(asked()[0]).toEqual([...OWN, ...OWN]);
        expect(made).toHaveLength(5);
      },
    );

    it('fails as ever where the worker that has the image dies, and does not wait for the others', async () => {
      const { client, made } = together(4);
      const measuring = measureOne(client, 'a', box, whole);
      await undefined;
      made[0]?.crash('no memory');
      await expect(measuring).rejects.toThrow('engine.not-measured');
      expect(await measureOne(client, 'a', box, whole)).toEqual(await alone());
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
