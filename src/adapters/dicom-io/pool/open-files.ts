import { reasonOf } from '../../../core/message/failure.ts';
import { message, type Message } from '../../../core/message/message.ts';
import type { WorkingRule } from '../../../core/image/working-image.ts';
import type { ComingEntry, FileEntry } from '../intake/collect-entries.ts';
import { deliverInOrder } from '../read/deliver-in-order.ts';
import { looksLikeDicom } from '../read/file-meta.ts';
import { MEMORY_BUDGET } from '../read/memory-cost.ts';
import { createPermits } from '../read/permits.ts';
import type { OpenFailure } from '../read/open-failure.ts';
import type { WorkerLike } from '../../../workers/protocol.ts';
import { workerCount } from '../../../workers/worker-count.ts';
import { createArrivals } from './arrivals.ts';
import type { FileOpening, OpenedMammogram, OpenResponse } from './worker-protocol.ts';
import { createWorkerSlot, type WorkerSlot } from './worker-slot.ts';

export type { ComingEntry, FileEntry } from '../intake/collect-entries.ts';
export type { OpenedMammogram } from './worker-protocol.ts';

export interface OpenOptions {
  /** How the images are brought to working resolution; of the pack in use. */
  readonly rule: WorkingRule;
  readonly onProgress: (done: number, total: number) => void;
  readonly onOpened: (opened: OpenedMammogram) => void;
  readonly onFailed: (failure: OpenFailure) => void;
  /** Aborting stops at once; files not yet opened are reported neither way. */
  readonly signal?: AbortSignal;
  /** Files that are open at a time; each takes the memory of one image. */
  readonly workers?: number;
  /** Longest time for one file, ms, before it is put aside; and for its second try. */
  readonly patienceMs?: number;
  readonly lastPatienceMs?: number;
  /** Longest time that an answer waits for one before it, ms. */
  readonly holdMs?: number;
  /** For tests: another way to start a worker. */
  readonly spawn?: () => WorkerLike;
}

/** The first bytes say whether a worker is worth asking. */
const START = 160;

const spawnWorker = (): WorkerLike =>
  new Worker(new URL('./dicom-worker.ts', import.meta.url), { type: 'module' });

const startedWorker = (): WorkerLike | undefined => {
  try {
    return spawnWorker();
  } catch {
    return undefined;
  }
};

/** Workers that were started before there was anything to open. */
const ready: WorkerLike[] = [];

const PRACTISE = { name: 'practise' satisfies keyof FileOpening, values: [] };

/**
 * Starts the workers that the next files will take, so that these wait neither for their script nor for the
 * browser to compile it. They are used up by the next opening: each ends with it, and gives its memory back.
 * A worker that cannot be had is told of with the file that needs it.
 */
export const prepareWorkers = (): void => {
  while (ready.length < workerCount()) {
    const worker = startedWorker();
    if (!worker) return;
    worker.onerror = (event) => {
      event.preventDefault?.();
      const at = ready.indexOf(worker);
      if (at >= 0) ready.splice(at, 1);
    };
    worker.postMessage(PRACTISE, []);
    ready.push(worker);
  }
};
const takeWorker = (): WorkerLike => ready.pop() ?? spawnWorker();

/** What is wrong with a file at first sight, so that a folder of other things is quick. */
const firstSight = async (entry: FileEntry): Promise<Message | undefined> => {
  if ('problem' in entry) return entry.problem;
  if (entry.file.size === 0) return message('file.empty-file');
  try {
    const start = new Uint8Array(await entry.file.slice(0, START).arrayBuffer());
    return looksLikeDicom(start) ? undefined : message('file.not-dicom');
  } catch (error) {
    return message('file.unreadable-file', { reason: reasonOf(error) });
  }
};

/** A file that takes longer is put aside and tried once more, alone, when all others are done, ms. */
const FIRST_PATIENCE_MS = 10_000;
const LAST_PATIENCE_MS = 60_000;
/** How long an answer waits for those before it, ms. */
const HOLD_MS = 1_000;

/** Places of all openings of the page together: their memory is one. */
const shared = createPermits(workerCount());

/** A first try that failed for lack of time, room or a decoder: it has a second one by itself, in a new worker. */
const isPutAside = (answer: OpenResponse): boolean =>
  !answer.ok &&
  /^file\.(too-slow|needs-memory|decoder-crashed\.start)$/.test(answer.failure.reason.code);

