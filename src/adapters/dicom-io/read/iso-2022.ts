import type { TextDecoding } from './character-sets.ts';

/** A set that an escape sequence invokes (PS3.3 C.12.1.1.2, tables C.12-3 and C.12-4). */
interface CodedSet {
  /** G0 has bytes 0x21-0x7E, G1 those from 0xA1. */
  readonly half: 'G0' | 'G1';
  readonly bytes: 1 | 2;
  readonly decode: (codes: Uint8Array) => string;
}

const by =
  (encoding: string, prepare: (codes: Uint8Array) => Uint8Array = (codes) => codes) =>
  (codes: Uint8Array): string =>
    new TextDecoder(encoding).decode(prepare(codes));

const upper = (codes: Uint8Array): Uint8Array => codes.map((code) => code | 0x80);
/** JIS X 0212 in EUC-JP: each pair behind a 0x8F. */
const supplementary = (codes: Uint8Array): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: codes.length >> 1 }, (_, i) => [
      0x8f,
      (codes[2 * i] as number) | 0x80,
      (codes[2 * i + 1] as number) | 0x80,
    ]).flat(),
  );

const g0 = (bytes: 1 | 2, decode: CodedSet['decode']): CodedSet => ({ half: 'G0', bytes, decode });
const g1 = (bytes: 1 | 2, decode: CodedSet['decode']): CodedSet => ({ half: 'G1', bytes, decode });

/** By the characters after ESC. Romaji keeps backslash and tilde, which separate values here. */
const SETS: ReadonlyMap<string, CodedSet> = new Map(
  Object.entries({
    '(B': g0(1, by('iso-8859-1')),
    '(J': g0(1, by('iso-8859-1')),
    '-A': g1(1, by('iso-8859-1')),
    '-B': g1(1, by('iso-8859-2')),
    '-C': g1(1, by('iso-8859-3')),
    '-D': g1(1, by('iso-8859-4')),
    '-L': g1(1, by('iso-8859-5')),
    '-G': g1(1, by('iso-8859-6')),
    '-F': g1(1, by('iso-8859-7')),
    '-H': g1(1, by('iso-8859-8')),
    '-M': g1(1, by('windows-1254')),
    '-b': g1(1, by('iso-8859-15')),
    '-T': g1(1, by('windows-874')),
    ')I': g1(1, by('shift_jis')),
    '$@': g0(2, by('euc-jp', upper)),
    $B: g0(2, by('euc-jp', upper)),
    '$(D': g0(2, by('euc-jp', supplementary)),
    '$)C': g1(2, by('euc-kr')),
    '$(C': g0(2, by('euc-kr', upper)),
    '$)A': g1(2, by('gb18030')),
    $A: g0(2, by('gb18030', upper)),
  }),
);

/** The G1 set that a value of Specific Character Set stands for, for texts that forgot to invoke it. */
export const EXTENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    100: '-A',
    101: '-B',
    109: '-C',
    110: '-D',
    144: '-L',
    127: '-G',
    126: '-F',
    138: '-H',
    148: '-M',
    203: '-b',
    166: '-T',
    13: ')I',
    149: '$)C',
    58: '$)A',
  }),
);

const ESCAPE = 0x1b;
/** The longest first: "$(D" begins like none of the two-character ones. */
const sequenceAt = (bytes: Uint8Array, at: number): string | undefined => {
  for (const length of [3, 2]) {
    const name = String.fromCharCode(...bytes.subarray(at, at + length));
    if (SETS.has(name)) return name;
  }
  return undefined;
};

const isUpper = (byte: number): boolean => byte >= 0x80;
/** Backslash, caret and equals part values, components and groups; in two-byte G0 they are codes. */
const isDelimiter = (byte: number): boolean =>
  byte === 0x5c ||
  byte === 0x5e ||
  byte === 0x3d ||
  byte === 0x0a ||
  byte === 0x0d ||
  byte === 0x0c;

interface Fallback {
  /** What reads upper bytes before a G1 set was invoked. */
  readonly plain: TextDecoding;
  /** A further set that the data set announces, by its key in EXTENSIONS. */
  readonly announced: string | undefined;
}

/** Where the run that begins at `at` ends: at an escape sequence or where the half changes. */
const endOfRun = (bytes: Uint8Array, at: number, step: 1 | 2, inRun: (byte: number) => boolean) => {
  let end = at;
  while (end < bytes.length && bytes[end] !== ESCAPE && inRun(bytes[end] as number)) end += step;
  return Math.min(end, bytes.length);
};

/**
 * A text with code extensions of ISO 2022 (PS3.5 6.1.2.5). G0 is ASCII again after a delimiter; G1
 * stays, since many writers invoke it once for a whole name. Unknown escape sequences are dropped.
 */
export const decodeExtended = (bytes: Uint8Array, { plain, announced }: Fallback): string => {
  const ascii = SETS.get('(B') as CodedSet;
  const before = announced ? SETS.get(EXTENSIONS.get(announced) ?? '') : undefined;
  let lower = ascii;
  let high: CodedSet | undefined;
  let out = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (byte === ESCAPE) {
      const name = sequenceAt(bytes, at + 1);
      const set = name === undefined ? undefined : SETS.get(name);
      if (set?.half === 'G0') lower = set;
      else if (set) high = set;
      at += 1 + (name?.length ?? 0);
    } else if (isUpper(byte)) {
      const end = endOfRun(bytes, at, 1, isUpper);
      const run = bytes.subarray(at, end);
      out += high
        ? high.decode(run)
        : readable(plain(run))
          ? plain(run)
          : (before?.decode(run) ?? plain(run));
      at = end;
    } else if (lower.bytes === 2 && byte > 0x20) {
      const end = endOfRun(bytes, at, 2, (code) => code > 0x20 && !isUpper(code));
      out += lower.decode(bytes.subarray(at, end));
      at = end;
    } else {
      if (isDelimiter(byte)) lower = ascii;
      out += String.fromCharCode(byte);
      at += 1;
    }
  }
  return out;
};

const readable = (text: string): boolean => !text.includes('\ufffd');
