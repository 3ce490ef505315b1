/** One file of a tar archive: a part of the archive, not a copy. */
export interface TarFile {
  readonly path: string;
  readonly file: Blob;
}

const BLOCK = 512;
const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, length: 12 };
const CHECKSUM = { at: 148, length: 8 };
const TYPE = 156;
const PREFIX = { at: 345, length: 155 };
/** Longer names than any system has: a damaged archive. */
const LONGEST_NAME = 2 ** 16;

const textOf = (bytes: Uint8Array, { at, length }: { at: number; length: number }): string => {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
};

/** Octal digits, or a big-endian number where the first bit is set (GNU). NaN where it is neither. */
const numberOf = (header: Uint8Array, field: { at: number; length: number }): number => {
  if (((header[field.at] as number) & 0x80) === 0) {
    const digits = textOf(header, field).trim();
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
  }
  let value = (header[field.at] as number) & 0x7f;
  for (let i = 1; i < field.length; i++) value = value * 256 + (header[field.at + i] as number);
  return value;
};

/** Whether a block is the header of a tar entry, by its checksum: the oldest form has no other mark. */
export const isTarHeader = (header: Uint8Array): boolean => {
  if (header.length < BLOCK) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) {
    const isOwn = i >= CHECKSUM.at && i < CHECKSUM.at + CHECKSUM.length;
    sum += isOwn ? 0x20 : (header[i] as number);
  }
  return sum === numberOf(header, CHECKSUM);
};

/** The path of a pax record "27 path=images/IM1\n" (POSIX.1-2001). */
const paxPath = (records: string): string | undefined =>
  /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1];

/**
 * The regular files of a tar archive (POSIX ustar and pax, GNU long names), in its order. Ends with
 * 'damaged' where a header is wrong or a file reaches beyond the end. `most` headers at most.
 */
export async function* readTar(archive: Blob, most: number): AsyncGenerator<TarFile | 'damaged'> {
  let longPath: string | undefined;
  let at = 0;
  for (let n = 0; at + BLOCK <= archive.size && n < most; n++) {
    const header = new Uint8Array(await archive.slice(at, at + BLOCK).arrayBuffer());
    if (header.every((byte) => byte === 0)) return;
    const size = numberOf(header, SIZE);
    const body = at + BLOCK;
    if (!isTarHeader(header) || !(size >= 0) || body + size > archive.size) return yield 'damaged';
    const type = String.fromCharCode(header[TYPE] as number);
    if (type === 'L' || type === 'x') {
      if (size > LONGEST_NAME) return yield 'damaged';
      const text = await archive.slice(body, body + size).text();
      longPath = type === 'L' ? text.replace(/\0[^]*$/, '') : (paxPath(text) ?? longPath);
    } else {
      const prefix = textOf(header, PREFIX);
      const name = textOf(header, NAME);
      const path = longPath ?? (prefix === '' ? name : `${prefix}/${name}`);
      longPath = undefined;
      if (type === '0' || type === '\0' || type === '7')
        yield { path, file: archive.slice(body, body + size) };
    }
    at = body + Math.ceil(size / BLOCK) * BLOCK;
  }
}
