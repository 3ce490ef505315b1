import { joinBytes } from '../../src/core/units/join-bytes.ts';

/** Value representations that this writer knows (DICOM PS3.5 section 6.2). */
export type Vr =
  | 'AS'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'PN'
  | 'SH'
  | 'ST'
  | 'TM'
  | 'UI'
  | 'US'
  | 'SS'
  | 'OB'
  | 'SQ';

/** A number list for US and SS, bytes for OB, items for SQ, else text with backslashes. */
export type Value = string | readonly number[] | Uint8Array | readonly Dataset[];

export interface Element {
  /** 0xGGGGEEEE. */
  readonly tag: number;
  readonly vr: Vr;
  readonly value: Value;
}

export type Dataset = readonly Element[];

const LONG_FORM: ReadonlySet<Vr> = new Set<Vr>(['OB', 'SQ']);

const header = (tag: number, length: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  view.setUint32(4, length, true);
  return new Uint8Array(view.buffer);
};

const textBytes = (vr: Vr, text: string): Uint8Array => {
  const odd = text.length % 2 === 1;
  return new TextEncoder().encode(odd ? text + (vr === 'UI' ? '\0' : ' ') : text);
};

const numberBytes = (vr: Vr, numbers: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(numbers.length * 2));
  numbers.forEach((n, i) =>
    vr === 'SS' ? view.setInt16(i * 2, n, true) : view.setUint16(i * 2, n, true),
  );
  return new Uint8Array(view.buffer);
};

const valueBytes = ({ vr, value }: Element): Uint8Array => {
  if (typeof value === 'string') return textBytes(vr, value);
  if (value instanceof Uint8Array) return value;
  if (vr === 'SQ')
    return joinBytes(
      (value as readonly Dataset[]).flatMap((item) => {
        const body = writeDataset(item);
        return [header(0xfffee000, body.length), body];
      }),
    );
  return numberBytes(vr, value as readonly number[]);
};

const elementBytes = (element: Element, undefinedLength = false): Uint8Array => {
  const body = valueBytes(element);
  const long = LONG_FORM.has(element.vr);
  const view = new DataView(new ArrayBuffer(long ? 12 : 8));
  view.setUint16(0, element.tag >>> 16, true);
  view.setUint16(2, element.tag & 0xffff, true);
  view.setUint8(4, element.vr.charCodeAt(0));
  view.setUint8(5, element.vr.charCodeAt(1));
  if (long) view.setUint32(8, undefinedLength ? 0xffffffff : body.length, true);
  else view.setUint16(6, body.length, true);
  return joinBytes([new Uint8Array(view.buffer), body]);
};

/** Explicit VR little endian, elements in the order of their tags (PS3.5 section 7.1). */
export const writeDataset = (dataset: Dataset): Uint8Array =>
  joinBytes([...dataset].sort((a, b) => a.tag - b.tag).map((element) => elementBytes(element)));

/** Encapsulated pixel data of one frame: empty offset table, one fragment (PS3.5 annex A.4). */
const encapsulate = (frame: Uint8Array): Uint8Array => {
  const even = frame.length % 2 === 0 ? frame : joinBytes([frame, new Uint8Array(1)]);
  return joinBytes([
    header(0xfffee000, 0),
    header(0xfffee000, even.length),
    even,
    header(0xfffee0dd, 0),
  ]);
};

/**
 * A DICOM file (PS3.10) with compressed pixel data of one frame. `meta` is group 0002 without its
 * length; `dataset` has no pixel data.
 */
export const writeCompressedFile = (
  meta: Dataset,
  dataset: Dataset,
  frame: Uint8Array,
): Uint8Array => {
  const metaBytes = writeDataset(meta);
  const size = new DataView(new ArrayBuffer(12));
  [0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 0x04, 0x00].forEach((b, i) => size.setUint8(i, b));
  size.setUint32(8, metaBytes.length, true);
  const preamble = new Uint8Array(132);
  preamble.set(new TextEncoder().encode('DICM'), 128);
  const pixels: Element = { tag: 0x7fe00010, vr: 'OB', value: encapsulate(frame) };
  return joinBytes([
    preamble,
    new Uint8Array(size.buffer),
    metaBytes,
    writeDataset(dataset),
    elementBytes(pixels, true),
  ]);
};
