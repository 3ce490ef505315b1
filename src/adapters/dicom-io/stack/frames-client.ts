import { inCommonScale } from '../../../core/image/common-scale.ts';
import { slab } from '../../../core/image/slab.ts';
import { middleSlice, slabAbout } from '../../../core/dicom/slices.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import type { FramesPort, SlicePicture, SliceWish } from '../../../ports/frames.ts';
import { createAsker } from '../../../workers/ask.ts';
import type { WorkerLike } from '../../../workers/protocol.ts';
import { workerCount } from '../../../workers/worker-count.ts';
import type { FrameAnswers } from './frames-contract.ts';
import { prefetchOrder } from './prefetch.ts';
import { type FrameStack, frameRequest } from './frame-stack.ts';
import { createSliceCache } from './slice-cache.ts';

/** Bytes of decoded slices of all open volumes together: the largest view in use fits whole. */
export const SLICE_BUDGET = 768 * 2 ** 20;
/** What decoding one slice may take, bytes. */
const ALLOWANCE = 512 * 2 ** 20;
/** A worker that takes longer for one slice is taken for dead, ms. */
const PATIENCE_MS = 30_000;
/** Wishes of a volume that wait at a time: those before them are overtaken. */
const MOST_WISHES = 4;

type Answer = Result<SlicePicture, Message> | undefined;

interface Waiting {
  readonly wish: SliceWish;
  readonly resolve: (answer: Answer) => void;
}

interface Volume {
  readonly stack: FrameStack;
  waiting: Waiting[];
  wish: SliceWish | undefined;
  direction: number;
  readonly failed: Map<number, Message>;
  shown: MammogramImage | undefined;
}

export interface FramesClient extends FramesPort {
  /** `middle`: the picture of the middle slice, which opening has decoded already. */
  open(sopInstanceUid: string, stack: FrameStack, middle?: SlicePicture): void;
  /** Forgets volumes and frees what they hold. */
  close(sopInstanceUids: readonly string[]): void;
  /** The picture of an open volume that is on show, if one is. */
  imageOnShow(sopInstanceUid: string): MammogramImage | undefined;
}

interface FramesOptions {
  readonly spawn?: () => WorkerLike;
  readonly workers?: number;
  readonly budget?: number;
}

const spawnWorker = (): WorkerLike =>
  new Worker(new URL('./frames-worker.ts', import.meta.url), { type: 'module' });

const indicesOf = ({ index, slab: { count } }: SliceWish, frames: number): readonly number[] => {
  const { from, to } = slabAbout(index, count, frames);
  return Array.from({ length: to - from }, (_, i) => from + i);
};

const keyOf = (sop: string, index: number): string => `${sop} ${index}`;

/** Whether low stored values are bright: by photometric sense, shape and a rescale that falls. */
const isLowBright = (image: MammogramImage): boolean =>
  [
    image.photometricInterpretation === 'MONOCHROME1',
    image.presentationLutShape === 'INVERSE',
    'slope' in image.modality && image.modality.slope < 0,
  ].filter(Boolean).length %
    2 ===
  1;

/** `at`: which of the slices is the one looked at; its window and air are those of the slab. */
const slabOf = (stored: readonly SlicePicture[], at: number, wish: SliceWish): SlicePicture => {
  const slices = inCommonScale(stored);
  const own = slices[at] as SlicePicture;
  const pixels = slab(
    slices.map(({ image }) => image.pixels),
    wish.slab.mode,
    { padding: own.image.padding, lowIsBright: isLowBright(own.image) },
  );
  const ends = (of: 'all' | 'tissue') => ({
    low: Math.min(...slices.map(({ values }) => values[of].low)),
    high: Math.max(...slices.map(({ values }) => values[of].high)),
  });
  const values = { all: ends('all'), tissue: ends('tissue'), air: own.values.air };
  return { image: { ...own.image, pixels }, values };
};

/**
 * Decodes slices in a pool of workers of its own, which start with the first wish and end when no volume
 * is open. What is on show goes before what may be wanted next; pictures are kept within a budget.
 */
