import { afterEach, describe, expect, it } from 'vitest';
import { middleSlice } from '../../../core/dicom/slices.ts';
import { modalityTransform } from '../../../core/image/presentation-values.ts';
import { slab } from '../../../core/image/slab.ts';
import { storedValues } from '../../../core/image/stored-values.ts';
import type { SliceWish } from '../../../ports/frames.ts';
import { answeringWorker, type TestWorker } from '../../../workers/testing.ts';
import type { Item } from '../fixtures/build-dicom.ts';
import { framePixels, volumeFile, type VolumeSize } from '../fixtures/build-volume.ts';
import { readStack } from '../read/read-dicom.ts';
import { wasmFromPackages } from '../decode/wasm-from-packages.ts';
import { answerFrames } from './answer-frames.ts';
import { createFramesClient } from './frames-client.ts';
import type { FrameAnswers } from './frames-contract.ts';
import { prefetchOrder } from './prefetch.ts';
import { createSliceCache } from './slice-cache.ts';

const SIZE: VolumeSize = { rows: 6, columns: 5, frames: 12 };
const FRAME_BYTES = SIZE.rows * SIZE.columns * 2;

const stackOf = async (file: Blob = new Blob([volumeFile(SIZE) as Uint8Array<ArrayBuffer>])) => {
  const read = await readStack.volume(file, { allowance: 2 ** 28 });
  if (!read?.ok) throw new Error('not a volume');
  return read.value.stack;
};

const started: TestWorker[] = [];
afterEach(() => void started.splice(0));

/** A client whose workers note which slices they were asked for, and decode when they are let to. */
const client = (options: { budget?: number; workers?: number; held?: Promise<void> } = {}) => {
  const asked: number[] = [];
  const { held, ...rest } = options;
  const frames = createFramesClient({
    workers: 1,
    ...rest,
    spawn: () => {
      const worker = answeringWorker<FrameAnswers>(() => ({
        slice: async (request) => {
          asked.push(((request.parts[0]?.[0] ?? 0) - first) / FRAME_BYTES);
          await held;
          return answerFrames(wasmFromPackages).slice(request);
        },
      }));
      started.push(worker);
      return worker;
    },
  });
  let first = 0;
  const open = async (sop: string, stack?: Awaited<ReturnType<typeof stackOf>>) => {
    const own = stack ?? (await stackOf());
    first = own.frames[0]?.[0]?.[0] ?? 0;
    frames.open(sop, own);
  };
  return { frames, asked, open };
};

