import { message, type Message } from '../../core/message/message.ts';
import {
  type Archive,
  type ArchiveEntry,
  archiveKind,
  startOfFile,
  unpackFirst,
} from './archive-entry.ts';
import { createAsker } from '../../workers/ask.ts';
import type { WorkerLike } from '../../workers/protocol.ts';
import type { Unpacking, UnpackTells } from './messages.ts';

export type { ArchiveEntry } from './archive-entry.ts';

export interface ExpandOptions {
  /** Files taken out of archives so far, of those known so far. */
  readonly onProgress: (done: number, total: number) => void;
  /** Aborting ends the unpacking at once; what came out until then is kept. */
  readonly signal?: AbortSignal;
  /** Longest silence of the worker, ms. */
  readonly patienceMs?: number;
  /** For tests: another way to start a worker. */
  readonly start?: () => WorkerLike;
}

/** A file of the largest size takes seconds; silence longer than this is a standstill, ms. */
const PATIENCE_MS = 60_000;

const startWorker = (): WorkerLike =>
  new Worker(new URL('./archive-worker.ts', import.meta.url), { type: 'module' });

/** An entry as an archive to unpack, as a problem where another program must do it, or undefined. */
const asArchive = async (
  entry: ArchiveEntry,
): Promise<Archive | { readonly path: string; readonly problem: Message } | undefined> => {
  if ('problem' in entry) return undefined;
  try {
    const start = await startOfFile(entry.file);
    if (archiveKind(entry.file.name, start)) return entry;
    const problem = unpackFirst(entry.file.name, start);
    return problem === undefined ? undefined : { path: entry.path, problem };
  } catch {
    // The image opener says why a file cannot be read.
    return undefined;
  }
};

/** What came out of each archive. A worker that dies leaves what it gave, and a problem. */
const unpackInWorker = async (
  archives: readonly Archive[],
  { onProgress, signal, patienceMs = PATIENCE_MS, start = startWorker }: ExpandOptions,
): Promise<readonly (readonly ArchiveEntry[])[]> => {
  const found: ArchiveEntry[][] = archives.map(() => []);
  let last = 0;
  let problem: Message = message('archive.crashed');
  const giveUp = (why: Message) => {
    problem = why;
    worker.end();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => giveUp(message('archive.too-slow')), patienceMs);
  };
  const worker = createAsker<Unpacking, UnpackTells>({
    start,
    listen: {
      entry: (archive, entry) => {
        wait();
        last = archive;
        found[archive]?.push(entry);
      },
      progress: (done, total) => {
        wait();
        onProgress(done, total);
      },
    },
  });
  const stop = () => giveUp(message('archive.stopped'));
  signal?.addEventListener('abort', stop, { once: true });
  wait();
  const { ok } = await worker.ask('unpack', [archives]);
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  worker.end();
  if (!ok)
    for (const [i, { path }] of archives.entries())
      if (i >= last) found[i]?.push({ path, problem });
  return found;
};

/**
 * Puts in the place of each archive (zip, tar, gzip) the files it holds, named by their path in it
 * (`exam.zip/images/IM1`), says of other archives that they must be
 * unpacked first, and leaves all else as it is. Unpacking happens in a worker.
 */
export const expandArchives = async (
  entries: readonly ArchiveEntry[],
  options: ExpandOptions,
): Promise<readonly ArchiveEntry[]> => {
  const asked: Awaited<ReturnType<typeof asArchive>>[] = [];
  for (const entry of entries) asked.push(await asArchive(entry));
  const archives = asked.filter((one): one is Archive => one !== undefined && 'file' in one);
  const unpacked = archives.length === 0 ? [] : await unpackInWorker(archives, options);
  let next = 0;
  return entries.flatMap((entry, i) => {
    const one = asked[i];
    if (!one) return [entry];
    return 'problem' in one ? [one] : (unpacked[next++] ?? []);
  });
};
