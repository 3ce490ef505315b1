import type { WorkingRule } from '../../core/image/working-image.ts';
import type { FileEntry } from './collect-entries.ts';
import { looksLikeDicom } from './file-meta.ts';
import type { OpenFailure, OpenFailureCode } from './open-failure.ts';
import type { OpenedMammogram } from './worker-protocol.ts';
import { createWorkerSlot, type WorkerLike, type WorkerSlot } from './worker-slot.ts';

export type { FileEntry } from './collect-entries.ts';
export type { OpenFailure, OpenFailureCode } from './open-failure.ts';
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
  /** Longest time for one file, ms. */
  readonly patienceMs?: number;
  /** For tests: another way to start a worker. */
  readonly spawn?: () => WorkerLike;
}

/** The first bytes say whether a worker is worth asking. */
const START = 160;
/** Larger than any two-dimensional mammogram, small enough for one buffer: 1 GiB. */
const LARGEST_FILE = 2 ** 30;

const spawnWorker = (): WorkerLike =>
  new Worker(new URL('./dicom-worker.ts', import.meta.url), { type: 'module' });

const defaultWorkers = (): number =>
  Math.min(Math.max(globalThis.navigator?.hardwareConcurrency ?? 2, 1), 4);

/** Workers that were started before there was anything to open. */
const ready: WorkerLike[] = [];

/**
 * Starts the workers that the first files will take, so that these do not wait for their script. They
 * are used up by the first opening: each ends with it, and gives its memory back.
 */
export const prepareWorkers = (): void => {
  while (ready.length < defaultWorkers()) {
    const worker = spawnWorker();
    worker.onerror = (event) => {
      event.preventDefault?.();
      const at = ready.indexOf(worker);
      if (at >= 0) ready.splice(at, 1);
    };
    ready.push(worker);
  }
};
const takeWorker = (): WorkerLike => ready.pop() ?? spawnWorker();

const fail = (path: string, code: OpenFailureCode, reason: string): OpenFailure => ({
  fileName: path,
  code,
  reason,
});

/** What is wrong with a file at first sight, so that a folder of other things is quick. */
const firstSight = async (entry: FileEntry): Promise<OpenFailure | undefined> => {
  const { path } = entry;
  if ('problem' in entry) return fail(path, 'unreadable-file', entry.problem);
  if (entry.file.size === 0) return fail(path, 'empty-file', 'The file is empty (0 bytes).');
  if (entry.file.size > LARGEST_FILE)
    return fail(
      path,
      'too-large',
      'The file is larger than any two-dimensional mammogram (1 GiB).',
    );
  try {
    const start = new Uint8Array(await entry.file.slice(0, START).arrayBuffer());
    if (looksLikeDicom(start)) return undefined;
    return fail(
      path,
      'not-dicom',
      'This is not a DICOM file: the mark "DICM" at byte 128 is missing.',
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail(path, 'unreadable-file', `The browser could not read the file (${message}).`);
  }
};

type Answer =
  | { readonly ok: true; readonly opened: OpenedMammogram }
  | { readonly ok: false; readonly failure: OpenFailure };

/** Hands answers on in the order of the entries, whatever order they come in. */
const inOrder = (deliver: (answer: Answer) => void) => {
  const waiting = new Map<number, Answer>();
  let next = 0;
  return (index: number, answer: Answer): void => {
    waiting.set(index, answer);
    for (let head = waiting.get(next); head; head = waiting.get(next)) {
      waiting.delete(next++);
      deliver(head);
    }
  };
};

/**
 * Opens files in a pool of workers: parsing, decoding and resampling never run on the calling
 * thread. Each entry is reported exactly once, through onOpened or onFailed, in the order given, so
 * that of two files with one SOP Instance UID the first always wins. A file that crashes its worker
 * fails alone. Resolves when all are done or `signal` aborts; never rejects for what a file holds.
 */
export const openFiles = async (
  entries: readonly FileEntry[],
  options: OpenOptions,
): Promise<void> => {
  const { rule, signal, spawn = takeWorker, patienceMs = 180_000 } = options;
  const count = Math.min(options.workers ?? defaultWorkers(), entries.length);
  const deliver = inOrder((answer) => {
    if (answer.ok) options.onOpened(answer.opened);
    else options.onFailed(answer.failure);
  });
  let next = 0;
  let done = 0;

  // Looked at ahead of time: a page that is busy drawing would have the worker wait for it.
  const sights = new Map<number, ReturnType<typeof firstSight>>();
  const sightOf = (index: number) => {
    const known = sights.get(index) ?? firstSight(entries[index] as FileEntry);
    sights.set(index, known);
    return known;
  };

  const answerFor = async (index: number, slot: WorkerSlot): Promise<Answer> => {
    const entry = entries[index] as FileEntry;
    const failure = await sightOf(index);
    sights.delete(index);
    if (index + count < entries.length) void sightOf(index + count);
    if (failure) return { ok: false, failure };
    const { path, file, expected } = entry as Extract<FileEntry, { file: File }>;
    return slot.ask({ path, file, rule, expected });
  };

  const run = async (): Promise<void> => {
    const slot = createWorkerSlot(spawn, patienceMs);
    signal?.addEventListener('abort', slot.close, { once: true });
    try {
      while (next < entries.length && !signal?.aborted) {
        const index = next++;
        const answer = await answerFor(index, slot);
        if (signal?.aborted) return;
        deliver(index, answer);
        options.onProgress(++done, entries.length);
      }
    } finally {
      signal?.removeEventListener('abort', slot.close);
      slot.close();
    }
  };
  await Promise.all(Array.from({ length: count }, run));
};
