import { reasonOf } from '../../../core/message/failure.ts';
import { message, type Message, type Value } from '../../../core/message/message.ts';
import type { FileEntry } from './collect-entries.ts';
import { readDicomDir } from './dicomdir.ts';
import { looksLikeDicom } from '../read/file-meta.ts';

/** What a disc's index makes of the files that were picked. */
export interface Arranged {
  /** The files to open: those that an index names in its order, then the rest; no index. */
  readonly entries: readonly FileEntry[];
  readonly problems: readonly { readonly path: string; readonly reason: Message }[];
}

/** Thirty thousand files take about half of it, and it is parsed on the page's own thread: 32 MiB. */
const LARGEST_INDEX = 2 ** 25;

type Index = Extract<FileEntry, { file: File }>;

const isIndex = (entry: FileEntry): entry is Index =>
  'file' in entry && /^dicomdir\.?(;1)?$/i.test(entry.file.name);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** One name for one file, however a system shows a disc's names: "im1.;1" is "IM1". */
const key = (path: string): string => path.toUpperCase().replace(/;1$/, '').replace(/\.$/, '');

/** Burning programs and mail add an extension to each file; the names on a disc have none. */
const bareKey = (path: string): string => key(path).replace(/\.(DCM|DICOM|IMA|IMG)$/, '');

/** A name that leads out of its disc has none. */
const tailsOf = (path: string): readonly string[] => {
  const parts = path.split('/');
  if (parts.includes('..')) return [];
  return parts.map((_, i) => parts.slice(i).join('/'));
};

/**
 * Files by the ends of their paths, the longest first: discs are copied into one folder or another than they
 * had. An end that two files share, and a file that has its place, stand for none.
 */
const byTail = (entries: readonly FileEntry[]) => {
  const tails = new Map<string, FileEntry | undefined>();
  for (const entry of entries)
    for (const tail of tailsOf(bareKey(entry.path)))
      tails.set(tail, tails.has(tail) ? undefined : entry);
  return (name: string): FileEntry | undefined =>
    tailsOf(bareKey(name))
      .map((tail) => tails.get(tail))
      .find((entry) => entry !== undefined);
};

const readIndex = async ({ file }: Index): Promise<readonly string[] | { problem: Value }> => {
  try {
    if (file.size > LARGEST_INDEX) return { problem: message('disc.too-large') };
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!looksLikeDicom(bytes)) return { problem: message('disc.not-dicom') };
    const read = readDicomDir(bytes);
    return read.ok ? read.value : { problem: read.error };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
};

/**
 * Orders files by the DICOMDIR among them, and says which files it names that are not there. The
 * index itself is no image and no problem, unless it is damaged or none of its images goes by its name here.
 * Several discs at once each have their own. Never throws for what the files hold.
 */
export const arrangeDisc = async (files: readonly FileEntry[]): Promise<Arranged> => {
  const indexes = files.filter(isIndex);
  if (indexes.length === 0) return { entries: files, problems: [] };
  const byKey = new Map(files.map((entry) => [bareKey(entry.path), entry]));
  // The exact name counts where both are there.
  for (const entry of files) byKey.set(key(entry.path), entry);
  const named = new Set<FileEntry>();
  const problems: { path: string; reason: Message }[] = [];
  const discs: { path: string; wanted: readonly string[]; found: (FileEntry | undefined)[] }[] = [];
  for (const index of indexes) {
    const { path } = index;
    const read = await readIndex(index);
    if ('problem' in read) {
      problems.push({ path, reason: message('disc.unread', { why: read.problem }) });
      continue;
    }
    const wanted = read.map((name) => folderOf(path) + name);
    const found = wanted.map((name) => byKey.get(key(name)) ?? byKey.get(bareKey(name)));
    discs.push({ path, wanted, found });
  }
  const placed = new Set(discs.flatMap(({ found }) => found));
  const others = files.filter((entry) => !placed.has(entry) && !isIndex(entry));
  const elsewhere = byTail(others);
  for (const { path, wanted, found } of discs) {
    wanted.forEach((name, i) => (found[i] ??= elsewhere(name)));
    for (const entry of found) if (entry) named.add(entry);
    if (wanted.length > 0 && found.every((entry) => entry === undefined))
      problems.push({ path, reason: message(others.length > 0 ? 'disc.renamed' : 'disc.alone') });
    else
      wanted.forEach((name, i) => {
        if (!found[i]) problems.push({ path: name, reason: message('disc.missing') });
      });
  }
  const rest = files.filter((entry) => !named.has(entry) && !isIndex(entry));
  return { entries: [...named, ...rest], problems };
};
