import type { DataSet, Element } from 'dicom-parser';
import type { Message } from '../../../core/message/message.ts';
import { ok, type Result } from '../../../core/message/result.ts';
import { startsCodestream } from '../decode/codestream-kind.ts';
import { damaged, truncatedPixels } from '../decode/frame-payload.ts';

/** Bytes of a file: the first, and one past the last. */
export type ByteRange = readonly [from: number, to: number];

/** Where the frames of a file lie. A compressed frame may be in several parts. */
export interface FrameIndex {
  readonly encapsulated: boolean;
  readonly frames: readonly (readonly ByteRange[])[];
  /** How many frames more than declared stand in the file; absent where none. */
  readonly surplus?: number;
}

const ITEM = 0xe000fffe;
const SEQUENCE_END = 0xe0ddfffe;
const UNDEFINED_LENGTH = 0xffffffff;
const HEADER = 8;
/** Of an item's value, to see whether a codestream begins there. */
const GLANCE = 12;
/** Read at a time while walking through items. */
const BLOCK = 2 ** 14;
/** Far more parts than any encoder makes of a frame; a file of nothing but items is not walked to its end. */
const MOST_PARTS = 64;
/** A table of more offsets than this is not believed. */
const MOST_TABLE = 2 ** 20;

/** Reads a few bytes here and there without asking for the whole file. */
const glancingAt = (file: Blob) => {
  let start = 0;
  let block = new Uint8Array(0);
  return async (at: number, length: number): Promise<Uint8Array> => {
    if (at < start || at + length > start + block.length) {
      start = at;
      const end = Math.min(at + Math.max(BLOCK, length), file.size);
      block = new Uint8Array(await file.slice(at, end).arrayBuffer());
    }
    return block.subarray(at - start, at - start + length);
  };
};

interface Part {
  /** Offset of the item itself, by which offset tables count. */
  readonly item: number;
  readonly range: ByteRange;
  readonly begins: boolean;
}

/** Walks the items of encapsulated pixel data (PS3.5 A.4) from `start`. A missing end mark is tolerated. */
const walkParts = async (
  file: Blob,
  start: number,
  most: number,
): Promise<Result<readonly Part[], Message>> => {
  const read = glancingAt(file);
  const parts: Part[] = [];
  for (let at = start; at + HEADER <= file.size;) {
    const bytes = await read(at, HEADER + GLANCE);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const tag = view.getUint32(0, true);
    // Zeros behind the last item are a filling in the place of the end mark.
    if (tag === SEQUENCE_END || (tag === 0 && parts.length > 0)) break;
    const length = view.getUint32(4, true);
    if (tag !== ITEM || length === UNDEFINED_LENGTH || parts.length > most) return damaged();
    const from = at + HEADER;
    if (from + length > file.size) return truncatedPixels(file.size - from, length);
    const begins = startsCodestream(bytes.subarray(HEADER));
    parts.push({ item: at, range: [from, from + length], begins });
    at = from + length;
  }
  return ok(parts);
};

/** The offsets of an Extended Offset Table (7FE0,0001), which stands in the header; [] where there is none. */
export const extendedOffsets = (dataSet: DataSet): readonly number[] => {
  const element = dataSet.elements['x7fe00001'];
  if (!element || element.length % 8 !== 0 || element.length > MOST_TABLE) return [];
  const bytes = dataSet.byteArray as Uint8Array;
  const view = new DataView(bytes.buffer, bytes.byteOffset + element.dataOffset, element.length);
  return Array.from({ length: element.length / 8 }, (_, i) =>
    Number(view.getBigUint64(8 * i, true)),
  );
};

const offsetsIn = async (file: Blob, [from, to]: ByteRange): Promise<readonly number[]> => {
  if (to - from > MOST_TABLE || (to - from) % 4 !== 0) return [];
  const view = new DataView(await file.slice(from, to).arrayBuffer());
  return Array.from({ length: (to - from) / 4 }, (_, i) => view.getUint32(4 * i, true));
};

/** The parts of each frame, which begin at the parts that `isFirst` picks. */
const grouped = (
  parts: readonly Part[],
  isFirst: (part: Part) => boolean,
): readonly (readonly ByteRange[])[] => {
  const frames: ByteRange[][] = [];
  for (const part of parts)
    if (isFirst(part)) frames.push([part.range]);
    else frames.at(-1)?.push(part.range);
  return frames;
};

/** What the header says of the frames. */
export interface Frames {
  readonly count: number;
  /** Bytes of one uncompressed frame. */
  readonly frameBytes: number;
  /** The Extended Offset Table; [] where there is none. */
  readonly extended: readonly number[];
}

const indexParts = async (
  file: Blob,
  start: number,
  { count, extended }: Frames,
): Promise<Result<FrameIndex, Message>> => {
  const walked = await walkParts(file, start, count * MOST_PARTS);
  if (!walked.ok) return walked;
  const [first, ...others] = walked.value;
  if (!first) return truncatedPixels(0, 1);
  // The first item is the Basic Offset Table, which some leave out.
  const parts = first.begins ? walked.value : others;
  const indexed = (frames: FrameIndex['frames']) =>
    ok({
      ...{ encapsulated: true, frames: frames.slice(0, count) },
      ...(frames.length > count && { surplus: frames.length - count }),
    });
  if (parts.length === count) return indexed(parts.map(({ range }) => [range]));
  const basic = first.begins ? [] : await offsetsIn(file, first.range);
  const table = basic.length > 0 ? basic : extended;
  if (table.length === count && parts[0]) {
    const base = parts[0].item;
    const starts = new Set(table.map((offset) => base + offset));
    const frames = grouped(parts, ({ item }) => starts.has(item));
    if (frames.length === count) return indexed(frames);
  }
  const frames = grouped(parts, ({ begins }) => begins);
  return frames.length >= count ? indexed(frames) : damaged();
};

/**
 * Finds the frames of a file without reading their values. `at` is the offset of the pixel data's value
 * in the file. A file that is cut off, or whose parts do not make that many frames, is refused.
 */
export const indexFrames = async (
  file: Blob,
  at: number,
  { length, hadUndefinedLength }: Element,
  of: Frames,
): Promise<Result<FrameIndex, Message>> => {
  if (hadUndefinedLength) return indexParts(file, at, of);
  const { count, frameBytes } = of;
  const wanted = count * frameBytes;
  const there = Math.min(length, file.size - at);
  if (there < wanted) {
    // Compressed frames may stand in a value of defined length.
    const inParts = await indexParts(file.slice(0, at + length), at, of);
    return inParts.ok ? inParts : truncatedPixels(there, wanted);
  }
  const frames = Array.from({ length: count }, (_, i): readonly ByteRange[] => [
    [at + i * frameBytes, at + (i + 1) * frameBytes],
  ]);
  const surplus = Math.floor((there - wanted) / frameBytes);
  return ok({ encapsulated: false, frames, ...(surplus > 0 && { surplus }) });
};