/**
 * Opens files in a pool of workers: parsing, decoding and resampling never run on the calling
 * thread. Each entry is reported exactly once, through onOpened or onFailed, in the order given as
 * far as none makes the others wait (see deliverInOrder). A file that crashes its worker fails
 * alone; one that takes too long or too much memory, or whose decoder cannot be had, is put aside and tried
 * alone after the others.
 * All openings of a page share their places and their memory. Resolves when all are done or
 * `signal` aborts; never rejects for what a file holds. Entries that are still coming take their turn as
 * they come.
 */
export const openFiles = async (
  entries: readonly (FileEntry | ComingEntry)[],
  options: OpenOptions,
): Promise<void> => {
  const { rule, signal, spawn = takeWorker, patienceMs = FIRST_PATIENCE_MS } = options;
  const { lastPatienceMs = LAST_PATIENCE_MS, holdMs = HOLD_MS } = options;
  const permits = options.workers === undefined ? shared : createPermits(options.workers);
  const count = Math.min(permits.most, entries.length);
  const inOrder = deliverInOrder<OpenResponse>((answer) => {
    if (answer.ok) options.onOpened(answer.opened);
    else options.onFailed(answer.failure);
  }, holdMs);
  const arrivals = createArrivals(entries, signal);
  let done = 0;
  const aside: number[] = [];

  const entryAt = async (index: number): Promise<FileEntry> => {
    const entry = entries[index] as FileEntry | ComingEntry;
    return 'coming' in entry ? entry.coming : entry;
  };

  // Looked at ahead of time: a page that is busy drawing would have the worker wait for it.
  const sights = new Map<number, ReturnType<typeof firstSight>>();
  const sightOf = (index: number) => {
    const known = sights.get(index) ?? entryAt(index).then(firstSight);
    sights.set(index, known);
    return known;
  };

  const ask = async (index: number, slot: WorkerSlot, places: number): Promise<OpenResponse> => {
    const entry = (await entryAt(index)) as Extract<FileEntry, { file: File }>;
    const { path, file, slices, expected } = entry;
    const giveBack = await permits.take(places);
    try {
      if (signal?.aborted)
        return { ok: false, failure: { fileName: path, reason: message('file.stopped') } };
      const allowance = (MEMORY_BUDGET * places) / permits.most;
      return await slot.ask({ path, file, slices, rule, allowance, expected });
    } finally {
      giveBack();
    }
  };

  const answerFor = async (index: number, slot: WorkerSlot): Promise<OpenResponse> => {
    const reason = await sightOf(index);
    sights.delete(index);
    if (index + count < entries.length) void sightOf(index + count);
    const fileName = (entries[index] as FileEntry | ComingEntry).path;
    return reason ? { ok: false, failure: { fileName, reason } } : ask(index, slot, 1);
  };

  /** Works through files in a place of its own until there are none. */
  const runPlace = async (patience: number, work: (slot: WorkerSlot) => Promise<void>) => {
    const slot = createWorkerSlot(spawn, patience);
    signal?.addEventListener('abort', slot.close, { once: true });
    try {
      await work(slot);
    } finally {
      signal?.removeEventListener('abort', slot.close);
      slot.close();
    }
  };
  const report = (index: number, answer: OpenResponse): void => {
    inOrder.answer(index, answer);
    options.onProgress(++done, entries.length);
  };

  const firstTries = async (slot: WorkerSlot): Promise<void> => {
    for (;;) {
      const index = await arrivals.take();
      if (index === undefined) return;
      const answer = await answerFor(index, slot);
      if (signal?.aborted) return;
      if (isPutAside(answer)) {
        aside.push(index);
        inOrder.putAside(index);
      } else report(index, answer);
    }
  };
  await Promise.all(Array.from({ length: count }, () => runPlace(patienceMs, firstTries)));
  if (aside.length > 0 && !signal?.aborted)
    await runPlace(lastPatienceMs, async (slot) => {
      for (const index of aside.sort((a, b) => a - b)) {
        const answer = await ask(index, slot, permits.most);
        if (signal?.aborted) return;
        report(index, answer);
      }
    });
  inOrder.end(signal?.aborted ?? false);
};
