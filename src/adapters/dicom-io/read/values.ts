import dicomParser, { type DataSet, type Element } from 'dicom-parser';
import { decimalValue } from '../../../core/dicom/decimal-string.ts';
import { decodingOf, isUnreadable, PLAIN, type TextDecoding } from './character-sets.ts';
import { elementStream } from './element-stream.ts';

export type { TextDecoding } from './character-sets.ts';

/** Longer than any text that the program uses (LT has 10,240 characters), in bytes; more is cut. */
const MOST_TEXT = 2 ** 16;

const elementBytes = (dataSet: DataSet, tag: string): Uint8Array | undefined => {
  const element = dataSet.elements[tag];
  if (!element || element.length === 0 || element.hadUndefinedLength) return undefined;
  const length = Math.min(element.length, MOST_TEXT);
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + length);
};

const isPadding = (code: number): boolean => code === 0 || /\s/.test(String.fromCharCode(code));

/** Without spaces and NULs at the ends; linear in the length, which a pattern would not be. */
const trimmed = (value: string): string => {
  let start = 0;
  let end = value.length;
  while (start < end && isPadding(value.charCodeAt(start))) start++;
  while (end > start && isPadding(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
};

const characterSets = (dataSet: DataSet): readonly string[] => {
  const all = text(dataSet, 'x00080005');
  // An empty first value stands for the default repertoire, so the values keep their places.
  return all === '' ? [] : all.split('\\').map(trimmed);
};

/** How a data set's texts are to be read: by its Specific Character Set (0008,0005). */
export const encodingOf = (dataSet: DataSet): TextDecoding => decodingOf(characterSets(dataSet));

/** Whether a text is in a script that the data set does not name, and which cannot be guessed. */
export const isTextUnreadable = (dataSet: DataSet, tag: string): boolean => {
  const bytes = elementBytes(dataSet, tag);
  return bytes !== undefined && isUnreadable(characterSets(dataSet), bytes);
};

/** A text, trimmed; '' where absent or empty. */
export const text = (dataSet: DataSet, tag: string, decode: TextDecoding = PLAIN): string => {
  const bytes = elementBytes(dataSet, tag);
  return bytes ? trimmed(decode(bytes)) : '';
};

/** The values of a multi-valued text, each trimmed; [] where absent. */
export const strings = (dataSet: DataSet, tag: string, decode: TextDecoding = PLAIN): string[] => {
  const all = text(dataSet, tag, decode);
  return all === '' ? [] : all.split('\\').map(trimmed);
};

/** The numbers of a DS or IS; undefined in the place of one that is none, or absurdly large. */
export const numbers = (dataSet: DataSet, tag: string): (number | undefined)[] =>
  strings(dataSet, tag).map(decimalValue);

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

const ITEM_TAG = 0xe000fffe;
const VR = /^[A-Z]{2}$/;

/**
 * The items of a sequence that stands as UN (PS3.5 6.2.2: its value is implicit little endian; some
 * writers leave it explicit). Undefined where the value is none.
 */
const itemsOfUnknown = (dataSet: DataSet, element: Element): Element[] | undefined => {
  const bytes = dataSet.byteArray as Uint8Array;
  const { dataOffset, length } = element;
  if (length < 16 || dataOffset + length > bytes.length) return undefined;
  const value = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, length);
  if (value.getUint32(0, true) !== ITEM_TAG) return undefined;
  const isExplicit = VR.test(String.fromCharCode(value.getUint8(12), value.getUint8(13)));
  const { tag, vr } = element;
  const copy: Element = { tag, length, dataOffset, ...(vr ? { vr } : {}) };
  try {
    const stream = elementStream(dicomParser.littleEndianByteArrayParser, bytes, dataOffset);
    if (isExplicit) dicomParser.readSequenceItemsExplicit(stream, copy, []);
    else dicomParser.readSequenceItemsImplicit(stream, copy);
    return copy.items ?? [];
  } catch {
    return undefined;
  }
};

/** The items of a sequence, whatever VR it goes by; [] where absent or damaged. */
export const items = (dataSet: DataSet, tag: string): DataSet[] => {
  const element = dataSet.elements[tag];
  if (!element) return [];
  const unknown = element.vr === 'UN' ? itemsOfUnknown(dataSet, element) : undefined;
  return (element.items ?? unknown ?? [])
    .map((item: Element) => item.dataSet)
    .filter((item): item is DataSet => item !== undefined);
};
