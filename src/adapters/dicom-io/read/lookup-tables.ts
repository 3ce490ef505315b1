import type { DataSet } from 'dicom-parser';
import type { LookupTable } from '../../../core/image/mammogram-image.ts';
import { items, short, text, type TextDecoding } from './values.ts';

/** Entries as 16-bit words in the data set's byte order, or packed bytes where the length says so. */
const entriesOf = (
  item: DataSet,
  count: number,
  tag = 'x00283006',
): LookupTable['values'] | undefined => {
  const element = item.elements[tag];
  if (!element || element.hadUndefinedLength) return undefined;
  if (element.length >= 2 * count) {
    const values = new Uint16Array(count);
    for (let i = 0; i < count; i++)
      values[i] = item.byteArrayParser.readUint16(item.byteArray, element.dataOffset + 2 * i);
    return values;
  }
  if (element.length < count) return undefined;
  return Uint8Array.from(item.byteArray.subarray(element.dataOffset, element.dataOffset + count));
};

/** The values that a table maps, and whether PixelRepresentation calls them signed. */
export interface InputRange {
  readonly low: number;
  readonly high: number;
  readonly signed: boolean;
}

/**
 * The first input mapped. A VR of SS, PixelRepresentation, or, where the unsigned reading lies beyond
 * all inputs and the signed one does not, the inputs say that it is signed.
 */
const firstMappedOf = (item: DataSet, count: number, inputs: InputRange): number | undefined => {
  const isSigned = inputs.signed || item.elements['x00283002']?.vr === 'SS';
  const first = short(item, 'x00283002', { index: 1, signed: isSigned });
  if (first === undefined || first <= inputs.high) return first;
  const asSigned = first - 2 ** 16;
  return asSigned <= inputs.high && asSigned + count > inputs.low ? asSigned : first;
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

const tableOf = (
  item: DataSet,
  inputs: InputRange,
  encoding: TextDecoding,
): LookupTable | undefined => {
  const declaredCount = short(item, 'x00283002', { index: 0 });
  const bits = short(item, 'x00283002', { index: 2 });
  if (declaredCount === undefined || bits === undefined) return undefined;
  const count = declaredCount === 0 ? 65_536 : declaredCount;
  const firstMapped = firstMappedOf(item, count, inputs);
  const values = entriesOf(item, count);
  if (firstMapped === undefined || !values || bits < 1 || bits > 16) return undefined;
  const explanation = text(item, 'x00283003', encoding);
  return {
    firstMapped,
    values,
    bits: bitsOf(values, bits),
    ...(explanation === '' ? {} : { explanation }),
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
  const values = entriesOf(dataSet, count === 0 ? 65_536 : count, data);
  return values && { values, bits };
};

/**
 * The readable tables of ModalityLUTSequence (0028,3000) or VOILUTSequence (0028,3010): descriptor
 * of PS3.3 C.11.1.1.1 and C.11.2.1.1, where 0 entries mean 65,536. Its first input mapped and its
 * number of bits are checked against the inputs and the entries. Damaged items are left out.
 */
export const lookupTables = (
  dataSet: DataSet,
  sequence: string,
  inputs: InputRange,
  encoding: TextDecoding,
): readonly LookupTable[] =>
  items(dataSet, sequence)
    .map((item) => tableOf(item, inputs, encoding))
    .filter((table) => table !== undefined);
