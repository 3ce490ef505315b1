import { joinBytes } from '../../../core/units/join-bytes.ts';
import { message, type Message } from '../../../core/message/message.ts';
import type { DataSet } from 'dicom-parser';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { PIXEL_DATA } from '../read/data-set.ts';
import { codingOfStream, startsCodestream } from './codestream-kind.ts';

/** The bytes of the one frame: as they are, or the joined fragments of a compressed one. */
export interface FramePayload {
  readonly bytes: Uint8Array;
  readonly encapsulated: boolean;
  /** Whether the value is one of 16-bit words (VR OW), as 8-bit pixels may be too. */
  readonly inWords: boolean;
  /** Offset behind the pixel data in the data set's bytes. */
  readonly end: number;
  /** How many frames stand there, of which `bytes` is the first; absent where there is one. */
  readonly frames?: number;
}

const ITEM = 0xe000;
const ITEM_TAG = [0xfe, 0xff, 0x00, 0xe0];
const SEQUENCE_END = 0xe0dd;
const UNDEFINED_LENGTH = 0xffffffff;

export const truncatedPixels = (have: number, want: number) =>
  err(
    message('file.truncated-pixel-data', {
      have: have.toLocaleString('en'),
      want: want.toLocaleString('en'),
    }),
  );

export const damaged = () => err(message('file.damaged-pixel-data.parts'));

const join = (parts: readonly Uint8Array[]): Uint8Array =>
  parts.length === 1 ? (parts[0] as Uint8Array) : joinBytes(parts);

interface Items {
  readonly items: readonly Uint8Array[];
  readonly end: number;
}

/**
 * Walks the items of encapsulated pixel data (PS3.5 A.4) in [start, limit), little endian always. A
 * missing end mark is tolerated.
 */
const walkItems = (bytes: Uint8Array, start: number, limit: number): Result<Items, Message> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: Uint8Array[] = [];
  let at = start;
  while (at + 8 <= limit) {
    const element = view.getUint16(at + 2, true);
    // Zeros behind the last item are a filling in the place of the end mark.
    if (items.length > 0 && view.getUint32(at, true) === 0) break;
    if (view.getUint16(at, true) !== 0xfffe) return damaged();
    if (element === SEQUENCE_END) return ok({ items, end: at + 8 });
    if (element !== ITEM) return damaged();
    const length = view.getUint32(at + 4, true);
    if (length === UNDEFINED_LENGTH) return damaged();
    at += 8;
    if (at + length > bytes.length) return truncatedPixels(bytes.length - at, length);
    items.push(bytes.subarray(at, at + length));
    at += length;
  }
  return ok({ items, end: at });
};

/** Whether a fragment is the start of a further frame: coded as the first one, by its own first bytes. */
const isBeginning = (fragments: readonly Uint8Array[], i: number): boolean => {
  const [first, own] = [fragments[0], fragments[i]].map((part) => part && codingOfStream(part));
  return own !== undefined && own === first;
};

/** The first item is the Basic Offset Table, which a single frame does not need and some leave out. */
const joinFragments = (bytes: Uint8Array, start: number, limit: number) => {
  const walked = walkItems(bytes, start, limit);
  if (!walked.ok) return walked;
  const { items, end } = walked.value;
  const [first] = items;
  const isTable = first !== undefined && !startsCodestream(first);
  const fragments = isTable ? items.slice(1) : items;
  if (fragments.length === 0) return truncatedPixels(0, 1);
  const begins = [...fragments.keys()].filter((i) => i > 0 && isBeginning(fragments, i));
  const own = join(fragments.slice(0, begins[0]));
  const frames = begins.length > 0 ? { frames: begins.length + 1 } : {};
  return ok({ bytes: own, encapsulated: true, inWords: false, end, ...frames });
};

/**
 * Finds the frame's bytes. Compressed ones may stand in items, with or without an offset table, or,
 * against the standard, bare in a value of defined length. A value may be longer than what is there as long as
 * the `wanted` bytes of the uncompressed frame are.
 */
export const framePayload = (dataSet: DataSet, wanted: number): Result<FramePayload, Message> => {
  const element = dataSet.elements[PIXEL_DATA];
  const bytes = dataSet.byteArray as Uint8Array;
  if (!element || element.length === 0) return err(message('file.no-pixel-data'));
  const { dataOffset } = element;
  if (element.hadUndefinedLength) return joinFragments(bytes, dataOffset, bytes.length);
  const there = bytes.length - dataOffset;
  if (there < Math.min(element.length, wanted)) return truncatedPixels(there, element.length);
  const end = dataOffset + Math.min(element.length, there);
  const inWords = element.vr !== 'OB';
  if (ITEM_TAG.every((byte, i) => bytes[dataOffset + i] === byte)) {
    const inItems = joinFragments(bytes, dataOffset, end);
    if (inItems.ok) return inItems;
  }
  return ok({ bytes: bytes.subarray(dataOffset, end), encapsulated: false, inWords, end });
};
