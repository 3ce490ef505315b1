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

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Where no set, or an unknown one, is named: UTF-8 where the bytes are, else Latin-1. */
const guessed: TextDecoding = (bytes) =>
  new TextDecoder(isUtf8(bytes) ? 'utf-8' : LATIN_1).decode(bytes);

const whole = (encoding: string): TextDecoding => {
  // Bytes that are no UTF-8 were written in something else: Latin-1 keeps them apart at least.
  if (encoding === 'utf-8') return guessed;
  return (bytes) => new TextDecoder(encoding).decode(bytes);
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
    const others = keys.slice(1).flatMap((key) => WHOLE.get(key) ?? []);
    const isUnnamed = first === undefined && bytes.some((byte) => byte > 0x7f) && !isUtf8(bytes);
    return isUnnamed && others[0] ? whole(others[0])(bytes) : plain(bytes);
  };
};

/** Latin-1: for texts of the default repertoire. */
export const PLAIN: TextDecoding = (bytes) => new TextDecoder(LATIN_1).decode(bytes);
