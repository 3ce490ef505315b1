import { reasonOf } from '../../../core/message/failure.ts';
import { message, type Message } from '../../../core/message/message.ts';
/** What a server was asked for: a file that is something else is not opened. */
export interface ExpectedObject {
  readonly studyInstanceUid: string;
  readonly sopInstanceUid: string;
}

/** A file to open, with the path the reader sees; or one that the browser would not hand over. */
export type FileEntry =
  | {
      readonly path: string;
      readonly file: File;
      readonly expected?: ExpectedObject;
      /** The other slices of a volume that is stored as one file a slice. */
      readonly slices?: readonly File[];
    }
  | { readonly path: string; readonly problem: Message };

/** An entry that is on its way; `coming` never rejects. */
export interface ComingEntry {
  readonly path: string;
  readonly coming: Promise<FileEntry>;
}

/** From <input type=file>, with or without webkitdirectory. */
export const collectFromFiles = (files: Iterable<File> | ArrayLike<File>): readonly FileEntry[] =>
  Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));

const pathOf = (entry: FileSystemEntry): string => entry.fullPath.replace(/^\//, '');

const unreadable = (entry: FileSystemEntry, error: unknown): FileEntry => ({
  path: pathOf(entry),
  problem: message('file.unreadable-file', { reason: reasonOf(error) }),
});

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** Browsers hand out at most 100 entries a call: ask until none come. */
const childrenOf = async (entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = entry.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return children;
    children.push(...batch);
  }
};

const collect = async (entry: FileSystemEntry): Promise<readonly FileEntry[]> => {
  try {
    if (entry.isFile) {
      const file = await fileOf(entry as FileSystemFileEntry);
      return [{ path: pathOf(entry), file }];
    }
    const found: FileEntry[] = [];
    const children = await childrenOf(entry as FileSystemDirectoryEntry);
    children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    for (const child of children) found.push(...(await collect(child)));
    return found;
  } catch (error) {
    return [unreadable(entry, error)];
  }
};

/**
 * From a drop of files and folders, recursively. The browser empties `data` when the drop event
 * ends, so call this inside the handler; what it returns may be awaited later.
 */
export const collectFromDrop = (data: DataTransfer): Promise<readonly FileEntry[]> => {
  const dropped = Array.from(data.items)
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const collected = dropped.map(async ({ entry, file }) => {
    if (entry) return collect(entry);
    return file ? collectFromFiles([file]) : [];
  });
  return Promise.all(collected).then((lists) => lists.flat());
};
