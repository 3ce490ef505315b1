import type { Archive, ArchiveEntry } from './archive-entry.ts';

/** What the worker is asked that unpacks; it tells what it takes out while it does. */
export interface Unpacking {
  unpack(archives: readonly Archive[]): void;
}

export interface UnpackTells {
  /** A file, or why it was not taken out, of the archive of this place among those asked. */
  entry(archive: number, entry: ArchiveEntry): void;
  progress(done: number, total: number): void;
}
