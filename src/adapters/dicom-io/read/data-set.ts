import { message, type Message } from '../../../core/message/message.ts';
import dicomParser, { type ByteArrayParser, type DataSet } from 'dicom-parser';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { encodingAt, type Encoding } from './data-set-encoding.ts';
import { elementStream, TooManyItems } from './element-stream.ts';
import type { FileMeta } from './file-meta.ts';
import { inflateBounded } from './inflate.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from './transfer-syntax.ts';

export const PIXEL_DATA = 'x7fe00010';

/** A data set and how it turned out to be written. */
export interface ParsedDataSet {
  readonly dataSet: DataSet;
  readonly encoding: Encoding;
  readonly deflated: boolean;
}

const damaged = () => err(message('file.damaged-header'));

const statedEncoding = (uid: string): Encoding => {
  if (uid === IMPLICIT_LITTLE_ENDIAN) return 'implicit-little';
  return uid === EXPLICIT_BIG_ENDIAN ? 'explicit-big' : 'explicit-little';
};

/** The data set's own bytes: unpacked where they are deflated, whether the file says so or not. */
const bodyOf = (stored: Uint8Array, isStatedDeflated: boolean, most: number | undefined) => {
  const isReadable = encodingAt(stored, 0) !== undefined;
  if (isReadable && !isStatedDeflated) return { body: stored, deflated: false };
  const body = inflateBounded(stored, most);
  if (body) return { body, deflated: true };
  return { body: isReadable || !isStatedDeflated ? stored : undefined, deflated: false };
};

/** The library's types leave its constructor out. */
const { DataSet: NewDataSet } = dicomParser as unknown as {
  readonly DataSet: new (parser: ByteArrayParser, bytes: Uint8Array, elements: object) => DataSet;
};

const elementsOf = (body: Uint8Array, encoding: Encoding, untilTag: string): DataSet => {
  const parser =
    encoding === 'explicit-big'
      ? dicomParser.bigEndianByteArrayParser
      : dicomParser.littleEndianByteArrayParser;
  const dataSet = new NewDataSet(parser, body, {});
  const stream = elementStream(parser, body);
  if (encoding === 'implicit-little')
    dicomParser.parseDicomDataSetImplicit(dataSet, stream, body.length, { untilTag });
  else dicomParser.parseDicomDataSetExplicit(dataSet, stream, body.length, { untilTag });
  return dataSet;
};

/**
 * Parses the data set up to and including the header of Pixel Data, whose value is not touched:
 * its element says only where it starts. Byte order and VRs are taken from the bytes, since the
 * transfer syntax in the file meta information is missing or wrong in many files. Values keep
 * pointing into `dataSet.byteArray`, which is the inflated copy where the data set is deflated (at
 * most `mostInflated` bytes of it). `untilTag`: another tag to end with.
 */
export const parseDataSet = (
  bytes: Uint8Array,
  meta: FileMeta,
  mostInflated?: number,
  untilTag = PIXEL_DATA,
): Result<ParsedDataSet, Message> => {
  const isStatedDeflated = meta.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN;
  const stored = bytes.subarray(meta.dataSetAt);
  const { body, deflated } = bodyOf(stored, isStatedDeflated, mostInflated);
  if (body === 'too-large') return err(message('file.too-large.inflated'));
  if (!body) return damaged();
  const encoding = encodingAt(body, 0) ?? statedEncoding(meta.transferSyntaxUid);
  try {
    return ok({ dataSet: elementsOf(body, encoding, untilTag), encoding, deflated });
  } catch (error) {
    return error instanceof TooManyItems ? err(message('file.too-many-items')) : damaged();
  }
};
