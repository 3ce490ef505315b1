import * as zip from '@zip.js/zip.js/lib/zip-core-native.js';

export const mebibytes = (bytes: number): string =>
  `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;

export const ENCRYPTED_ARCHIVE =
  'The zip archive is protected by a password. Unpack it first, then open the folder.';
export const ENCRYPTED_FILE =
  'The file is protected by a password inside the zip archive. Unpack the archive first.';
export const EMPTY_ARCHIVE = 'The zip archive holds no files.';
export const TOO_DEEP =
  'A zip archive inside two others is not looked into. Unpack the outer ones first.';
export const DAMAGED_TAR =
  'The tar archive is damaged or was cut off while it was copied: what comes behind this place in it is missing.';
export const EMPTY_TAR = 'The tar archive holds no files.';
export const DAMAGED_GZIP =
  'The gzip archive is damaged or was cut off while it was copied, so it could not be unpacked.';
const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Why the archive as a whole cannot be read. */
export const archiveProblem = (error: unknown): string => {
  const message = messageOf(error);
  if (message === zip.ERR_ENCRYPTED_CENTRAL_DIRECTORY) return ENCRYPTED_ARCHIVE;
  if (message === zip.ERR_SPLIT_ZIP_FILE)
    return 'This is one part of a zip archive that was split. Join the parts and unpack it first.';
  return `The zip archive is damaged or was cut off while it was copied: its list of files cannot be read (${message}).`;
};

/** Why one file cannot be taken out of an archive that is otherwise readable. */
export const fileProblem = (error: unknown): string => {
  const message = messageOf(error);
  if (message === zip.ERR_ENCRYPTED || message === zip.ERR_UNSUPPORTED_ENCRYPTION)
    return ENCRYPTED_FILE;
  if (message === zip.ERR_UNSUPPORTED_COMPRESSION)
    return 'The file is compressed in a way that this program cannot unpack. Unpack the archive first.';
  if (message === zip.ERR_OVERLAPPING_ENTRY)
    return 'The file shares its bytes with another one of the zip archive, as only archives made to do harm do.';
  if (error instanceof RangeError)
    return 'There was not enough memory to unpack the file from the zip archive.';
  return `The file is damaged inside the zip archive (${message}).`;
};
