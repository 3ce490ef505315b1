import { message, type Message } from '../../core/message/message.ts';
import { isTarHeader } from './read-tar.ts';

/** A file found in an archive, with its path in it; or why it was not taken out. */
export type ArchiveEntry =
  | { readonly path: string; readonly file: File }
  | { readonly path: string; readonly problem: Message };

/** An archive as the reader gave it. */
export interface Archive {
  readonly path: string;
  readonly file: File;
}

/** The first bytes that tell whether a file is an archive; a tar's mark stands at byte 257. */
export const ARCHIVE_START = 512;

/** Where a disc image names its file system (ECMA-119 6.2.1, ECMA-167 2/9.1), behind 32 KiB of zeros. */
const VOLUME_MARK = 2 ** 15 + 1;
const VOLUMES = ['CD001', 'BEA01'].map((mark) => [...mark].map((c) => c.charCodeAt(0)));

/** What tells whether a file is an archive: of a file that begins with zeros as much as a disc image needs. */
export const startOfFile = async (file: Blob): Promise<Uint8Array> => {
  const read = async (length: number) => new Uint8Array(await file.slice(0, length).arrayBuffer());
  const start = await read(ARCHIVE_START);
  return start.every((byte) => byte === 0) ? read(VOLUME_MARK + 5) : start;
};

/** An archive that is looked into: zip, tar, gzip (one file, or a tar). */
export type ArchiveKind = 'zip' | 'tar' | 'gzip';

const starts = (bytes: Uint8Array, mark: readonly number[], at = 0): boolean =>
  mark.every((byte, i) => bytes[at + i] === byte);

const TAR_MARK = [...'ustar'].map((c) => c.charCodeAt(0));
/** Extensions that do not say what a file is, as viewers and exports add to whatever they hold. */
const hasTellingExtension = (name: string): boolean =>
  /\.[a-z]\w{0,5}$/i.test(name) && !/\.(?:dcm|dicom|dic|ima|img|bin|dat)$/i.test(name);

/**
 * Which archive a file is: by its first bytes, and for zip by its name, since documents and programs
 * (docx, jar) are zip archives too and hold no mammograms. Undefined where it is none.
 */
export const archiveKind = (name: string, start: Uint8Array): ArchiveKind | undefined => {
  if (/\.zip$/i.test(name)) return 'zip';
  if (starts(start, [0x50, 0x4b, 3, 4])) return hasTellingExtension(name) ? undefined : 'zip';
  if (starts(start, TAR_MARK, 257) || isTarHeader(start)) return 'tar';
  return starts(start, [0x1f, 0x8b, 8]) ? 'gzip' : undefined;
};

/** Archives and disc images that no kept library unpacks in a browser, by their marks or names. */
const OTHERS: readonly (readonly [string, readonly number[], RegExp])[] = [
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], /\.7z(\.\d+)?$/i],
  ['RAR', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], /\.(rar|r\d\d)$/i],
  ['bzip2', [0x42, 0x5a, 0x68], /\.t?bz2?$/i],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], /\.t?xz$/i],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd], /\.zst$/i],
  ['compress', [0x1f, 0x9d], /\.Z$/],
  ['cabinet', [0x4d, 0x53, 0x43, 0x46], /\.cab$/i],
];
const DISC_IMAGE = /\.(iso|img|nrg|mdf|udf|dmg)$/i;

/** What to tell the reader of an archive that is not looked into; undefined where it is none. */
export const unpackFirst = (name: string, start: Uint8Array): Message | undefined => {
  const other = OTHERS.find(
    ([, mark, names]) => starts(start, mark) && (names.test(name) || mark.length > 3),
  );
  if (other) return message('archive.other-kind', { kind: other[0] });
  if (VOLUMES.some((mark) => starts(start, mark, VOLUME_MARK)))
    return message('archive.disc-image');
  // The first 32 KiB of a disc image are empty; a DICOM file of this name says what it is.
  const isDicom = starts(start, [0x44, 0x49, 0x43, 0x4d], 128);
  return DISC_IMAGE.test(name) && !isDicom ? message('archive.disc-image') : undefined;
};
