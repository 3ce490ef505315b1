import { reasonOf } from '../../core/message/failure.ts';
import dcmjs, { type DcmjsDict, type DcmjsFile } from 'dcmjs';
import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { shortCode, shortened } from '../../core/message/shortened.ts';
import { uidFromUuid } from '../../core/report/uid.ts';
import { completeness, readMeta } from './completeness.ts';
import { readText, toDict, type Attributes } from './data-set.ts';

// The vendor reports on the console what the result says anyway.
dcmjs.log.setLevel('silent');

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Identifies the program that wrote a file (PS3.7 D.3.3.2). */
export const IMPLEMENTATION_UID = uidFromUuid('6f1c9d52-3c0e-4f0b-9a57-2b7c1d8e4a10');

/** SH of at most 16 characters (PS3.10 table 7.1-1). */
const versionName = (version: string): string =>
  `TANDEM_${version.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}`.slice(0, 16);

const uid = (value: string) => ({ vr: 'UI', Value: [value] });

/** Group 0002 (PS3.10 7.1). */
const fileMeta = (dict: DcmjsDict, programVersion: string): DcmjsDict => ({
  '00020001': { vr: 'OB', Value: [Uint8Array.of(0, 1).buffer] },
  '00020002': uid(readText(dict, 'SOPClassUID')),
  '00020003': uid(readText(dict, 'SOPInstanceUID')),
  '00020010': uid(EXPLICIT_LITTLE_ENDIAN),
  '00020012': uid(IMPLEMENTATION_UID),
  '00020013': { vr: 'SH', Value: [versionName(programVersion)] },
});

/** PS3.5 9.1. */
const LONGEST_UID = 64;

/** A UID of the images that is none, wherever it stands. */
const longUidIn = (dict: DcmjsDict): string | undefined =>
  Object.values(dict)
    .flatMap(({ vr, Value }) =>
      vr === 'SQ' ? (Value as DcmjsDict[]).map(longUidIn) : vr === 'UI' ? Value.map(String) : [],
    )
    .find((value) => value !== undefined && value.length > LONGEST_UID);

/**
 * A file of PS3.10 in explicit VR little endian. `extra` are elements by tag that have no keyword
 * (the private block). Fails where a value copied from the images breaks the rules of its attribute.
 */
export const writePart10 = (
  attributes: Attributes,
  extra: DcmjsDict,
  programVersion: string,
): Result<Uint8Array, Message> => {
  const dict = { ...toDict({ SpecificCharacterSet: 'ISO_IR 192', ...attributes }), ...extra };
  const file = new dcmjs.data.DicomDict(fileMeta(dict, programVersion));
  file.dict = dict;
  try {
    return ok(new Uint8Array(file.write()));
  } catch (error) {
    const long = longUidIn(dict);
    return err(
      long === undefined
        ? message('export.unwritten', { reason: reasonOf(error) })
        : message('export.long-uid', { uid: shortCode(long), length: long.length }),
    );
  }
};

/** Characters of what dcmjs says that are passed on: it quotes the file. */
const LONGEST_REASON = 200;
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';

/**
 * Fifty lesions take about 1 MiB. dcmjs needs about a second for each MiB that is made of nothing but
 * small elements, and it runs on the page's own thread: 4 MiB.
 */
const LARGEST = 2 ** 22;

/** Why dcmjs should not be given a file; undefined where it may be. */
const problemOf = (bytes: Uint8Array): Message | undefined => {
  if (bytes.length > LARGEST) return message('part10.too-large');
  const meta = readMeta(bytes);
  if (!meta) return message('part10.no-header');
  const { dataSetAt, transferSyntaxUid: syntax } = meta;
  // Inflating is left out on purpose: a few kilobytes can become gigabytes, and dcmjs sets no bound.
  if (syntax !== EXPLICIT_LITTLE_ENDIAN && syntax !== IMPLICIT_LITTLE_ENDIAN)
    return message('part10.encoding');
  const found = completeness(bytes, dataSetAt, syntax === EXPLICIT_LITTLE_ENDIAN);
  if (found === 'whole') return undefined;
  return message(found === 'too-deep' ? 'part10.too-deep' : 'part10.cut-off');
};

/** Parses a file of PS3.10 as a whole. */
export const readPart10 = (bytes: Uint8Array): Result<DcmjsFile, Message> => {
  const problem = problemOf(bytes);
  if (problem) return err(problem);
  try {
    return ok(dcmjs.data.DicomMessage.readFile(bytes.slice().buffer));
  } catch (error) {
    const reason = shortened((error as Error).message, LONGEST_REASON);
    return err(message('part10.unreadable', { reason }));
  }
};
