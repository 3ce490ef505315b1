import { type Archive, type ArchiveEntry, ARCHIVE_START, isArchive } from './archive-entry.ts';
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
  /** For tests: another way to start a worker. */
  readonly spawn?: () => UnpackWorker;
}

const CRASHED =
  'The zip archive could not be unpacked: the unpacking stopped, probably for lack of memory.';

const spawnWorker = (): UnpackWorker =>
  new Worker(new URL('./archive-worker.ts', import.meta.url), { type: 'module' });

const asArchive = async (entry: ArchiveEntry): Promise<Archive | undefined> => {
  if ('problem' in entry) return undefined;
  try {
    const start = await entry.file.slice(0, ARCHIVE_START).arrayBuffer();
    return isArchive(entry.file.name, new Uint8Array(start)) ? entry : undefined;
  } catch {
    // The image opener says why a file cannot be read.
    return undefined;
  }
};

/** What came out of each archive. A worker that dies leaves what it gave, and a problem. */
const unpackInWorker = (
  archives: readonly Archive[],
  { onProgress, spawn = spawnWorker }: ExpandOptions,
): Promise<readonly (readonly ArchiveEntry[])[]> =>
  new Promise((resolve) => {
    const worker = spawn();
    const found: ArchiveEntry[][] = archives.map(() => []);
    let last = 0;
    const finish = () => {
      worker.terminate();
      resolve(found);
    };
    const crash = () => {
      for (let i = last; i < archives.length; i++)
        found[i]?.push({ path: (archives[i] as Archive).path, problem: CRASHED });
      finish();
    };
    worker.onmessage = ({ data }) => {
      if (data.kind === 'finished') finish();
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
    worker.postMessage({ archives });
  });

/**
 * Puts in the place of each zip archive the files it holds, named by their path in it
 * (`exam.zip/images/IM1`), and leaves all else as it is. Unpacking happens in a worker.
 */
export const expandArchives = async (
  entries: readonly ArchiveEntry[],
  options: ExpandOptions,
): Promise<readonly ArchiveEntry[]> => {
  const asked: (Archive | undefined)[] = [];
  for (const entry of entries) asked.push(await asArchive(entry));
  const archives = asked.filter((archive) => archive !== undefined);
  if (archives.length === 0) return entries;
  const unpacked = await unpackInWorker(archives, options);
  let next = 0;
  return entries.flatMap((entry, i) => (asked[i] ? (unpacked[next++] ?? []) : [entry]));
};
