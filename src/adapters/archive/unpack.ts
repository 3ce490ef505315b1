import {
  BlobReader,
  configure,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { type Archive, type ArchiveEntry, ARCHIVE_START, isArchive } from './archive-entry.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import {
  archiveProblem,
  EMPTY_ARCHIVE,
  ENCRYPTED_ARCHIVE,
  ENCRYPTED_FILE,
  fileProblem,
  mebibytes,
  TOO_DEEP,
} from './archive-problems.ts';

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
  done: number;
  total: number;
}

/** An archive inside another is looked into; one inside that is not. */
const DEEPEST = 1;

/** Copies that macOS adds beside each file for its own use; the reader never sees them as files. */
const isBookkeeping = (path: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(path);

const pathIn = (archive: Archive, { filename }: FileEntry): string =>
  `${archive.path}/${filename.replaceAll('\\', '/').replace(/^\/+/, '')}`;

const byName = (a: FileEntry, b: FileEntry): number =>
  a.filename.localeCompare(b.filename, 'en', { numeric: true });

const tooManyFiles = ({ limits }: Run): string =>
  `The zip archive holds more than ${limits.mostFiles.toLocaleString('en')} files and was not opened.`;

/** The files of an archive in natural order, or why there are none. */
const listFiles = async (
  reader: ZipReader<unknown>,
  run: Run,
): Promise<{ readonly files: readonly FileEntry[] } | { readonly problem: string }> => {
  const files: FileEntry[] = [];
  for await (const entry of reader.getEntriesGenerator()) {
    if (entry.directory || isBookkeeping(entry.filename)) continue;
    if (files.length >= run.filesLeft) return { problem: tooManyFiles(run) };
    files.push(entry);
  }
  if (files.length === 0) return { problem: EMPTY_ARCHIVE };
  if (files.every((file) => file.encrypted)) return { problem: ENCRYPTED_ARCHIVE };
  return { files: files.sort(byName) };
};

/** How many bytes a file may unpack to, and what to say if it is more. */
const allowanceOf = (entry: FileEntry, { limits, bytesLeft }: Run) => {
  const byRatio = Math.max(limits.ratioFloor, limits.highestRatio * entry.compressedSize);
  const most = Math.min(limits.largestFile, byRatio, bytesLeft);
  if (most === bytesLeft) {
    const total = mebibytes(limits.largestTotal);
    return { most, problem: `Not unpacked: all files together would take more than ${total}.` };
  }
  if (most === byRatio) {
    const problem = `Not unpacked: it would grow more than ${limits.highestRatio} times, as only archives made to fill memory do.`;
    return { most, problem };
  }
  return { most, problem: `Not unpacked: it would take more than ${mebibytes(most)}.` };
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
  if (entry.encrypted) return { path, problem: ENCRYPTED_FILE };
  const { most, problem } = allowanceOf(entry, run);
  if (entry.uncompressedSize > most) return { path, problem };
  const taken = collector(most);
  try {
    await entry.getData(taken.stream, { checkSignature: true, checkOverlappingEntry: true });
    run.bytesLeft -= taken.size();
    return { path, file: new File(taken.chunks, path.slice(path.lastIndexOf('/') + 1)) };
  } catch (error) {
    return { path, problem: taken.size() > most ? problem : fileProblem(error) };
  }
};

const startOf = async (file: File): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(0, ARCHIVE_START).arrayBuffer());

const handOver = async (entry: ArchiveEntry, level: number, run: Run): Promise<void> => {
  if ('problem' in entry || !isArchive(entry.file.name, await startOf(entry.file)))
    run.onEntry(entry);
  else if (level < DEEPEST) await unpackArchive(entry, level + 1, run);
  else run.onEntry({ path: entry.path, problem: TOO_DEEP });
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
    await handOver(await unpackFile(file, pathIn(archive, file), run), level, run);
    run.onProgress(++run.done, run.total);
  }
};

const unpackArchive = async (archive: Archive, level: number, run: Run): Promise<void> => {
  const { path } = archive;
  const reader = new ZipReader(new BlobReader(archive.file), { filenameValidation: 'tolerant' });
  const listed = await listFiles(reader, run).catch((error: unknown) => ({
    problem: archiveProblem(error),
  }));
  if ('problem' in listed) run.onEntry({ path, problem: listed.problem });
  else await unpackAll(archive, listed.files, level, run);
  await reader.close();
};

/**
 * Unpacks zip archives one after another, and archives inside them, one level deep. Each file is
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
    done: 0,
    total: 0,
  };
  for (; archive < archives.length; archive++)
    await unpackArchive(archives[archive] as Archive, 0, run);
};
