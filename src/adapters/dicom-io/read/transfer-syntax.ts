import { message, type Value } from '../../../core/message/message.ts';
/** How the pixel data of a transfer syntax are coded (DICOM PS3.5 section 10). */
export type PixelCoding =
  'native-little' | 'native-big' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly coding: PixelCoding;
  readonly deflated: boolean;
  /** Whether the compression loses information; 'maybe' leaves it to the encoder. */
  readonly lossy: 'always' | 'maybe' | 'never';
}

const base = '1.2.840.10008.1.2';
export const IMPLICIT_LITTLE_ENDIAN = base;
export const EXPLICIT_LITTLE_ENDIAN = `${base}.1`;
export const DEFLATED_LITTLE_ENDIAN = `${base}.1.99`;
export const EXPLICIT_BIG_ENDIAN = `${base}.2`;
/** Implicit little endian with pixels in big endian; written over plain implicit data as well. */
export const GE_PRIVATE = '1.2.840.113619.5.2';

type Row = readonly [
  uid: string,
  name: string,
  coding: PixelCoding,
  lossy: TransferSyntax['lossy'],
];
const rows: readonly Row[] = [
  [IMPLICIT_LITTLE_ENDIAN, 'Implicit VR Little Endian', 'native-little', 'never'],
  [EXPLICIT_LITTLE_ENDIAN, 'Explicit VR Little Endian', 'native-little', 'never'],
  [`${base}.1.98`, 'Encapsulated Uncompressed Explicit VR Little Endian', 'native-little', 'never'],
  [DEFLATED_LITTLE_ENDIAN, 'Deflated Explicit VR Little Endian', 'native-little', 'never'],
  [EXPLICIT_BIG_ENDIAN, 'Explicit VR Big Endian', 'native-big', 'never'],
  [GE_PRIVATE, 'GE private Implicit VR', 'native-big', 'never'],
  [`${base}.5`, 'RLE Lossless', 'rle', 'never'],
  [`${base}.4.50`, 'JPEG Baseline (8-bit)', 'jpeg', 'always'],
  [`${base}.4.51`, 'JPEG Extended (12-bit)', 'jpeg', 'always'],
  [`${base}.4.57`, 'JPEG Lossless', 'jpeg', 'never'],
  [`${base}.4.70`, 'JPEG Lossless, first-order prediction', 'jpeg', 'never'],
  [`${base}.4.80`, 'JPEG-LS Lossless', 'jpeg-ls', 'never'],
  [`${base}.4.81`, 'JPEG-LS Near-lossless', 'jpeg-ls', 'maybe'],
  [`${base}.4.90`, 'JPEG 2000 (lossless only)', 'jpeg-2000', 'never'],
  [`${base}.4.91`, 'JPEG 2000', 'jpeg-2000', 'maybe'],
  [`${base}.4.201`, 'High-Throughput JPEG 2000 (lossless only)', 'htj2k', 'never'],
  [`${base}.4.202`, 'High-Throughput JPEG 2000 RPCL (lossless only)', 'htj2k', 'never'],
  [`${base}.4.203`, 'High-Throughput JPEG 2000', 'htj2k', 'maybe'],
];

const supported: ReadonlyMap<string, TransferSyntax> = new Map(
  rows.map(([uid, name, coding, lossy]) => [
    uid,
    { uid, name, coding, lossy, deflated: uid === DEFLATED_LITTLE_ENDIAN },
  ]),
);

/** All that are read. */
export const TRANSFER_SYNTAXES: readonly TransferSyntax[] = [...supported.values()];

/** The transfer syntax of a UID, where this program can read it. */
export const transferSyntaxOf = (uid: string): TransferSyntax | undefined => supported.get(uid);

/** Families of PS3.6 table A-1 that are not read, to name them in a message. */
const unsupported: readonly (readonly [RegExp, Value])[] = [
  [/\.4\.10[01](\.1)?$/, message('file.encoding.video', { name: 'MPEG-2' })],
  [/\.4\.10[2-6](\.1)?$/, message('file.encoding.video', { name: 'MPEG-4' })],
  [/\.4\.10[78]$/, message('file.encoding.video', { name: 'HEVC' })],
  [/\.4\.1(09|1[0-2])$/, 'JPEG XL'],
  [/\.4\.9[23]$/, 'JPEG 2000 multi-component'],
  [/\.4\.(9[45]|20[45])$/, message('file.encoding.jpip')],
  [/\.4\./, message('file.encoding.retired')],
  [/\.7\./, message('file.encoding.video', { name: 'SMPTE' })],
];

/** What a UID without a decoder is called. */
export const unsupportedName = (uid: string): Value =>
  (uid.startsWith(base) && unsupported.find(([pattern]) => pattern.test(uid))?.[1]) ||
  message('file.encoding.unknown');
