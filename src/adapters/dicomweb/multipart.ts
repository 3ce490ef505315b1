import { message, type Message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import { fail, type Outcome } from './failure.ts';

// multipart/related, RFC 2387 and RFC 2046 5.1, as PS3.18 8.6.1.2 uses it.

export interface Part {
  readonly contentType: string;
  /** A view of the message, not a copy. */
  readonly body: Uint8Array<ArrayBuffer>;
}

type Bytes = Uint8Array<ArrayBuffer>;

const CR = 13;
const LF = 10;
const DASH = 45;
const LONGEST_HEADER = 16 * 1024;
/** More objects than any answer has. */
const MOST_PARTS = 1000;

const malformed = (why: Message) => fail(message('server.malformed', { why }));

/** The boundary that a content type names, quoted or not. */
export const boundaryOf = (contentType: string): string | undefined => {
  if (!/^multipart\/related\b/i.test(contentType.trim())) return undefined;
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
};

const startsWith = (bytes: Bytes, at: number, wanted: Uint8Array): boolean => {
  if (at + wanted.length > bytes.length) return false;
  return wanted.every((byte, i) => bytes[at + i] === byte);
};

interface Delimiter {
  /** Where the part before it ends: at the line break that belongs to the delimiter. */
  readonly start: number;
  /** Where what follows begins. */
  readonly end: number;
  readonly last: boolean;
}

/** Where the line break ends that begins at `at`; undefined where none does. Some servers send LF alone. */
const afterBreak = (bytes: Bytes, at: number): number | undefined => {
  if (bytes[at] === LF) return at + 1;
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : undefined;
};

/**
 * The delimiter at `at`, which is the place of its first dash. A CR before its LF belongs to it (RFC 2046
 * 5.1.1), but to the part where the message breaks its lines with LF alone.
 */
const delimiterAt = (
  bytes: Bytes,
  at: number,
  mark: Uint8Array,
  hasLfAlone: boolean,
): Delimiter | undefined => {
  if (!startsWith(bytes, at, mark)) return undefined;
  const start = at === 0 ? 0 : bytes[at - 2] === CR && !hasLfAlone ? at - 2 : at - 1;
  let end = at + mark.length;
  const last = bytes[end] === DASH && bytes[end + 1] === DASH;
  if (last) return { start, end: end + 2, last };
  // White space may follow (RFC 2046, transport padding).
  while (bytes[end] === 32 || bytes[end] === 9) end++;
  const next = afterBreak(bytes, end);
  return next === undefined ? undefined : { start, end: next, last };
};

/** The next delimiter from `from` on: at the start of the message or after a line break. */
const nextDelimiter = (
  bytes: Bytes,
  from: number,
  mark: Uint8Array,
  hasLfAlone = false,
): Delimiter | undefined => {
  if (from === 0) {
    const first = delimiterAt(bytes, 0, mark, hasLfAlone);
    if (first) return first;
  }
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] !== DASH) continue;
    const found = delimiterAt(bytes, at + 1, mark, hasLfAlone);
    if (found) return found;
  }
  return undefined;
};

/** Where the header that begins at `from` ends, and its text. An empty header is one line break. */
const readHeader = (bytes: Bytes, from: number) => {
  const empty = afterBreak(bytes, from);
  if (empty !== undefined) return { text: '', end: empty };
  const limit = Math.min(bytes.length, from + LONGEST_HEADER);
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < limit; at = bytes.indexOf(LF, at + 1)) {
    const end = afterBreak(bytes, at + 1);
    if (end !== undefined)
      return { text: new TextDecoder('latin1').decode(bytes.subarray(from, at)), end };
  }
  return undefined;
};

const headerValue = (text: string, name: string): string => {
  const line = text.split(/\r?\n/).find((l) => l.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
};

/**
 * The parts of a whole message. A message without its closing delimiter was cut short: refused. So is
 * one of more than `most` parts, at the first surplus one: millions of empty parts fit into megabytes.
 */
export const parseMultipart = (
  bytes: Bytes,
  boundary: string,
  most = MOST_PARTS,
): Outcome<readonly Part[]> => {
  const mark = new TextEncoder().encode(`--${boundary}`);
  const parts: Part[] = [];
  let delimiter = nextDelimiter(bytes, 0, mark);
  if (!delimiter) return malformed(message('server.malformed.marks'));
  const hasLfAlone = bytes[delimiter.end - 2] !== CR;
  while (!delimiter.last) {
    if (parts.length >= most) return malformed(message('server.malformed.parts'));
    const header = readHeader(bytes, delimiter.end);
    if (!header) return malformed(message('server.malformed.header'));
    // The break that ends the header may be that of the next delimiter: an empty part.
    const next = nextDelimiter(bytes, header.end - 1, mark, hasLfAlone);
    if (!next) return malformed(message('server.malformed.early'));
    parts.push({
      contentType: headerValue(header.text, 'content-type'),
      body: bytes.subarray(header.end, Math.max(next.start, header.end)),
    });
    delimiter = next;
  }
  return ok(parts);
};

/** A message of DICOM objects, to be sent; the objects are not copied. */
export const buildMultipart = (objects: readonly Uint8Array<ArrayBufferLike>[]) => {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const boundary = `tandem-${Array.from(random, (b) => b.toString(16).padStart(2, '0')).join('')}`;
  const parts = objects.flatMap((bytes) => [
    `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`,
    bytes as Uint8Array<ArrayBuffer>,
    '\r\n',
  ]);
  return {
    contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
    body: new Blob([...parts, `--${boundary}--\r\n`]),
  };
};
