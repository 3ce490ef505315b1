import type { DataSet } from 'dicom-parser';
import { message, type Message } from '../../../core/message/message.ts';
import type { Encoding } from './data-set-encoding.ts';
import type { ParsedDataSet } from './data-set.ts';
import type { FrameCoding } from '../decode/decode-frame.ts';
import type { FramePayload } from '../decode/frame-payload.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  GE_PRIVATE,
  IMPLICIT_LITTLE_ENDIAN,
  transferSyntaxOf,
  unsupportedName,
} from './transfer-syntax.ts';
import { isTextUnreadable } from './values.ts';

interface Facts {
  readonly uid: string;
  readonly coding: FrameCoding;
  readonly payload: FramePayload;
}

const ENCODINGS: Readonly<Record<Encoding, string>> = {
  'implicit-little': 'implicit VR',
  'explicit-little': 'explicit VR',
  'explicit-big': 'explicit VR, big endian',
};

const encodingOfUid = (uid: string): Encoding => {
  if (uid === IMPLICIT_LITTLE_ENDIAN || uid === GE_PRIVATE) return 'implicit-little';
  return uid === EXPLICIT_BIG_ENDIAN ? 'explicit-big' : 'explicit-little';
};

const isNative = (coding: string): boolean => coding.startsWith('native');

/** Where the transfer syntax and the bytes contradict each other. */
const mislabelled = ({ encoding, deflated }: ParsedDataSet, { uid, coding }: Facts) => {
  if (uid === '') return message('remark.no-syntax');
  const stated = transferSyntaxOf(uid);
  const name = stated?.name ?? unsupportedName(uid);
  const found = `${coding.name}, ${ENCODINGS[encoding]}${deflated ? ', deflated' : ''}`;
  const isAsStated =
    stated !== undefined &&
    encodingOfUid(uid) === encoding &&
    (uid === DEFLATED_LITTLE_ENDIAN) === deflated &&
    (stated.coding === coding.coding || (isNative(stated.coding) && isNative(coding.coding)));
  if (isAsStated) return undefined;
  return message('remark.mislabelled', { name, found });
};

const PREFIX = [0x44, 0x49, 0x43, 0x4d, 0x02, 0x00];
const PREAMBLE = 128;

/** Whether another DICOM file begins behind the pixel data. */
const isFollowed = ({ dataSet }: ParsedDataSet, { payload }: Facts): boolean => {
  const bytes = dataSet.byteArray as Uint8Array;
  for (let at = bytes.indexOf(PREFIX[0] as number, payload.end + PREAMBLE); at >= 0;) {
    if (PREFIX.every((byte, i) => bytes[at + i] === byte)) return true;
    at = bytes.indexOf(PREFIX[0] as number, at + 1);
  }
  return false;
};

/** What is to be said where the pixel data hold more frames than are declared, and shown. */
export const remarksOnFrames = (shown: number, found: number): readonly Message[] =>
  found > shown ? [message('remark.more-frames', { shown, found })] : [];

/** What is to be said of the patient's name. */
export const remarksOnName = (dataSet: DataSet): readonly Message[] =>
  isTextUnreadable(dataSet, 'x00100010') ? [message('remark.unreadable-name')] : [];

/** What a reader should know of a file that could be read although something in it is wrong. */
export const remarksOn = (parsed: ParsedDataSet, facts: Facts): readonly Message[] => {
  const label = mislabelled(parsed, facts);
  return [
    ...(label ? [label] : []),
    ...remarksOnFrames(1, facts.payload.frames ?? 1),
    ...(isFollowed(parsed, facts) ? [message('remark.second-file')] : []),
    ...remarksOnName(parsed.dataSet),
  ];
};
