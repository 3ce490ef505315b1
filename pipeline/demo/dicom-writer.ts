import {
  element,
  elements,
  encapsulate,
  type Field,
  fileOf,
  type Item,
} from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';

/** Value representations of the demo's files (DICOM PS3.5 section 6.2). */
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

const hex = (tag: number): string => tag.toString(16).padStart(8, '0');

const itemOf = (dataset: Dataset): Item =>
  Object.fromEntries(
    dataset.map(({ tag, vr, value }): [string, Field] => [
      hex(tag),
      [vr, vr === 'SQ' ? (value as readonly Dataset[]).map(itemOf) : (value as Field[1])],
    ]),
  );

/** Explicit VR little endian, elements in the order of their tags (PS3.5 section 7.1). */
export const writeDataset = (dataset: Dataset): Uint8Array => elements(itemOf(dataset));

/**
 * A DICOM file (PS3.10) with compressed pixel data of one frame. `meta` is group 0002 without its
 * length; `dataset` has no pixel data, and no element behind it.
 */
export const writeCompressedFile = (
  meta: Dataset,
  dataset: Dataset,
  frame: Uint8Array,
): Uint8Array =>
  fileOf(
    writeDataset(meta),
    writeDataset(dataset),
    // Of undefined length: an empty offset table and one fragment (PS3.5 annex A.4).
    element('7fe00010', ['OB', encapsulate(frame)], 0xffffffff),
  );