export const createFramesClient = (options: FramesOptions = {}): FramesClient => {
  const { spawn = spawnWorker, budget = SLICE_BUDGET } = options;
  const cache = createSliceCache(budget);
  const volumes = new Map<string, Volume>();
  const busy = new Set<string>();
  const idle = Array.from({ length: options.workers ?? workerCount() }, () =>
    createAsker<FrameAnswers>({ start: spawn, patience: PATIENCE_MS }),
  );
  const all = [...idle];

  const pictureNow = (sop: string, wish: SliceWish, frames: number): SlicePicture | undefined => {
    const indices = indicesOf(wish, frames);
    if (!indices.every((index) => cache.has(keyOf(sop, index)))) return undefined;
    const slices = indices.map((index) => cache.get(keyOf(sop, index)) as SlicePicture);
    return slices.length === 1 ? slices[0] : slabOf(slices, indices.indexOf(wish.index), wish);
  };

  /** Answers the latest wish that can be, and lets go of those before it. */
  const settle = (sop: string, volume: Volume): void => {
    for (let i = volume.waiting.length - 1; i >= 0; i--) {
      const { wish, resolve } = volume.waiting[i] as Waiting;
      const reason = indicesOf(wish, volume.stack.frames.length)
        .map((index) => volume.failed.get(index))
        .find((each) => each !== undefined);
      const picture = reason ? undefined : pictureNow(sop, wish, volume.stack.frames.length);
      if (!reason && !picture) continue;
      const overtaken = volume.waiting.splice(0, i + 1).slice(0, -1);
      overtaken.forEach((each) => each.resolve(undefined));
      resolve(reason ? err(reason) : ok(picture as SlicePicture));
      return;
    }
  };

  /** What is missing: first what is wished for, latest first, then what may be next. */
  const missing = (): { readonly sop: string; readonly index: number } | undefined => {
    const isMissing =
      (sop: string, { failed }: Volume) =>
      (index: number) =>
        !busy.has(keyOf(sop, index)) && !cache.has(keyOf(sop, index)) && !failed.has(index);
    const wished = [...volumes].filter(([, { wish }]) => wish !== undefined);
    for (const [sop, volume] of wished) {
      const latest = volume.waiting.at(-1);
      if (!latest) continue;
      const index = indicesOf(latest.wish, volume.stack.frames.length).find(isMissing(sop, volume));
      if (index !== undefined) return { sop, index };
    }
    for (const [sop, volume] of wished) {
      const { rows, columns, bitsAllocated } = volume.stack.format;
      const room = Math.floor(budget / wished.length / ((rows * columns * bitsAllocated) / 8)) - 1;
      const { wish, direction, stack } = volume;
      if (!wish) continue;
      const next = prefetchOrder(wish.index, direction, stack.frames.length, Math.max(room, 0));
      const index = next.find(isMissing(sop, volume));
      if (index !== undefined) return { sop, index };
    }
    return undefined;
  };

  const decode = async (
    sop: string,
    index: number,
    volume: Volume,
    asker: (typeof all)[number],
  ): Promise<void> => {
    const key = keyOf(sop, index);
    busy.add(key);
    const answer = await asker.ask('slice', [frameRequest(volume.stack, index, ALLOWANCE)]);
    busy.delete(key);
    idle.push(asker);
    if (volumes.get(sop) !== volume) return;
    const result = answer.ok ? answer.value : err(failureOf(answer.error));
    if (result.ok) cache.put(key, result.value);
    else volume.failed.set(index, result.error);
    settle(sop, volume);
  };

  const work = (): void => {
    while (idle.length > 0) {
      const next = missing();
      const volume = next && volumes.get(next.sop);
      const asker = volume && idle.pop();
      if (!next || !volume || !asker) return;
      void decode(next.sop, next.index, volume, asker).then(work);
    }
  };

  return {
    open: (sop, stack, middle) => {
      volumes.set(sop, {
        ...{ stack, waiting: [], wish: undefined, direction: 0, failed: new Map() },
        shown: undefined,
      });
      if (middle) cache.put(keyOf(sop, middleSlice(stack.frames.length)), middle);
    },
    close: (sops) => {
      for (const sop of sops) {
        volumes.get(sop)?.waiting.forEach(({ resolve }) => resolve(undefined));
        volumes.delete(sop);
        cache.dropAll(`${sop} `);
      }
      if (volumes.size === 0) all.forEach((asker) => asker.end());
    },
    picture: (sop, wish) => {
      const volume = volumes.get(sop);
      if (!volume) return Promise.resolve(undefined);
      const step = volume.wish ? wish.index - volume.wish.index : 0;
      if (step !== 0) volume.direction = Math.sign(step);
      volume.wish = wish;
      return new Promise((resolve) => {
        volume.waiting.push({ wish, resolve });
        if (volume.waiting.length > MOST_WISHES) volume.waiting.shift()?.resolve(undefined);
        settle(sop, volume);
        work();
      });
    },
    rest: (sop) => {
      const volume = volumes.get(sop);
      if (volume) volume.wish = undefined;
    },
    shown: (sop, image) => {
      const volume = volumes.get(sop);
      if (volume) volume.shown = image;
    },
    imageOnShow: (sop) => volumes.get(sop)?.shown,
    keptBytes: cache.bytes,
  };
};

const failureOf = ({ why, reason }: { readonly why: string; readonly reason: unknown }): Message =>
  why === 'silent'
    ? message('file.too-slow')
    : message('file.decoder-crashed.reason', { reason: reason as never });
