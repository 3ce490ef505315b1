/** A file found in an archive, with its path in it; or why it was not taken out. */
export type ArchiveEntry =
  | { readonly path: string; readonly file: File }
  | { readonly path: string; readonly problem: string };

/** An archive as the reader gave it. */
export interface Archive {
  readonly path: string;
  readonly file: File;
}

/** The first bytes that tell whether a file is an archive. */
export const ARCHIVE_START = 4;

/**
 * Whether a file is a zip archive to look into: named .zip, or without an extension and starting as
 * one does. Documents and programs (docx, jar) are zip archives too and hold no mammograms.
 */
export const isArchive = (name: string, start: Uint8Array): boolean => {
  if (/\.zip$/i.test(name)) return true;
  const isZip = start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4;
  return isZip && !/\.[a-z]\w{0,5}$/i.test(name);
};
