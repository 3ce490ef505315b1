import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { encodingAt, hasLongForm, vrAt } from './data-set-encoding.ts';

/** What stands before the data set of a DICOM file (PS3.10 section 7.1). */
export interface FileMeta {
  /** As the file says; '' where it says nothing. The data may be otherwise: see data-set.ts. */
  readonly transferSyntaxUid: string;
  readonly mediaStorageSopClassUid: string;
  /** Byte offset of the data set. */
  readonly dataSetAt: number;
}

const PREAMBLE = 128;
const PREFIX = 'DICM';

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const uidText = (bytes: Uint8Array, from: number, length: number): string =>
  ascii(bytes, from, Math.min(length, 64)).replace(/[\0 ]+$/, '');

const isMetaElement = (bytes: Uint8Array, at: number): boolean =>
  at + 8 <= bytes.length && bytes[at] === 0x02 && bytes[at + 1] === 0x00;

/**
 * Where the file meta information or, where there is none, the data set begins. Preamble and prefix
 * are missing in what some archives and gateways store, together or one without the other.
 */
const startOf = (bytes: Uint8Array): number | undefined => {
  if (ascii(bytes, PREAMBLE, 4) === PREFIX) return PREAMBLE + 4;
  if (ascii(bytes, 0, 4) === PREFIX) return 4;
  for (const at of [0, PREAMBLE]) {
    // Group 0002 begins with its length or its version, 0 or 1; zeros are a preamble.
    if (isMetaElement(bytes, at) && (bytes[at + 2] as number) <= 0x16 && bytes[at + 3] === 0)
      return at;
    if (bytes.length >= at + 16 && encodingAt(bytes, at)) return at;
  }
  return undefined;
};

/** An implicit element's length may point beyond the start of a file: only its tag and size count. */
const looksBare = (start: Uint8Array): boolean => {
  const group = (start[0] ?? 0) | ((start[1] ?? 0) << 8);
  const element = (start[2] ?? 0) | ((start[3] ?? 0) << 8);
  return group === 0x0008 && element <= 0x0018 && start[6] === 0 && start[7] === 0;
};

/** Whether the first bytes of a file (160 or more of them, or all) can be a DICOM file's. */
export const looksLikeDicom = (start: Uint8Array): boolean =>
  startOf(start) !== undefined || (start.length >= 16 && looksBare(start));

const truncated = () => err(message('file.damaged-header.cut'));

interface MetaElement {
  readonly element: number;
  readonly value: number;
  readonly length: number;
}

/** Explicit as the standard demands, or implicit as some write it. Undefined where it is cut off. */
const metaElementAt = (bytes: Uint8Array, at: number): MetaElement | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 8 > bytes.length) return undefined;
  const vr = vrAt(bytes, at + 4);
  const isLong = vr !== undefined && hasLongForm(vr);
  if (isLong && at + 12 > bytes.length) return undefined;
  const value = at + (isLong ? 12 : 8);
  const length = isLong
    ? view.getUint32(at + 8, true)
    : vr
      ? view.getUint16(at + 6, true)
      : view.getUint32(at + 4, true);
  if (value + length > bytes.length) return undefined;
  return { element: view.getUint16(at + 2, true), value, length };
};

/** Reads the file meta information, whatever its group length says. Never reads past the end. */
export const readFileMeta = (bytes: Uint8Array): Result<FileMeta, Message> => {
  if (bytes.length === 0) return err(message('file.empty-file'));
  const start = startOf(bytes);
  if (start === undefined) return err(message('file.not-dicom'));
  let at = start;
  let transferSyntaxUid = '';
  let mediaStorageSopClassUid = '';
  while (at + 2 <= bytes.length && bytes[at] === 0x02 && bytes[at + 1] === 0x00) {
    const found = metaElementAt(bytes, at);
    if (!found) return truncated();
    const { element, value, length } = found;
    if (element === 0x0002) mediaStorageSopClassUid = uidText(bytes, value, length);
    if (element === 0x0010) transferSyntaxUid = uidText(bytes, value, length);
    at = value + length;
  }
  if (at >= bytes.length) return truncated();
  return ok({ transferSyntaxUid, mediaStorageSopClassUid, dataSetAt: at });
};
