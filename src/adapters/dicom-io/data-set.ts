import dicomParser, { type DataSet } from 'dicom-parser';
import { inflateBounded } from './inflate.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { FileMeta } from './file-meta.ts';
import { refusal, type Refusal } from './open-failure.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from './transfer-syntax.ts';

export const PIXEL_DATA = 'x7fe00010';

const damaged = () =>
  err(
    refusal(
      'damaged-header',
      'The DICOM header is damaged or ends too early. The file was probably cut off while it was copied.',
    ),
  );

/** The encoding of the data set itself: only three differ from explicit little endian. */
const dataSetSyntax = (uid: string): string =>
  uid === IMPLICIT_LITTLE_ENDIAN || uid === EXPLICIT_BIG_ENDIAN ? uid : EXPLICIT_LITTLE_ENDIAN;

/**
 * Parses the data set up to and including the header of Pixel Data, whose value is not touched:
 * its element says only where it starts. Values keep pointing into `dataSet.byteArray`, which is
 * the inflated copy for the deflated transfer syntax.
 */
export const parseDataSet = (bytes: Uint8Array, meta: FileMeta): Result<DataSet, Refusal> => {
  const stored = bytes.subarray(meta.dataSetAt);
  const body = meta.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN ? inflateBounded(stored) : stored;
  if (!body) return damaged();
  try {
    const dataSet = dicomParser.parseDicom(body, {
      TransferSyntaxUID: dataSetSyntax(meta.transferSyntaxUid),
      untilTag: PIXEL_DATA,
    });
    return ok(dataSet);
  } catch {
    return damaged();
  }
};
