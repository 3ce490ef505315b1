import type { DataSet } from 'dicom-parser';
import type { LookupTable } from '../../core/image/mammogram-image.ts';
import { items, short, text } from './values.ts';

/** Entries as 16-bit words in the data set's byte order, or packed bytes where the length says so. */
const entriesOf = (item: DataSet, count: number): LookupTable['values'] | undefined => {
  const element = item.elements['x00283006'];
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

const tableOf = (item: DataSet, signed: boolean, encoding: string): LookupTable | undefined => {
  const count = short(item, 'x00283002', { index: 0 });
  const bits = short(item, 'x00283002', { index: 2 });
  const signedFirst = item.elements['x00283002']?.vr === 'SS' || signed;
  const firstMapped = short(item, 'x00283002', { index: 1, signed: signedFirst });
  if (count === undefined || bits === undefined || firstMapped === undefined) return undefined;
  const values = entriesOf(item, count === 0 ? 65_536 : count);
  if (!values || bits < 1 || bits > 16) return undefined;
  const explanation = text(item, 'x00283003', encoding);
  return { firstMapped, values, bits, ...(explanation === '' ? {} : { explanation }) };
};

/**
 * The readable tables of ModalityLUTSequence (0028,3000) or VOILUTSequence (0028,3010): descriptor
 * of PS3.3 C.11.1.1.1 and C.11.2.1.1, where 0 entries mean 65,536 and the first input mapped is
 * signed where `signed` (PixelRepresentation) says so. Damaged items are left out.
 */
export const lookupTables = (
  dataSet: DataSet,
  sequence: string,
  signed: boolean,
  encoding: string,
): readonly LookupTable[] =>
  items(dataSet, sequence)
    .map((item) => tableOf(item, signed, encoding))
    .filter((table) => table !== undefined);
