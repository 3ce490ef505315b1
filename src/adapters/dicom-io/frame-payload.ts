import type { DataSet } from 'dicom-parser';
import { err, ok, type Result } from '../../core/result.ts';
import { PIXEL_DATA } from './data-set.ts';
import { refusal, type Refusal } from './open-failure.ts';

/** The bytes of the one frame: as they are, or the joined fragments of a compressed one. */
export interface FramePayload {
  readonly bytes: Uint8Array;
  readonly encapsulated: boolean;
}

const ITEM = 0xe000;
const SEQUENCE_END = 0xe0dd;
const UNDEFINED_LENGTH = 0xffffffff;

export const truncatedPixels = (have: number, want: number): Refusal =>
  refusal(
    'truncated-pixel-data',
    `The pixel data end too early: ${have.toLocaleString('en')} of ${want.toLocaleString('en')} bytes are there. The file was probably cut off while it was copied.`,
  );

const damaged = () =>
  err(
    refusal('damaged-pixel-data', 'The pixel data are damaged: their parts do not fit together.'),
  );

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/**
 * Walks the items of encapsulated pixel data (PS3.5 A.4), little endian always. The first is the
 * Basic Offset Table, which a single frame does not need. A missing end mark is tolerated.
 */
const joinFragments = (bytes: Uint8Array, start: number): Result<Uint8Array, Refusal> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fragments: Uint8Array[] = [];
  let at = start;
  let seen = 0;
  while (at + 8 <= bytes.length) {
    const element = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) !== 0xfffe) return damaged();
    if (element === SEQUENCE_END) break;
    if (element !== ITEM) return damaged();
    const length = view.getUint32(at + 4, true);
    if (length === UNDEFINED_LENGTH) return damaged();
    at += 8;
    if (at + length > bytes.length) return err(truncatedPixels(bytes.length - at, length));
    if (seen++ > 0) fragments.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (fragments.length === 0) return err(truncatedPixels(0, 1));
  return ok(join(fragments));
};

/** Finds the frame's bytes. The values of a native frame are checked against the file's end. */
export const framePayload = (dataSet: DataSet): Result<FramePayload, Refusal> => {
  const element = dataSet.elements[PIXEL_DATA];
  const bytes = dataSet.byteArray as Uint8Array;
  if (!element || element.length === 0)
    return err(refusal('no-pixel-data', 'The file contains no image: Pixel Data is missing.'));
  if (element.hadUndefinedLength) {
    const joined = joinFragments(bytes, element.dataOffset);
    return joined.ok ? ok({ bytes: joined.value, encapsulated: true }) : joined;
  }
  const there = bytes.length - element.dataOffset;
  if (there < element.length) return err(truncatedPixels(there, element.length));
  return ok({
    bytes: bytes.subarray(element.dataOffset, element.dataOffset + element.length),
    encapsulated: false,
  });
};
