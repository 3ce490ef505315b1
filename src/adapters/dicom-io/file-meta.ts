import { err, ok, type Result } from '../../core/result.ts';
import { refusal, type Refusal } from './open-failure.ts';
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from './transfer-syntax.ts';

/** What stands before the data set of a DICOM file (PS3.10 section 7.1). */
export interface FileMeta {
  readonly transferSyntaxUid: string;
  readonly mediaStorageSopClassUid: string;
  /** Byte offset of the data set. */
  readonly dataSetAt: number;
}

const PREAMBLE = 128;
const longForm = new Set(['OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'SQ', 'UC', 'UN', 'UR', 'UT']);

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

const uidText = (bytes: Uint8Array, from: number, length: number): string =>
  ascii(bytes, from, Math.min(length, 64)).replace(/[\0 ]+$/, '');

const hasPrefix = (bytes: Uint8Array): boolean =>
  bytes.length >= PREAMBLE + 4 && ascii(bytes, PREAMBLE, 4) === 'DICM';

/**
 * The transfer syntax of a data set without preamble, as some archives store it: the first element
 * is of group 0008 and either names its VR or does not.
 */
const bareDataSet = (bytes: Uint8Array): string | undefined => {
  if (bytes.length < 16) return undefined;
  const group = (bytes[0] as number) | ((bytes[1] as number) << 8);
  const element = (bytes[2] as number) | ((bytes[3] as number) << 8);
  if (group !== 0x0008 || element > 0x0018) return undefined;
  if (/^(AE|CS|DA|LO|SH|SQ|TM|UI|UL)$/.test(ascii(bytes, 4, 2))) return EXPLICIT_LITTLE_ENDIAN;
  return bytes[6] === 0 && bytes[7] === 0 ? IMPLICIT_LITTLE_ENDIAN : undefined;
};

/** Whether the first bytes of a file (132 or more of them, or all) can be a DICOM file's. */
export const looksLikeDicom = (start: Uint8Array): boolean =>
  hasPrefix(start) || bareDataSet(start) !== undefined;

const truncated = () =>
  err(
    refusal(
      'damaged-header',
      'The file ends inside the DICOM header. It was probably cut off while it was copied.',
    ),
  );

/** Reads the file meta information, always explicit little endian. Never reads past the end. */
export const readFileMeta = (bytes: Uint8Array): Result<FileMeta, Refusal> => {
  if (bytes.length === 0) return err(refusal('empty-file', 'The file is empty (0 bytes).'));
  if (!hasPrefix(bytes)) {
    const transferSyntaxUid = bareDataSet(bytes);
    if (transferSyntaxUid)
      return ok({ transferSyntaxUid, mediaStorageSopClassUid: '', dataSetAt: 0 });
    return err(
      refusal('not-dicom', 'This is not a DICOM file: the mark "DICM" at byte 128 is missing.'),
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = PREAMBLE + 4;
  let transferSyntaxUid = '';
  let mediaStorageSopClassUid = '';
  while (at + 2 <= bytes.length && view.getUint16(at, true) === 0x0002) {
    if (at + 8 > bytes.length) return truncated();
    const long = longForm.has(ascii(bytes, at + 4, 2));
    if (long && at + 12 > bytes.length) return truncated();
    const length = long ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true);
    const value = at + (long ? 12 : 8);
    if (value + length > bytes.length) return truncated();
    const element = view.getUint16(at + 2, true);
    if (element === 0x0002) mediaStorageSopClassUid = uidText(bytes, value, length);
    if (element === 0x0010) transferSyntaxUid = uidText(bytes, value, length);
    at = value + length;
  }
  if (at >= bytes.length) return truncated();
  if (transferSyntaxUid === '')
    return err(
      refusal(
        'damaged-header',
        'The DICOM header does not say how the file is encoded (Transfer Syntax UID is missing).',
      ),
    );
  return ok({ transferSyntaxUid, mediaStorageSopClassUid, dataSetAt: at });
};
