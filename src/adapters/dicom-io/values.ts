import type { DataSet, Element } from 'dicom-parser';

/** WHATWG encoding for each SpecificCharacterSet (0008,0005) of PS3.3 C.12.1.1.2. */
const encodings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'ISO_IR 100': 'iso-8859-1',
    'ISO_IR 101': 'iso-8859-2',
    'ISO_IR 109': 'iso-8859-3',
    'ISO_IR 110': 'iso-8859-4',
    'ISO_IR 144': 'iso-8859-5',
    'ISO_IR 127': 'iso-8859-6',
    'ISO_IR 126': 'iso-8859-7',
    'ISO_IR 138': 'iso-8859-8',
    'ISO_IR 148': 'windows-1254',
    'ISO_IR 203': 'iso-8859-15',
    'ISO_IR 166': 'windows-874',
    'ISO_IR 13': 'shift_jis',
    'ISO_IR 192': 'utf-8',
    GB18030: 'gb18030',
    GBK: 'gbk',
    'ISO 2022 IR 87': 'iso-2022-jp',
    'ISO 2022 IR 149': 'euc-kr',
    'ISO 2022 IR 58': 'gb18030',
  }),
);

const elementBytes = (dataSet: DataSet, tag: string): Uint8Array | undefined => {
  const element = dataSet.elements[tag];
  if (!element || element.length === 0 || element.hadUndefinedLength) return undefined;
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
};

const trimmed = (value: string): string => value.replace(/^[\s\0]+|[\s\0]+$/g, '');

/** The encoding of a data set's texts; Latin-1 where it names none, which ASCII is part of. */
export const encodingOf = (dataSet: DataSet): string => {
  const names = strings(dataSet, 'x00080005');
  const found = names.map(
    (name) => encodings.get(name.replace('ISO 2022 IR ', 'ISO_IR ')) ?? encodings.get(name),
  );
  return found.findLast((name) => name !== undefined) ?? 'iso-8859-1';
};

/** A text, trimmed; '' where absent or empty. */
export const text = (dataSet: DataSet, tag: string, encoding = 'iso-8859-1'): string => {
  const bytes = elementBytes(dataSet, tag);
  if (!bytes) return '';
  return trimmed(new TextDecoder(encoding).decode(bytes));
};

/** The values of a multi-valued text, each trimmed; [] where absent. */
export const strings = (dataSet: DataSet, tag: string, encoding = 'iso-8859-1'): string[] => {
  const all = text(dataSet, tag, encoding);
  return all === '' ? [] : all.split('\\').map(trimmed);
};

/** Far beyond any grey value, length or count: products of larger ones would overflow to infinity. */
const LARGEST_NUMBER = 1e15;

/** DS and IS (PS3.5 6.2): digits, sign, point, exponent; a comma for the point is forgiven. `0x1` is none. */
const DECIMAL = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?$/;

/** The numbers of a DS or IS; undefined in the place of one that is none, or absurdly large. */
export const numbers = (dataSet: DataSet, tag: string): (number | undefined)[] =>
  strings(dataSet, tag).map((s) => {
    const value = DECIMAL.test(s) ? Number(s.replace(',', '.')) : Number.NaN;
    return Math.abs(value) <= LARGEST_NUMBER ? value : undefined;
  });

export const number = (dataSet: DataSet, tag: string): number | undefined =>
  numbers(dataSet, tag)[0];

/** An unsigned 16-bit value, or a signed one, of a US or SS element, in the data set's byte order. */
export const short = (
  dataSet: DataSet,
  tag: string,
  { index = 0, signed = false } = {},
): number | undefined => {
  const element = dataSet.elements[tag];
  if (!element || element.length < 2 * (index + 1)) return undefined;
  return signed ? dataSet.int16(tag, index) : dataSet.uint16(tag, index);
};

/** The items of a sequence; [] where absent. */
export const items = (dataSet: DataSet, tag: string): DataSet[] =>
  (dataSet.elements[tag]?.items ?? [])
    .map((item: Element) => item.dataSet)
    .filter((item): item is DataSet => item !== undefined);
