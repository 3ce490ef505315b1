import { message, type Message } from '../../core/message/message.ts';
import {
  type Archive,
  type ArchiveEntry,
  ARCHIVE_START,
  archiveKind,
  unpackFirst,
} from './archive-entry.ts';
import type { UnpackMessage, UnpackRequest } from './worker-protocol.ts';

export type { ArchiveEntry } from './archive-entry.ts';

/** The part of a Worker that is used. */
export interface UnpackWorker {
  postMessage(request: UnpackRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<UnpackMessage>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface ExpandOptions {
  /** Files taken out of archives so far, of those known so far. */
  readonly onProgress: (done: number, total: number) => void;
  /** Aborting ends the unpacking at once; what came out until then is kept. */
  readonly signal?: AbortSignal;
  /** Longest silence of the worker, ms. */
  readonly patienceMs?: number;
  /** For tests: another way to start a worker. */
  readonly spawn?: () => UnpackWorker;
}

/** A file of the largest size takes seconds; silence longer than this is a standstill, ms. */
const PATIENCE_MS = 60_000;

const spawnWorker = (): UnpackWorker =>
  new Worker(new URL('./archive-worker.ts', import.meta.url), { type: 'module' });

/** An entry as an archive to unpack, as a problem where another program must do it, or undefined. */
const asArchive = async (
  entry: ArchiveEntry,
): Promise<Archive | { readonly path: string; readonly problem: Message } | undefined> => {
  if ('problem' in entry) return undefined;
  try {
    const start = new Uint8Array(await entry.file.slice(0, ARCHIVE_START).arrayBuffer());
    if (archiveKind(entry.file.name, start)) return entry;
    const problem = unpackFirst(entry.file.name, start);
    return problem === undefined ? undefined : { path: entry.path, problem };
  } catch {
    // The image opener says why a file cannot be read.
    return undefined;
  }
};

/** What came out of each archive. A worker that dies leaves what it gave, and a problem. */
const unpackInWorker = (
  archives: readonly Archive[],
  { onProgress, signal, patienceMs = PATIENCE_MS, spawn = spawnWorker }: ExpandOptions,
): Promise<readonly (readonly ArchiveEntry[])[]> =>
  new Promise((resolve) => {
    const worker = spawn();
    const found: ArchiveEntry[][] = archives.map(() => []);
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      worker.terminate();
      resolve(found);
    };
    const giveUp = (problem: Message) => {
      for (let i = last; i < archives.length; i++)
        found[i]?.push({ path: (archives[i] as Archive).path, problem });
      finish();
    };
    const crash = () => giveUp(message('archive.crashed'));
    const stop = () => giveUp(message('archive.stopped'));
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp(message('archive.too-slow')), patienceMs);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.onmessage = ({ data }) => {
      wait();
      if (data.kind === 'finished') finish();
      else if (data.kind === 'failed') crash();
      else if (data.kind === 'progress') onProgress(data.done, data.total);
      else {
        last = data.archive;
        found[data.archive]?.push(data.entry);
      }
    };
    worker.onmessageerror = crash;
    worker.onerror = (event) => {
      event.preventDefault?.();
      crash();
    };
    wait();
    worker.postMessage({ archives });
  });

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
