import type { DataSet } from 'dicom-parser';
import { message, type Message } from '../../../core/message/message.ts';
import type { LookupTable } from '../../../core/image/mammogram-image.ts';
import { items, short, text, type TextDecoding } from './values.ts';

interface Entries {
  readonly values: LookupTable['values'];
  /** How many of them are in the file. */
  readonly present: number;
}

/** A table is read without its last entries where no more than this share of them is missing. */
const MOST_MISSING = 0.1;

/**
 * Entries as 16-bit words in the data set's byte order; packed bytes where the length and the bits say so. Of a
 * table that is a few entries short the last one goes on.
 */
const entriesOf = (
  item: DataSet,
  count: number,
  bits: number,
  tag = 'x00283006',
): Entries | undefined => {
  const element = item.elements[tag];
  if (!element || element.hadUndefinedLength) return undefined;
  const { length, dataOffset } = element;
  if (bits <= 8 && (length === count || length === count + 1)) {
    const values = Uint8Array.from(item.byteArray.subarray(dataOffset, dataOffset + count));
    return { values, present: count };
  }
  const present = Math.min(length >> 1, count);
  if (present < (1 - MOST_MISSING) * count) return undefined;
  const values = new Uint16Array(count);
  for (let i = 0; i < present; i++)
    values[i] = item.byteArrayParser.readUint16(item.byteArray, dataOffset + 2 * i);
  return { values: values.fill(values[present - 1] ?? 0, present), present };
};

/** The values that a table maps, and whether PixelRepresentation calls them signed. */
export interface InputRange {
  readonly low: number;
  readonly high: number;
  readonly signed: boolean;
}

/** Of what a table of `count` entries maps from `first` on, how much the inputs can be. */
const within = ({ low, high }: InputRange, first: number, count: number): number =>
  Math.max(0, Math.min(first + count - 1, high) - Math.max(first, low) + 1);

/**
 * The first input mapped, which may be meant with a sign or without: VR, PixelRepresentation and writers
 * disagree. No table runs beyond 16 bits; else that reading holds which covers more of the inputs.
 */
const firstMappedOf = (item: DataSet, count: number, inputs: InputRange): number | undefined => {
  const first = short(item, 'x00283002', { index: 1 });
  if (first === undefined || first < 2 ** 15) return first;
  const asSigned = first - 2 ** 16;
  const covered = within(inputs, first, count);
  const coveredSigned = within(inputs, asSigned, count);
  if (coveredSigned > 0 && first + count > 2 ** 16) return asSigned;
  if (covered !== coveredSigned) return covered > coveredSigned ? first : asSigned;
  return inputs.signed || item.elements['x00283002']?.vr === 'SS' ? asSigned : first;
};

/** A table that fills the declared bits leaves none of the two highest unused. */
const MOST_UNUSED = 1;

/** Bits of the entries: as declared, unless the entries exceed them or leave several unused. */
const bitsOf = (values: LookupTable['values'], declared: number): number => {
  let any = 0;
  for (const value of values) any |= value;
  const inUse = 32 - Math.clz32(any);
  return declared - inUse > MOST_UNUSED ? Math.max(inUse, 8) : Math.max(declared, inUse);
};

interface ReadTable {
  readonly table?: LookupTable;
  readonly remark?: Message;
}

const tableOf = (item: DataSet, inputs: InputRange, encoding: TextDecoding): ReadTable => {
  const unreadable = { remark: message('remark.lut-left-out') };
  const declaredCount = short(item, 'x00283002', { index: 0 });
  const bits = short(item, 'x00283002', { index: 2 });
  if (declaredCount === undefined || bits === undefined || bits < 1 || bits > 16) return unreadable;
  const count = declaredCount === 0 ? 65_536 : declaredCount;
  const firstMapped = firstMappedOf(item, count, inputs);
  const entries = entriesOf(item, count, bits);
  if (firstMapped === undefined || !entries) return unreadable;
  const explanation = text(item, 'x00283003', encoding);
  const { values, present } = entries;
  return {
    table: {
      firstMapped,
      values,
      bits: bitsOf(values, bits),
      ...(explanation === '' ? {} : { explanation }),
    },
    ...(present < count && { remark: message('remark.lut-short', { present, count }) }),
  };
};

/** One table of a palette (PS3.3 C.7.6.3.1.5), by the tags of its descriptor and its data. */
export const lookupValues = (
  dataSet: DataSet,
  descriptor: string,
  data: string,
): Pick<LookupTable, 'values' | 'bits'> | undefined => {
  const count = short(dataSet, descriptor, { index: 0 });
  const bits = short(dataSet, descriptor, { index: 2 });
  if (count === undefined || (bits !== 8 && bits !== 16)) return undefined;
  const entries = count === 0 ? 65_536 : count;
  // Of palettes the length alone tells: some say 16 bits and hold bytes.
  const found = entriesOf(dataSet, entries, 8, data);
  return found?.present === entries ? { values: found.values, bits } : undefined;
};

/**
 * The readable tables of ModalityLUTSequence (0028,3000) or VOILUTSequence (0028,3010): descriptor
 * of PS3.3 C.11.1.1.1 and C.11.2.1.1, where 0 entries mean 65,536. Its first input mapped and its
 * number of bits are checked against the inputs and the entries. Damaged items are left out, which is said.
 */
export const lookupTables = (
  dataSet: DataSet,
  sequence: string,
  inputs: InputRange,
  encoding: TextDecoding,
): { readonly tables: readonly LookupTable[]; readonly remarks: readonly Message[] } => {
  const read = items(dataSet, sequence).map((item) => tableOf(item, inputs, encoding));
  return {
    tables: read.flatMap(({ table }) => table ?? []),
    remarks: read.flatMap(({ remark }) => remark ?? []),
  };
};
