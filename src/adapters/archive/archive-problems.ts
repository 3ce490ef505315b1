import { reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import * as zip from '@zip.js/zip.js/lib/zip-core-native.js';

export const mebibytes = (bytes: number): string =>
  `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;

/** Why the archive as a whole cannot be read. */
export const archiveProblem = (error: unknown): Message => {
  const reason = reasonOf(error);
  if (reason === zip.ERR_ENCRYPTED_CENTRAL_DIRECTORY) return message('archive.encrypted');
  if (reason === zip.ERR_SPLIT_ZIP_FILE) return message('archive.split');
  if (reason === zip.ERR_BAD_FORMAT || reason === zip.ERR_EOCDR_NOT_FOUND)
    return message('archive.no-list');
  return message('archive.damaged', { message: reason });
};

/** Why one file cannot be taken out of an archive that is otherwise readable. */
export const fileProblem = (error: unknown): Message => {
  const reason = reasonOf(error);
  if (reason === zip.ERR_ENCRYPTED || reason === zip.ERR_UNSUPPORTED_ENCRYPTION)
    return message('archive.encrypted-file');
  if (reason === zip.ERR_UNSUPPORTED_COMPRESSION) return message('archive.compression');
  if (reason === zip.ERR_OVERLAPPING_ENTRY) return message('archive.overlap');
  if (error instanceof RangeError) return message('archive.memory');
  return message('archive.damaged-file', { message: reason });
};