const wish = (index: number, count = 1, mode: 'mean' | 'maximum' = 'mean'): SliceWish => ({
  index,
  slab: { mode, count },
});
const untilIdle = async (asked: readonly number[]): Promise<void> => {
  for (let before = -1; before !== asked.length;) {
    before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};

describe('slices on demand', () => {
  it('starts no worker until a slice is wished for, and decodes that first', async () => {
    const { frames, asked, open } = client();
    await open('a');
    expect(started).toHaveLength(0);
    const got = await frames.picture('a', wish(7));
    expect(got?.ok && got.value.image.pixels).toEqual(framePixels(SIZE, 7));
    expect(asked[0]).toBe(7);
  });

  it('takes the slice that was decoded while opening, and decodes the others only', async () => {
    const { frames, asked } = client();
    const read = await readStack.volume(new Blob([volumeFile(SIZE) as Uint8Array<ArrayBuffer>]), {
      allowance: 2 ** 28,
    });
    if (!read?.ok) throw new Error('not a volume');
    const { stack, image } = read.value;
    const middle = { image, values: storedValues(image) };
    frames.open('a', stack, middle);
    const got = await frames.picture('a', wish(middleSlice(SIZE.frames)));
    expect(got?.ok && got.value.image).toBe(image);
    await untilIdle(asked);
    expect(asked).toHaveLength(11);
    expect(frames.keptBytes()).toBe(12 * FRAME_BYTES);
  });

  it('fetches ahead where the reader is going, each slice once', async () => {
    const { frames, asked, open } = client();
    await open('a');
    await frames.picture('a', wish(3));
    await frames.picture('a', wish(4));
    await untilIdle(asked);
    expect([...asked].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(frames.keptBytes()).toBe(12 * FRAME_BYTES);
  });

  it('keeps within its budget, and decodes again what had to go', async () => {
    const { frames, asked, open } = client({ budget: 4 * FRAME_BYTES });
    await open('a');
    for (let i = 0; i < 12; i++) {
      await frames.picture('a', wish(i));
      expect(frames.keptBytes()).toBeLessThanOrEqual(4 * FRAME_BYTES);
    }
    await untilIdle(asked);
    const got = await frames.picture('a', wish(0));
    expect(got?.ok && got.value.image.pixels).toEqual(framePixels(SIZE, 0));
    expect(frames.keptBytes()).toBeLessThanOrEqual(4 * FRAME_BYTES);
  });

  it('puts slabs together', async () => {
    const { frames, open } = client();
    await open('a');
    const slices = [5, 6, 7].map((i) => framePixels(SIZE, i));
    for (const mode of ['mean', 'maximum'] as const) {
      const got = await frames.picture('a', wish(6, 3, mode));
      expect(got?.ok && got.value.image.pixels).toEqual(slab(slices, mode));
    }
  });

  it('puts slices with a rescale each together by what their values mean', async () => {
    const rescaleOf = (i: number) => ({ slope: 1 + (i % 3) / 2, intercept: 10 * i });
    const rescale = (i: number): Item => ({
      '00281052': ['DS', String(rescaleOf(i).intercept)],
      '00281053': ['DS', String(rescaleOf(i).slope)],
    });
    const frames12 = Array.from({ length: 12 }, (_, i): Item => ({
      '00289145': ['SQ', [rescale(i)]],
    }));
    const file = volumeFile(SIZE, { '52009230': ['SQ', frames12] });
    const { frames, open } = client();
    await open('a', await stackOf(new Blob([file as Uint8Array<ArrayBuffer>])));
    const meant = [5, 6, 7].map((i) =>
      Array.from(framePixels(SIZE, i), (v) => v * rescaleOf(i).slope + rescaleOf(i).intercept),
    );
    for (const mode of ['mean', 'maximum'] as const) {
      const got = await frames.picture('a', wish(6, 3, mode));
      if (!got?.ok) throw new Error('no slab');
      const { image } = got.value;
      const map = modalityTransform(image);
      (meant[0] as number[]).forEach((_, at) => {
        const values = meant.map((slice) => slice[at] as number);
        const wanted =
          mode === 'mean' ? values.reduce((a, b) => a + b, 0) / 3 : Math.max(...values);
        expect(Math.abs(map(image.pixels[at] as number) - wanted)).toBeLessThanOrEqual(1);
      });
    }
    const one = await frames.picture('a', wish(7));
    expect(one?.ok && one.value.image.modality).toEqual(rescaleOf(7));
  });

  it('lets later wishes overtake those that are not begun', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const { frames, asked, open } = client({ held });
    await open('a');
    const answers = [0, 3, 5, 9].map((i) => frames.picture('a', wish(i)));
    go();
    const got = await Promise.all(answers);
    expect(got.map((each) => each?.ok)).toEqual([true, undefined, undefined, true]);
    expect(asked.slice(0, 2)).toEqual([0, 9]);
  });

  it('says of one damaged slice what is wrong, and shows the others', async () => {
    const { frames, open } = client();
    const stack = await stackOf();
    const cut = stack.frames.map((parts, i) => (i === 2 ? [[10, 12] as const] : parts));
    await open('a', { ...stack, frames: cut });
    const bad = await frames.picture('a', wish(2));
    expect(bad && !bad.ok && bad.error.code).toMatch(/^file\./);
    expect((await frames.picture('a', wish(3)))?.ok).toBe(true);
  });

  it('frees all with the patient, and ends its workers with the last', async () => {
    const { frames, asked, open } = client();
    await open('a');
    await open('b');
    await frames.picture('a', wish(0));
    await frames.picture('b', wish(0));
    await untilIdle(asked);
    frames.close(['a']);
    expect(frames.keptBytes()).toBe(12 * FRAME_BYTES);
    expect(started[0]?.ended()).toBe(false);
    const last = frames.picture('b', wish(5, 12));
    frames.close(['b']);
    await last;
    expect(frames.keptBytes()).toBe(0);
    expect(started.every((worker) => worker.ended())).toBe(true);
    expect(await frames.picture('b', wish(1))).toBeUndefined();
  });

  it('is flat over ten exams', async () => {
    const { frames, asked, open } = client();
    for (let exam = 0; exam < 10; exam++) {
      await open(`exam ${exam}`);
      await frames.picture(`exam ${exam}`, wish(6));
      await untilIdle(asked);
      expect(frames.keptBytes()).toBe(12 * FRAME_BYTES);
      frames.close([`exam ${exam}`]);
      expect(frames.keptBytes()).toBe(0);
    }
  });

  it('decodes no further ahead of a volume that is off the screen', async () => {
    const { frames, asked, open } = client();
    await open('a');
    await frames.picture('a', wish(0));
    frames.rest('a');
    await untilIdle(asked);
    expect(asked.length).toBeLessThan(4);
  });

  it('goes on after a worker died', async () => {
    const { frames, open } = client();
    await open('a');
    const got = frames.picture('a', wish(0));
    started[0]?.crash('out of memory');
    expect((await got)?.ok).toBe(false);
    expect((await frames.picture('a', wish(1)))?.ok).toBe(true);
  });
});

describe('prefetchOrder', () => {
  it.each([
    [5, 1, 20, 8, [6, 7, 8, 4, 9, 10, 11, 3]],
    [5, -1, 20, 8, [4, 3, 2, 6, 1, 0, 7, 8]],
    [5, 0, 20, 4, [6, 4, 7, 3]],
    [18, 1, 20, 4, [19, 17, 16, 15]],
    [0, 1, 3, 99, [1, 2]],
    [0, 1, 1, 5, []],
    [4, 1, 9, 0, []],
  ])('from %s going %s of %s with room for %s', (index, direction, count, room, expected) => {
    const order = prefetchOrder(index, direction, count, room);
    expect([...order].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
    expect(order[0]).toBe(expected[0]);
  });

  it('has every other slice once where there is room', () => {
    for (const direction of [-1, 0, 1])
      for (let index = 0; index < 9; index++) {
        const order = prefetchOrder(index, direction, 9, 99);
        expect(new Set(order).size).toBe(8);
        expect(order).not.toContain(index);
        expect(order.every((i) => i >= 0 && i < 9)).toBe(true);
      }
  });
});

describe('createSliceCache', () => {
  const picture = (bytes: number) => ({ image: { pixels: new Uint8Array(bytes) } }) as never;

  it('lets the longest unused go first', () => {
    const cache = createSliceCache(30);
    ['a', 'b', 'c'].forEach((key) => cache.put(key, picture(10)));
    cache.get('a');
    cache.put('d', picture(10));
    expect(['a', 'b', 'c', 'd'].map(cache.has)).toEqual([true, false, true, true]);
    expect(cache.bytes()).toBe(30);
  });

  it('counts a picture once, and keeps one that is larger than all', () => {
    const cache = createSliceCache(30);
    cache.put('a', picture(10));
    cache.put('a', picture(20));
    expect(cache.bytes()).toBe(20);
    cache.put('b', picture(50));
    expect([cache.has('a'), cache.has('b'), cache.bytes()]).toEqual([false, true, 50]);
    cache.dropAll('b');
    expect(cache.bytes()).toBe(0);
  });
});
