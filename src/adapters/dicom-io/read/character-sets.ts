import { decodeExtended, EXTENSIONS } from './iso-2022.ts';

/** Turns the bytes of a text into characters. */
export type TextDecoding = (bytes: Uint8Array) => string;

/** WHATWG encodings of the single-byte sets and whole encodings of PS3.3 C.12.1.1.2, by their number or name. */
const WHOLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    100: 'iso-8859-1',
    101: 'iso-8859-2',
    109: 'iso-8859-3',
    110: 'iso-8859-4',
    144: 'iso-8859-5',
    127: 'iso-8859-6',
    126: 'iso-8859-7',
    138: 'iso-8859-8',
    148: 'windows-1254',
    203: 'iso-8859-15',
    166: 'windows-874',
    13: 'shift_jis',
    192: 'utf-8',
    149: 'euc-kr',
    58: 'gb18030',
    GB18030: 'gb18030',
    GBK: 'gbk',
    GB2312: 'gbk',
    UTF8: 'utf-8',
    UNICODE11UTF8: 'utf-8',
    SHIFTJIS: 'shift_jis',
    EUCKR: 'euc-kr',
    LATIN1: 'iso-8859-1',
    LATIN2: 'iso-8859-2',
    ...Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7', '8', '15'].map((n) => [`ISO8859${n}`, `iso-8859-${n}`]),
    ),
  }),
);

/** The numbers of ISO_IR that stand for a whole encoding. */
export const ISO_IR_NUMBERS: readonly string[] = [...WHOLE.keys()].filter((key) =>
  /^\d+$/.test(key),
);

/** "ISO_IR 192", "ISO IR 192", "ISO-IR-192" and "ISO 2022 IR 192" are "192"; "utf-8" is "UTF8". */
const keyOf = (name: string): string => {
  const bare = name.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return /^(?:ISO)?(?:2022)?IR(\d+)$/.exec(bare)?.[1] ?? bare;
};

const LATIN_1 = 'iso-8859-1';
const ESCAPE = 0x1b;

const isValid = (encoding: string, bytes: Uint8Array): boolean => {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** Without what is left of a UTF-8 character that was cut off with the text. */
const withoutCut = (padded: Uint8Array): Uint8Array => {
  const bytes = padded.subarray(0, padded.findLastIndex((byte) => byte > 0x20) + 1);
  const lead = bytes.subarray(-3).findLastIndex((byte) => byte >= 0xc2);
  if (lead < 0) return bytes;
  const at = Math.max(0, bytes.length - 3) + lead;
  const byte = bytes[at] as number;
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  return at + length > bytes.length ? bytes.subarray(0, at) : bytes;
};

/**
 * The bytes as UTF-8, but for a character cut off at their end; undefined where they are none. ASCII alone
 * proves nothing, so that "é" of Latin-1 at the end of a name is not taken for half a character.
 */
const asUtf8 = (bytes: Uint8Array): Uint8Array | undefined => {
  if (isValid('utf-8', bytes)) return bytes;
  const rest = withoutCut(bytes);
  return !isAscii(rest) && isValid('utf-8', rest) ? rest : undefined;
};

/** Part of a name, as Latin-1 shows its bytes, that has letters beyond ASCII. */
const foreignParts = (bytes: Uint8Array): readonly string[] =>
  Array.from(bytes, (byte) => String.fromCharCode(byte))
    .join('')
    .split(/[\^=\\ ,\0]+/)
    .filter((part) => /[^\0-\x7f]/.test(part));

/** Names of other scripts by their bytes, which no name of Latin letters has: common characters only. */
const SCRIPTS: readonly (readonly [encoding: string, part: RegExp])[] = [
  ['gbk', /^(?:[\xb0-\xf7][\xa1-\xfe])+$/],
  ['euc-kr', /^(?:[\xb0-\xc8][\xa1-\xfe])+$/],
  ['shift_jis', /^(?:[\x81-\x83\x88-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc])+$/],
  ['big5', /^(?:[\xa4-\xc6][\x40-\x7e\xa1-\xfe])+$/],
  ['windows-1251', /^[\xa8\xc0-\xdf][\xb8\xe0-\xff]{2,}$/],
];

/** The one script that a name can be in; 'unknown' where it is of several, or none but Latin. */
const scriptOf = (bytes: Uint8Array): string => {
  const parts = foreignParts(bytes);
  const fitting = SCRIPTS.filter(
    ([encoding, part]) => parts.every((each) => part.test(each)) && isValid(encoding, bytes),
  );
  const [found] = fitting;
  if (found) return fitting.length === 1 ? found[0] : 'unknown';
  return parts.some((part) => /[\x80-\xff]{4}/.test(part)) ? 'unknown' : 'none';
};

const guessed: TextDecoding = (bytes) => {
  const utf8 = asUtf8(bytes);
  return utf8 ? new TextDecoder().decode(utf8) : new TextDecoder(LATIN_1).decode(bytes);
};

/** Windows code pages of single-byte sets: their bytes 0x80 to 0x9F are letters, which ISO 8859 has none of. */
const WINDOWS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'iso-8859-2': 'windows-1250',
    'iso-8859-4': 'windows-1257',
    'iso-8859-5': 'windows-1251',
    'iso-8859-6': 'windows-1256',
    'iso-8859-7': 'windows-1253',
    'iso-8859-8': 'windows-1255',
    'iso-8859-15': 'windows-1252',
  }),
);

