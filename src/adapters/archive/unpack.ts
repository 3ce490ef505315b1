import { message, type Message } from '../../core/message/message.ts';
import {
  BlobReader,
  configure,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import {
  type Archive,
  type ArchiveEntry,
  archiveKind,
  startOfFile,
  type ArchiveKind,
  unpackFirst,
} from './archive-entry.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { archiveProblem, fileProblem, mebibytes } from './archive-problems.ts';
import { readTar } from './read-tar.ts';

// The library's own workers come from blobs, which the page's policy forbids; this runs in ours.
configure({ useWebWorkers: false });

export interface Unpacking {
  readonly limits: ArchiveLimits;
  /** `archive` is the index of the outermost archive that the entry came out of. */
  readonly onEntry: (entry: ArchiveEntry, archive: number) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/** The unpacking of one or more archives, which share what the limits leave. */
interface Run extends Pick<Unpacking, 'limits' | 'onProgress'> {
  readonly onEntry: (entry: ArchiveEntry) => void;
  filesLeft: number;
  bytesLeft: number;
  /** Bytes unpacked beyond the highest ratio so far. */
  beyondRatio: number;
  done: number;
  total: number;
}

/** An archive inside another is looked into; one inside that is not. */
const DEEPEST = 1;

/** Copies that macOS adds beside each file for its own use; the reader never sees them as files. */
const isBookkeeping = (path: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(path);

const pathIn = (archive: Archive, filename: string): string =>
  `${archive.path}/${filename.replaceAll('\\', '/').replace(/^(\.?\/)+/, '')}`;

const byName = (a: FileEntry, b: FileEntry): number =>
  a.filename.localeCompare(b.filename, 'en', { numeric: true });

/** Entries that are listed at most, whatever they are. */
const MOST_LISTED = 100_000;

const tooManyFiles = ({ limits }: Run): Message =>
  message('archive.too-many', { most: limits.mostFiles.toLocaleString('en') });

/** The files of an archive in natural order, or why there are none. */
const listFiles = async (
  reader: ZipReader<unknown>,
  run: Run,
): Promise<{ readonly files: readonly FileEntry[] } | { readonly problem: Message }> => {
  const files: FileEntry[] = [];
  // Folders and bookkeeping count as well: a million of them take as long to list.
  let listed = 0;
  for await (const entry of reader.getEntriesGenerator()) {
    if (++listed > MOST_LISTED || files.length >= run.filesLeft)
      return { problem: tooManyFiles(run) };
    if (entry.directory || isBookkeeping(entry.filename)) continue;
    files.push(entry);
  }
  if (files.length === 0) return { problem: message('archive.empty') };
  if (files.every((file) => file.encrypted)) return { problem: message('archive.encrypted') };
  return { files: files.sort(byName) };
};

/**
 * How many bytes a file may unpack to, and what to say if it is more. The floor under the ratio is
 * for one blank image, not for each of thousands: it shrinks by all that was unpacked beyond the ratio.
 */
const allowanceOf = (entry: { readonly compressedSize: number }, run: Run) => {
  const { limits, bytesLeft } = run;
  const floor = Math.max(FLOORS * limits.ratioFloor - run.beyondRatio, 0);
  const byRatio = Math.max(
    Math.min(limits.ratioFloor, floor),
    limits.highestRatio * entry.compressedSize,
  );
  const most = Math.min(limits.largestFile, byRatio, bytesLeft);
  if (most === bytesLeft)
    return { most, problem: message('archive.total', { size: mebibytes(limits.largestTotal) }) };
  if (most === byRatio)
    return { most, problem: message('archive.ratio', { times: limits.highestRatio }) };
  return { most, problem: message('archive.size', { size: mebibytes(most) }) };
};

/** Blank images that may be unpacked beyond the ratio. */
const FLOORS = 8;

const account = (run: Run, packed: number, unpacked: number): void => {
  run.bytesLeft -= unpacked;
  const beyond = unpacked - run.limits.highestRatio * packed;
  if (beyond > 0) run.beyondRatio += beyond;
};

class TooMuch extends Error {}

/** Takes bytes up to a limit, whatever size the archive claims. */
const collector = (most: number) => {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => {
      size += chunk.length;
      if (size > most) throw new TooMuch();
      chunks.push(chunk);
    },
  });
  return { chunks, stream, size: () => size };
};

const unpackFile = async (entry: FileEntry, path: string, run: Run): Promise<ArchiveEntry> => {
  if (entry.encrypted) return { path, problem: message('archive.encrypted-file') };
  const { most, problem } = allowanceOf(entry, run);
  if (entry.uncompressedSize > most) return { path, problem };
  const taken = collector(most);
  try {
    await entry.getData(taken.stream, { checkSignature: true, checkOverlappingEntry: true });
    account(run, entry.compressedSize, taken.size());
    return { path, file: new File(taken.chunks, path.slice(path.lastIndexOf('/') + 1)) };
  } catch (error) {
    return { path, problem: taken.size() > most ? problem : fileProblem(error) };
  }
};

const handOver = async (entry: ArchiveEntry, level: number, run: Run): Promise<void> => {
  if ('problem' in entry) return run.onEntry(entry);
  const { path, file } = entry;
  const start = await startOfFile(file).catch((error: unknown) => ({
    problem: fileProblem(error),
  }));
  // What was unpacked may be gone again: a private window has little room for it.
  if ('problem' in start) return run.onEntry({ path, problem: start.problem });
  const kind = archiveKind(file.name, start);
  const other = unpackFirst(file.name, start);
  if (!kind) return run.onEntry(other ? { path, problem: other } : entry);
  if (level < DEEPEST) return unpackArchive(entry, kind, level + 1, run);
  return run.onEntry({ path, problem: message('archive.too-deep') });
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const unpackTar = async (archive: Archive, level: number, run: Run): Promise<void> => {
  let found = 0;
  for await (const one of readTar(archive.file, MOST_LISTED)) {
    if (one === 'damaged')
      return run.onEntry({ path: archive.path, problem: message('archive.damaged-tar') });
    if (found >= run.filesLeft)
      return run.onEntry({ path: archive.path, problem: tooManyFiles(run) });
    if (isBookkeeping(one.path)) continue;
    const path = pathIn(archive, one.path);
    run.onProgress(++run.done, (run.total += 1));
    found += 1;
    await handOver({ path, file: new File([one.file], nameOf(path)) }, level, run);
  }
  run.filesLeft -= found;
  if (found === 0) run.onEntry({ path: archive.path, problem: message('archive.empty-tar') });
};

/** A gzip archive is one file: its name without .gz, .tar in the place of .tgz. */
const unpackGzip = async (archive: Archive, level: number, run: Run): Promise<void> => {
  const { path, file } = archive;
  const inner = path.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, '');
  const { most, problem } = allowanceOf({ compressedSize: file.size }, run);
  const taken = collector(most);
  let entry: Archive;
  try {
    await file.stream().pipeThrough(new DecompressionStream('gzip')).pipeTo(taken.stream);
    account(run, file.size, taken.size());
    entry = { path: inner, file: new File(taken.chunks, nameOf(inner)) };
  } catch {
    return run.onEntry({
      path,
      problem: taken.size() > most ? problem : message('archive.damaged-gzip'),
    });
  }
  // A tar within is the same archive to whoever packed it: no level deeper.
  const isTar = archiveKind(entry.file.name, await startOfFile(entry.file)) === 'tar';
  await (isTar ? unpackTar(entry, level, run) : handOver(entry, level, run));
};

const unpackAll = async (
  archive: Archive,
  files: readonly FileEntry[],
  level: number,
  run: Run,
) => {
  run.filesLeft -= files.length;
  run.total += files.length;
  for (const file of files) {
    await handOver(await unpackFile(file, pathIn(archive, file.filename), run), level, run);
    run.onProgress(++run.done, run.total);
  }
};

const unpackZip = async (archive: Archive, level: number, run: Run): Promise<void> => {
  const { path } = archive;
  const reader = new ZipReader(new BlobReader(archive.file), { filenameValidation: 'tolerant' });
  const listed = await listFiles(reader, run).catch((error: unknown) => ({
    problem: archiveProblem(error),
  }));
  if ('problem' in listed) run.onEntry({ path, problem: listed.problem });
  else await unpackAll(archive, listed.files, level, run);
  await reader.close();
};

const unpackers: Readonly<
  Record<ArchiveKind, (archive: Archive, level: number, run: Run) => Promise<void>>
> = { zip: unpackZip, tar: unpackTar, gzip: unpackGzip };

const unpackArchive = (archive: Archive, kind: ArchiveKind, level: number, run: Run) =>
  unpackers[kind](archive, level, run);

/**
 * Unpacks archives (zip, tar, gzip) one after another, and archives inside them, one level deep. Each file is
 * handed over once, in natural order of its path, as a file or as a problem; an archive that cannot
 * be read is one problem. Never throws for what an archive holds. `limits` are for all together.
 */
export const unpackArchives = async (
  archives: readonly Archive[],
  unpacking: Unpacking,
): Promise<void> => {
  const { limits, onProgress } = unpacking;
  let archive = 0;
  const run: Run = {
    limits,
    onProgress,
    onEntry: (entry) => unpacking.onEntry(entry, archive),
    filesLeft: limits.mostFiles,
    bytesLeft: limits.largestTotal,
    beyondRatio: 0,
    done: 0,
    total: 0,
  };
  for (; archive < archives.length; archive++) {
    const one = archives[archive] as Archive;
    try {
      const kind = archiveKind(one.file.name, await startOfFile(one.file)) ?? 'zip';
      await unpackArchive(one, kind, 0, run);
    } catch (error) {
      run.onEntry({ path: one.path, problem: archiveProblem(error) });
    }
  }
};