const isControl = (byte: number): boolean => byte >= 0x80 && byte < 0xa0;

const single =
  (encoding: string): TextDecoding =>
  (bytes) => {
    const windows = WINDOWS.get(encoding);
    const isWindows = windows !== undefined && bytes.some(isControl);
    return new TextDecoder(isWindows ? windows : encoding).decode(bytes);
  };

/** Sets in which bytes above ASCII that are sound UTF-8 make no word: those of two bytes and Thai may. */
const isApart = (encoding: string): boolean => encoding.startsWith('iso-') || encoding === TURKISH;
const TURKISH = 'windows-1254';

/** UTF-8 where the bytes are, whatever single-byte set is named. */
const whole = (encoding: string): TextDecoding => {
  if (encoding === 'utf-8') return guessed;
  const plain = single(encoding);
  if (!isApart(encoding)) return plain;
  return (bytes) => (isAscii(bytes) || !asUtf8(bytes) ? plain(bytes) : guessed(bytes));
};

const JAPANESE = new Set(['87', '159']);

/** EUC-JP is pairs of upper bytes throughout, which Shift-JIS would read as katakana of half width. */
const japaneseOf = (bytes: Uint8Array): string | undefined => {
  const isEuc = foreignParts(bytes).every((part) => /^(?:[\xa1-\xfe]{2})+$/.test(part));
  const order = isEuc ? ['euc-jp', 'shift_jis'] : ['shift_jis', 'euc-jp'];
  return order.find((encoding) => isValid(encoding, bytes));
};

/** Sets of other scripts that a text may be in though the file does not say so. */
const unnamedIn = (keys: readonly string[], bytes: Uint8Array): 'none' | 'unknown' | string => {
  if (isAscii(bytes) || bytes.includes(ESCAPE) || asUtf8(bytes)) return 'none';
  const [first = ''] = keys;
  const known = WHOLE.get(first);
  if (known !== undefined && known !== LATIN_1) return 'none';
  if (keys.some((key) => JAPANESE.has(key))) return japaneseOf(bytes) ?? 'unknown';
  return keys.slice(1).some((key) => WHOLE.has(key)) ? 'none' : scriptOf(bytes);
};

/**
 * How the texts of a data set are read that names these character sets (0008,0005). Names are taken
 * as meant where they are misspelt; escape sequences are followed wherever they occur, whether they
 * were announced or not (PS3.5 6.1.2.5). UTF-8, GB18030 and GBK know none.
 */
export const decodingOf = (names: readonly string[]): TextDecoding => {
  const keys = names.map(keyOf);
  const first = WHOLE.get(keys[0] ?? '');
  const plain = first ? whole(first) : guessed;
  if (first === 'utf-8' || first === 'gb18030' || first === 'gbk') return plain;
  // Those who forget the escape sequence meant the one set that they announced.
  const announced = keys.slice(1).find((key) => EXTENSIONS.has(key));
  return (bytes) => {
    if (bytes.includes(ESCAPE)) return decodeExtended(bytes, { plain, announced });
    const other = unnamedIn(keys, bytes);
    if (other !== 'none' && other !== 'unknown') return new TextDecoder(other).decode(bytes);
    const others = keys.slice(1).flatMap((key) => WHOLE.get(key) ?? []);
    const isUnnamed = first === undefined && !isAscii(bytes) && !asUtf8(bytes);
    return isUnnamed && others[0] ? whole(others[0])(bytes) : plain(bytes);
  };
};

/** Whether a text is of another script than these sets have, and which one cannot be told. */
export const isUnreadable = (names: readonly string[], bytes: Uint8Array): boolean =>
  unnamedIn(names.map(keyOf), bytes) === 'unknown';

/** Latin-1: for texts of the default repertoire. */
export const PLAIN: TextDecoding = (bytes) => new TextDecoder(LATIN_1).decode(bytes);
